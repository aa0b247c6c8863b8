"""The imprint of a web site."""

from cowork_cli.documents.words import Words

SOURCE = "§ 5 DDG, in force since 2024-05-14"
WORDS: dict[str, Words] = {
    "de": {
        "title": "Impressum",
        "about": "Angaben gemäß § 5 DDG",
        "contact": "Kontakt",
        "phone": "Telefon: {phone}",
        "email": "E-Mail: {email}",
        "vat_title": "Umsatzsteuer-Identifikationsnummer",
        "vat": "USt-IdNr. gemäß § 27a UStG: {vat_id}",
    },
    "en": {
        "title": "Legal notice",
        "about": "Information under § 5 DDG",
        "contact": "Contact",
        "phone": "Phone: {phone}",
        "email": "E-mail: {email}",
        "vat_title": "VAT identification number",
        "vat": "VAT ID under § 27a UStG: {vat_id}",
    },
}
