"""What a setting must look like, and the use cases of `config` and `init`.

`checked` turns what was typed into the value that is stored. Which settings there are stands in
`config.SETTINGS`; here stands what each kind of them accepts.
"""

import re
from collections.abc import Callable, Mapping

from cowork_cli.config import Config, Explained, Value, setting
from cowork_cli.data.datev import CLIENTS, CONSULTANTS
from cowork_cli.errors import BadInput, CoworkError
from cowork_cli.services.identifiers.contacts import check_country, check_email, check_postcode

_FORMS = ("table", "plain", "json", "csv")
_YES = frozenset(["true", "yes", "y", "1", "on", "ja", "j", "wahr"])
_NO = frozenset(["false", "no", "n", "0", "off", "nein", "falsch"])
_CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("de", "en"),
    "tax-basis": ("issued", "paid"),
    "tax-filing": ("month", "quarter", "year"),
    "datev-chart": ("SKR03", "SKR04"),
    "profile-kind": ("trade", "freelance", "company"),
}
_LONGEST = 2000


def checked(name: str, text: str) -> Value:
    """The value of the setting `name` that `text` means. Raises BadInput naming setting and form."""
    row = setting(name)
    if name == "store.id":
        raise BadInput("store.id is written by cowork itself", "see it with `cowork config path`")
    if name == "output":
        return _choice(name, text, _FORMS)
    if row.kind in _CHOICES:
        return _choice(name, text, _CHOICES[row.kind])
    if row.kind == "base-rate":
        _refuse_no_half_year(name)
    if row.kind == "grams":
        _refuse_no_mode(name)
    plain = _text(name, text)
    try:
        return _CHECKS[row.kind](plain)
    except BadInput as error:
        raise BadInput(f"{name}: {error.message}", error.hint) from None


def checked_all(texts: Mapping[str, str]) -> dict[str, Value]:
    """Several settings at once. Raises one BadInput that names everything that is wrong."""
    values: dict[str, Value] = {}
    wrong: list[CoworkError] = []
    for name, text in texts.items():
        try:
            values[name] = checked(name, text)
        except BadInput as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise BadInput(
            f"{len(wrong)} values are wrong: {'; '.join(error.message for error in wrong)}",
            "; ".join(dict.fromkeys(error.hint for error in wrong if error.hint)) or None,
        )
    return values


def check_places(values: Mapping[str, Value], config: Config) -> dict[str, Value]:
    """`values` with a postcode in the form of its country: the one set with it, else the one that holds."""
    name = "seller.postcode"
    if name not in values:
        return dict(values)
    country = str(values.get("seller.country") or config.get("seller.country"))
    return {**values, name: check_postcode(str(values[name]), country, name)}


def explain(config: Config, name: str) -> Explained:
    """A setting with its value and where that comes from. Raises BadInput for an unknown name."""
    if name.startswith("accounts."):
        for row in config.explain_all():
            if row.name == name:
                return row
        raise BadInput(f'no account has the setting "{name}"', "see them with `cowork config list`")
    return config.explain(name)


def set(config: Config, name: str, text: str) -> Explained:
    """Checks and writes one setting, and returns it as it is now."""
    refuse_account(name)
    config.write(check_places({name: checked(name, text)}, config))
    return config.explain(name)


def unset(config: Config, name: str) -> Explained:
    """Takes a setting out of settings.toml, and returns what holds now."""
    refuse_account(name)
    setting(name)
    config.write({name: None})
    return config.explain(name)


def way_back(name: str, before: Value | None) -> str:
    """How a setting is taken back: `undo` is about records, and settings are none."""
    return (
        f"Take it back with `{_command_back(name, before)}`; `cowork undo` does not reach settings."
    )


def ways_back(before: Mapping[str, Value]) -> list[str]:
    """The same for several settings in one sentence; none for none."""
    commands = ", ".join(f"`{_command_back(name, value)}`" for name, value in before.items())
    return (
        [f"What was there before: {commands}; `cowork undo` does not reach settings."]
        if before
        else []
    )


def _command_back(name: str, before: Value | None) -> str:
    from cowork_cli.domain.shell_words import typed

    if before is None:
        return f"cowork config unset {name}"
    value = ("yes" if before else "no") if isinstance(before, bool) else str(before)
    return typed(["cowork", "config", "set", name, value])


def refuse_account(name: str) -> None:
    """Raises BadInput for a setting of an account, which `account add` writes."""
    if name.startswith("accounts."):
        account = name.split(".")[1]
        raise BadInput(
            f'"{name}" is a setting of an account',
            f"change it with `cowork account add {account or 'NAME'} --set KEY=VALUE`",
        )


def _refuse_no_half_year(name: str) -> None:
    """Base rates change on 1 January and 1 July only (§ 247 (1) BGB)."""
    if not re.fullmatch(r"20\d\d-(01|07)-01", name.rpartition(".")[2]):
        raise BadInput(
            f'"{name}" does not end with a day on which the base rate changes',
            "name the first day of a half-year, as in `interest.base_rate.2027-01-01`",
        )


def _refuse_no_mode(name: str) -> None:
    """Raises BadInput for a factor of what is no way to go."""
    from cowork_cli.data.commute import MODES

    if name.rpartition(".")[2] not in MODES:
        raise BadInput(f'"{name}" ends with no way to go', f"choose one of {', '.join(MODES)}")


# ---- kinds


def _text(name: str, text: str) -> str:
    plain = text.strip()
    if not plain:
        raise BadInput(
            f"{name} must not be empty", f"take it out with `cowork config unset {name}`"
        )
    # A line break in a name would break the address block; the footer of an invoice may have some.
    controls = r"[\x00-\x09\x0b-\x1f\x7f]" if name == "invoice.footer" else r"[\x00-\x1f\x7f]"
    if re.search(controls, plain):
        raise BadInput(f"{name} holds control characters", "type it again in one line")
    if len(plain) > _LONGEST:
        raise BadInput(f"{name} is longer than {_LONGEST} characters", "shorten it")
    return plain


def _choice(name: str, text: str, choices: tuple[str, ...]) -> str:
    for choice in choices:
        if text.strip().casefold() == choice.casefold():
            return choice
    raise BadInput(f'{name} cannot be "{text}"', f"choose {_either(choices)}")


def _either(choices: tuple[str, ...]) -> str:
    quoted = [f"`{choice}`" for choice in choices]
    return ", ".join(quoted[:-1]) + " or " + quoted[-1]


def _timezone(text: str) -> str:
    """An IANA name, whatever its case."""
    from zoneinfo import available_timezones

    from cowork_cli.domain.zones import zone_named

    wanted = text.replace(" ", "_").casefold()
    for known in available_timezones():
        if known.casefold() == wanted:
            return zone_named(known).key
    return zone_named(text).key


def _parish(text: str) -> str:
    from cowork_cli.services.calendar.holidays import PARISHES

    return _choice("holidays.parish", text, PARISHES)


def _land(text: str) -> str:
    from cowork_cli.domain.place import LANDS, land_code

    code = land_code(text)
    if code is None:
        raise BadInput(f'"{text}" is no Land of Germany', f"give one of {', '.join(LANDS)}")
    return code


def _time(text: str) -> str:
    from cowork_cli.domain.phrases import parse_clock

    return f"{parse_clock(text):%H:%M}"


def _bool(text: str) -> bool:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadInput(f'"{text}" is neither yes nor no', "write `true` or `false`")


def _number_format(text: str) -> str:
    hint = "write it as `{year}-{seq:04}`; `{series}` may stand in it too"
    parts = re.findall(r"\{[^{}]*\}", text)
    rest = re.sub(r"\{[^{}]*\}", "", text)
    if "{" in rest or "}" in rest:
        raise BadInput(f'the number format "{text}" has a single brace', hint)
    for part in parts:
        if part not in ("{year}", "{series}") and not re.fullmatch(r"\{seq(:0[1-9])?\}", part):
            raise BadInput(f'the number format "{text}" cannot hold {part}', hint)
    if sum(part.startswith("{seq") for part in parts) != 1:
        raise BadInput(
            f'the number format "{text}" must hold {{seq}} once, or no two numbers would differ',
            hint,
        )
    return text


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < 1:
        raise BadInput(f'"{text}" is not a number above zero', "write it as `1`")
    return int(text)


def _grams(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise BadInput(f'"{text}" is not a number of grams', "write it as `27`")
    return int(text)


def _days(text: str) -> str:
    from cowork_cli.domain.phrases import parse_days

    return f"{parse_days(text)}d"


def _validity(text: str) -> str:
    from cowork_cli.domain.quote import MOST_DAYS

    days = _days(text)
    if not 1 <= int(days[:-1]) <= MOST_DAYS:
        raise BadInput(f"a quote that is valid for {days} is none", "write it as `30d`")
    return days


def _percent(text: str) -> str:
    from cowork_cli.domain.amounts import parse_decimal

    value = parse_decimal(text.strip().removesuffix("%").strip(), "rate", digits=2)
    if not -10 < value < 20:
        raise BadInput(f"a base rate of {text} % cannot be", "write it as `1.52`")
    return f"{value:f}"


def _date(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(f'"{text}" is not a date', "write it as `2026-05-01`") from None


def _euro(text: str) -> str:
    from cowork_cli.domain.amounts import parse_amount

    value, _ = parse_amount(text, "amount", "EUR")
    return f"{value:f}"


def _number(check: str) -> Callable[[str], Value]:
    """A check of `identifiers.numbers`, imported when it is used."""

    def run(text: str) -> Value:
        from cowork_cli.services.identifiers import numbers

        return str(getattr(numbers, check)(text))

    return run


def _image(text: str) -> str:
    """The whole path, so that the file is found from every folder."""
    from pathlib import Path

    from cowork_cli.documents.logo import check_logo

    file = Path(text).expanduser().absolute()
    check_logo(file)
    return str(file)


def _hours(text: str) -> str:
    from cowork_cli.services.calendar import opening

    if not opening.parses(text):
        raise BadInput(f'"{text}" cannot be understood', "write it as `Mo-Fr 09:00-17:00`")
    return text


def _between(least: int, most: int) -> Callable[[str], str]:
    """A number that DATEV gives, from one to another."""

    def run(text: str) -> str:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise BadInput(
                f'"{text}" is not a number from {least} to {most}', "ask your tax adviser for it"
            )
        return text

    return run


def _held_address(text: str) -> str:
    if not re.fullmatch(r"a-[1-9][0-9]{0,8}", text):
        raise BadInput(
            f'"{text}" is not the id of an address', "write it as `a-1`; see `cowork address list`"
        )
    return text


def _font(text: str) -> str:
    """The whole path, so that the file is found from every folder."""
    from pathlib import Path

    from cowork_cli.documents.typeset import check_font

    file = Path(text).expanduser().absolute()
    check_font(file)
    return str(file)


def _command(text: str) -> str:
    from cowork_cli.mail_transport import arguments

    try:
        arguments(text)
    except CoworkError:
        raise BadInput(f'"{text}" is no command', "write it as `msmtp -t`") from None
    return text


def _smtp(text: str) -> str:
    from cowork_cli.mail_transport import parse_server

    try:
        parse_server(text)
    except CoworkError as error:
        raise BadInput(error.message.removeprefix("mail.smtp "), error.hint) from None
    return text.strip()


def _store_url(text: str) -> str:
    from cowork_cli.store.engine.postgresql.address import address

    address(text, "store.url")
    return text


_CHECKS: dict[str, Callable[[str], Value]] = {
    "text": str,
    "timezone": _timezone,
    "land": _land,
    "parish": _parish,
    "time": _time,
    "image": _image,
    "font": _font,
    "opening-hours": _hours,
    "held-address": _held_address,
    "postcode": str,  # with the country it is in: `check_places`
    "datev-consultant": _between(*CONSULTANTS),
    "datev-client": _between(*CLIENTS),
    "country": check_country,
    "email": check_email,
    "bool": _bool,
    "command": _command,
    "smtp": _smtp,
    "store-url": _store_url,
    "number-format": _number_format,
    "count": _count,
    "grams": _grams,
    "days": _days,
    "validity": _validity,
    "euro": _euro,
    "date": _date,
    "base-rate": _percent,
    "tax-number": _number("check_tax_number"),
    "vat-id": _number("check_vat_id"),
    "iban": _number("check_iban"),
    "bic": _number("check_bic"),
}
