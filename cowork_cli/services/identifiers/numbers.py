"""Numbers with check digits: IBAN, BIC, VAT id, Leitweg-ID, and the form of a tax number.

The only importer of `stdnum`, inside the functions: its tables cost more than a fast command may.
Everything is checked offline; whether a number was ever issued is not known here. Each function
returns the number as it is stored and raises BadInput saying what is wrong.
"""

import re
from collections.abc import Callable

from cowork_cli.errors import BadInput

IBAN_HINT = "compare it with your bank card or statement, as in `DE02 1203 0000 0000 2020 51`"
BIC_HINT = "a BIC has 8 or 11 characters, as in `BYLADEM1001`"
VAT_ID_HINT = "a German one is DE and 9 digits, as in `DE136695976`; it is not the tax number"
LEITWEG_HINT = "copy it from the order, as in `04011000-1234512345-06`"
TAX_NUMBER_HINT = "write it as `27/123/45678`, or in the 13-digit form `1127012345678`"

# The first digits of the 13-digit form name the Land.
# Source: ELSTER, "Pruefung der Steuer- und Steueridentifikationsnummer", section 2.
_STATE_DIGITS = (
    "5", "9", "10", "11", "21", "22", "23", "24", "26", "27", "28", "30", "31", "32", "40", "41",
)  # fmt: skip


# Office, district, number and check digit; slashes where the Land prints slashes or blanks.
_PRINTED = re.compile(
    r"\d{2,3}/\d{3}/\d{5}"  # most Länder, 2 digits of the office or 3
    r"|\d{5}/\d{5}"  # Baden-Württemberg
    r"|\d{3}/\d{4}/\d{4}"  # Nordrhein-Westfalen
    r"|\d{2}/\d{3}/\d{4}/\d"  # Rheinland-Pfalz
)


def check_iban(text: str) -> str:
    """An IBAN without blanks, in capitals."""
    from stdnum import iban

    number = _compact(text, "IBAN", IBAN_HINT)
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]+", number):
        raise BadInput(
            f'"{text}" is not an IBAN: it begins with two letters and two digits', IBAN_HINT
        )
    length = _iban_length(number[:2])
    if length is None:
        raise BadInput(
            f'the IBAN "{text}" begins with {number[:2]}, where no IBANs are issued', IBAN_HINT
        )
    if len(number) != length:
        raise BadInput(
            f'the IBAN "{text}" has {len(number)} characters; '
            f"one that begins with {number[:2]} has {length}",
            IBAN_HINT,
        )
    return _checked(iban.validate, number, f'the IBAN "{text}"', IBAN_HINT)


def check_bic(text: str) -> str:
    """A BIC in capitals."""
    from stdnum import bic

    number = _compact(text, "BIC", BIC_HINT)
    return _checked(bic.validate, number, f'the BIC "{text}"', BIC_HINT)


def check_vat_id(text: str) -> str:
    """A VAT id of an EU country or Northern Ireland (XI), with its country in front."""
    from stdnum.eu import vat

    _refuse_business_id(text)
    number = _compact(text, "VAT id", VAT_ID_HINT)
    country = number[:2]
    if not country.isalpha():
        raise BadInput(f'the VAT id "{text}" does not begin with its country', VAT_ID_HINT)
    if country == "GR":  # Greece writes EL in front: Council Directive 2006/112/EC, article 215
        number = "EL" + number[2:]
    elif country.lower() not in {*vat.MEMBER_STATES, "el", "xi"}:
        raise BadInput(
            f'the VAT id "{text}" begins with {country}, which is no country of the EU', VAT_ID_HINT
        )
    return _checked(vat.validate, number, f'the VAT id "{text}"', VAT_ID_HINT)


def check_leitweg_id(text: str) -> str:
    """A Leitweg-ID, the address of a public client in Germany."""
    from stdnum.de import leitweg

    number = text.strip().upper()
    return _checked(leitweg.validate, number, f'the Leitweg-ID "{text}"', LEITWEG_HINT)


def check_tax_number(text: str) -> str:
    """A German tax number (Steuernummer), as a matter of form only.

    Each Land prints it in its own form (`_PRINTED`), 10 or 11 digits in all; or it is the 13 digits
    used for data exchange. Check digits differ by Land and are not looked at: a number that the tax
    office printed must not be refused here. The forms: ELSTER, "Pruefung der Steuer- und
    Steueridentifikationsnummer", section 2.
    """
    _refuse_business_id(text)
    number = re.sub(r"\s*/\s*", "/", text.strip())
    number = re.sub(r"(?<=\d)\s+(?=\d)", "/" if number.count("/") == 0 else "", number)
    digits = number.replace("/", "")
    if not re.fullmatch(r"[\d/]+", number):
        raise BadInput(f'the tax number "{text}" holds other signs than digits', TAX_NUMBER_HINT)
    if "/" in number:
        if not _PRINTED.fullmatch(number):
            raise BadInput(f'"{text}" is not the form of a tax number', TAX_NUMBER_HINT)
        return number
    if len(digits) == 13:
        if not digits.startswith(_STATE_DIGITS) or digits[4] != "0":
            raise BadInput(
                f'"{text}" is not the 13-digit form of a tax number: '
                "it begins with the digits of a Land and its fifth digit is 0",
                TAX_NUMBER_HINT,
            )
        return digits
    if len(digits) not in (10, 11):
        raise BadInput(
            f'the tax number "{text}" has {len(digits)} digits; it has 10, 11 or 13',
            TAX_NUMBER_HINT,
        )
    _refuse_personal_id(text, digits)
    return digits


def _refuse_business_id(text: str) -> None:
    """The Wirtschafts-Identifikationsnummer (§ 139c AO) looks like a VAT id with five more digits."""
    number = re.sub(r"\s+", "", text).upper()
    if re.fullmatch(r"DE\d{9}-?\d{5}", number):
        raise BadInput(
            f'"{text}" is a business id (W-IdNr.), which is neither the tax number nor the VAT id',
            f"{TAX_NUMBER_HINT}; what stands on an invoice is that or the VAT id (§ 14 (4) no. 2 UStG)",
        )


def _refuse_personal_id(text: str, digits: str) -> None:
    """The Steuer-ID has eleven digits too, and must not stand on an invoice (§ 139b (2) AO)."""
    from stdnum.de import idnr

    if len(digits) == 11 and idnr.is_valid(digits):
        raise BadInput(
            f'"{text}" is a personal tax id (IdNr.), not a tax number (Steuernummer)',
            f"{TAX_NUMBER_HINT}; it stands on letters of the tax office",
        )


def _compact(text: str, what: str, hint: str) -> str:
    number = re.sub(r"[\s.-]+", "", text).upper()
    if not number or not re.fullmatch(r"[A-Z0-9+*]+", number):
        raise BadInput(f'"{text}" is not a {what}'.replace(" a IBAN", " an IBAN"), hint)
    return number


def _iban_length(country: str) -> int | None:
    """How long an IBAN of a country is, by the structure in the registry of SWIFT."""
    from stdnum import numdb

    found = numdb.get("iban").info(country + "00")
    structure = found[0][1].get("bban", "")
    counts = re.findall(r"(\d+)!?[a-z]", structure)
    return 4 + sum(map(int, counts)) if counts else None


def _checked(validate: Callable[[str], str], number: str, what: str, hint: str) -> str:
    """What `stdnum` says, in our words."""
    from stdnum import exceptions

    try:
        return str(validate(number))
    except exceptions.InvalidChecksum:
        raise BadInput(f"{what} has a wrong check digit", hint) from None
    except exceptions.InvalidLength:
        raise BadInput(f"{what} has the wrong length", hint) from None
    except exceptions.InvalidComponent:
        raise BadInput(f"{what} names a country, Land or bank that does not exist", hint) from None
    except exceptions.ValidationError:
        raise BadInput(f"{what} does not have the right form", hint) from None
