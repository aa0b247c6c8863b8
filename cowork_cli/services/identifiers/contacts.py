"""Where somebody is and how to reach them: countries and e-mail addresses."""

import re

from cowork_cli.errors import BadInput


def check_country(text: str) -> str:
    """Two letters of ISO 3166, from those or from a German or English name. Raises BadInput."""
    from cowork_cli.data.countries import COUNTRIES, GERMAN
    from cowork_cli.domain.place import fold

    if text.upper() in COUNTRIES:
        return text.upper()
    for names in (COUNTRIES, GERMAN):
        for code, name in names.items():
            if fold(name) == fold(text):
                return code
    raise BadInput(f'"{text}" is not a country', "give its two letters (ISO 3166), as in `DE`")


def check_email(text: str) -> str:
    """Only what is certain: one @, nothing blank or unseen, a domain with a dot. Mail servers know the rest.

    Raises BadInput.
    """
    form = r"[^@\s,;<>\"]+@(?:[^@\s.,;<>\"]+\.)+[^@\s.,;<>\"\d]{2,}"
    if not text.isprintable() or not re.fullmatch(form, text):
        raise BadInput(f'"{text}" is not an e-mail address', "write it as `erika@example.org`")
    return text


def sender(name: str | None, email: str | None, who: str) -> tuple[str, str]:
    """Name and address of the person whose mail it is; `who` says what they do, as in "who asks".

    Raises BadInput naming the setting that is missing.
    """
    if name and email:
        return name, email
    missing = "seller.name" if not name else "seller.email"
    raise BadInput(
        f"{who} is not known: {missing} is not set",
        f"set it with `cowork config set {missing} VALUE`",
    )


def check_postcode(text: str, country: str | None, what: str = "postcode") -> str:
    """A postcode as it is written in its country: `D-10115` is `10115`, `sw1a 1aa` is `SW1A 1AA`.

    Of a country whose form is not known, or of none, any is taken. Raises BadInput.
    """
    from cowork_cli.data.postcodes import FORMS, PREFIXES

    plain = " ".join(text.split()).upper()
    code = (country or "").upper()
    if code not in FORMS:
        return text.strip()
    form, example = FORMS[code]
    if form.fullmatch(plain):
        return plain
    prefixes = "|".join(filter(None, (code, PREFIXES.get(code))))
    bare = re.sub(rf"^(?:{prefixes})[- ]\s*", "", plain)
    if form.fullmatch(bare):
        return bare
    raise BadInput(
        f'{what} "{text.strip()}" has not the form of one in {code}',
        f"write it as `{example}`, or give the country it is in",
    )
