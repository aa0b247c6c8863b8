"""MT940 as German banks write it: one day or page a statement, many in a file, of several accounts.

`:61:` has the value day with its year, the day of booking without; the mark is C, D, RC or RD, where RC
takes money out and RD brings it back; a third letter of the currency may follow it. `:86:` is joined in
this order: the line ends go, blanks before them stay; it is split at `?nn`; `?20` to `?29` then `?60` to
`?63` are the purpose, without anything between; the fields in it are told by their tags.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from cowork_cli.data.currencies import CURRENCIES
from cowork_cli.domain.bank import Entry, Statement
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import tags
from cowork_cli.importers.bank.cells import account_number, german_iban, words
from cowork_cli.records import dataclass, replace

HINT = "download it again, if you can as CAMT: banks are giving up MT940"
_TAG = re.compile(r":(\d{2}[A-Z]?):", re.ASCII)
# A booking or a balance: some banks leave out the account, some the reference of the message.
_TELLS = re.compile(r"^[ \t]*:(?:60[FM]|61|62[FM]|34F):", re.MULTILINE)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d*,\d*|\d+)", re.ASCII)
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4})?(?P<mark>RC|RD|C|D)(?P<third>[A-Z])?(?P<amount>\d*,\d*|\d+)"
    r"(?P<kind>[NFS][A-Z0-9]{3})?",
    re.ASCII,
)
# The sign between the subfields is the one behind the code; nearly always a question mark.
_STRUCTURED = re.compile(r"(\d{3}) ?([?~<>|@^])(?=\d{2})")
_RETURN_GVC = ("109", "108", "181", "182", "183", "184")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field with the line on which it begins; its lines keep their ends out and their blanks in."""

    line: int
    tag: str
    lines: tuple[str, ...]


def is_mt940(text: str) -> bool:
    """Whether it has the fields of an MT940 message."""
    return _TELLS.search(text.replace("\r", "\n")) is not None


def read(text: str, what: str) -> list[Statement]:
    """The statements of a file. Raises BadInput naming the line that cannot be read."""
    messages = list(_messages(text))
    if not messages:
        raise BadInput(f"{what} is not MT940: it has no field", HINT)
    if any(field.tag == "34F" for field in messages[0]):
        raise BadInput(
            f"{what} is an interim report (MT942), which tells of turnover that is not booked yet",
            "download the statement (MT940, or CAMT)",
        )
    return [_statement(fields, what) for fields in messages]


def _messages(text: str) -> Iterator[list[_Field]]:
    """The fields of each message; where none has a reference, what comes first in the file begins one."""
    found = list(_fields(text))
    first = "20" if any(field.tag == "20" for field in found) else found[0].tag if found else ""
    fields: list[_Field] = []
    for field in found:
        if field.tag == first and fields:
            yield fields
            fields = []
        fields.append(field)
    if fields:
        yield fields


def _fields(text: str) -> Iterator[_Field]:
    number, tag, lines = 0, "", list[str]()
    for line_number, raw in enumerate(
        text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1
    ):
        line = raw.replace("\x1a", "").replace("\x03", "")
        match = _TAG.match(line if tag else line.lstrip())
        ends = line.strip() in ("-", "-}") or line.startswith("{")
        if (match or ends) and tag:
            yield _Field(number, tag, tuple(lines))
            tag, lines = "", []
        if match:
            number, tag, lines = line_number, match[1], [match.string[match.end() :]]
        elif tag and not ends:
            lines.append(line)
    if tag:
        yield _Field(number, tag, tuple(lines))


def _statement(fields: list[_Field], what: str) -> Statement:
    account: str | None = None
    opening = closing = None
    entries: list[Entry] = []
    for n, field in enumerate(fields):
        try:
            if field.tag == "25":
                account = _account("".join(field.lines))
            elif field.tag in ("60F", "60M") and opening is None:
                opening = _balance(field)
            elif field.tag in ("62F", "62M"):
                closing = _balance(field)
            elif field.tag == "61":
                if opening is None:
                    raise BadInput("a booking before the opening balance, so without a currency")
                _take(entries, field, _note(fields, n + 1), opening.currency)
        except BadInput as error:
            raise BadInput(
                f"{what}, line {field.line} (:{field.tag}:): {error.message}", HINT
            ) from None
    return Statement("mt940", "MT940", account, tuple(entries), (), opening, closing)


def _note(fields: list[_Field], at: int) -> _Field | None:
    """The text that stands from there on, in one field :86: or in several."""
    if at == len(fields) or fields[at].tag != "86":
        return None
    note = fields[at]
    at += 1
    while at < len(fields) and fields[at].tag == "86":
        note = replace(note, lines=(*note.lines, *fields[at].lines))
        at += 1
    return note


def _take(entries: list[Entry], field: _Field, note: _Field | None, currency: str) -> None:
    """Adds a booking; one of 0,00 carries on the text of the one before."""
    entry = _entry(field, note, currency)
    if entry.amount.minor or not entries:
        if entry.amount.minor:
            entries.append(entry)
        return
    last = entries[-1]
    entries[-1] = last._replace(text=words(f"{last.text} {entry.text}") or "")


def _account(text: str) -> str | None:
    plain = account_number(text)
    if plain and "/" in plain:
        bank, _, number = plain.partition("/")
        number = re.sub(r"(?<=\d)[A-Z]{3}$", "", number)
        if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", number):
            return number
        return german_iban(bank, number) or f"{bank}/{number}"
    return re.sub(r"(?<=\d)[A-Z]{3}$", "", plain) if plain else None


def _balance(field: _Field) -> Money:
    match = _BALANCE.match(field.lines[0].strip())
    if match is None:
        raise BadInput(f'"{field.lines[0].strip()[:40]}" is not a balance')
    money = _money(match[4], match[3])
    return -money if match[1] == "D" else money


def _money(figures: str, currency: str) -> Money:
    if currency not in CURRENCIES:
        raise BadInput(f'"{currency}" is not a currency')
    plain = figures.replace(",", ".")
    value = Decimal(f"0{plain}" if plain.startswith(".") else plain.removesuffix("."))
    money = Money.of(value, currency)
    if money.amount != value or value >= 10**13:
        raise BadInput(f"{figures} {currency} is no amount of that currency")
    return money


def _entry(field: _Field, note: _Field | None, currency: str) -> Entry:
    match = _LINE.match(field.lines[0])
    if match is None:
        raise BadInput(f'"{field.lines[0].strip()[:40]}" is not a booking')
    valued = _day(match["value"])
    booked = _booked(valued, match["booked"]) if match["booked"] else valued
    money = _money(match["amount"], currency)
    money = -money if match["mark"] in ("D", "RC") else money
    customer, _, _ = field.lines[0][match.end() :].partition("//")
    made = _noted(note, customer)
    if note is None:  # what the bank adds below the line itself
        made = replace(made, text=words(" ".join(field.lines[1:])) or "")
    if made.returned is None and match["mark"] == "RC":
        made = replace(made, returned="reversal")
    return Entry(
        f"line {field.line}", booked, valued, money, made.name, made.iban, made.text, made.reference,
        returned=made.returned,
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        raise BadInput(f'"{text}" is not a day that exists') from None


def _booked(valued: date, text: str) -> date:
    """The day of booking, in the year that brings it nearest to the value day."""
    found = []
    for year in (valued.year - 1, valued.year, valued.year + 1):
        try:
            found.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue
    if not found:
        raise BadInput(f'"{text}" is not a day of the year')
    return min(found, key=lambda day: abs(day - valued) // timedelta(days=1))


@dataclass(frozen=True, slots=True)
class _Noted:
    """What a field :86: says."""

    text: str
    name: str | None = None
    iban: str | None = None
    reference: str | None = None
    returned: str | None = None


@cache
def _subfield(sign: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(sign)}(\d{{2}})")


def _noted(note: _Field | None, customer: str) -> _Noted:
    plain = customer.strip().removeprefix("KREF+")
    own = tags.reference(plain)
    if note is None:
        return _Noted("", reference=own)
    # Blanks before a line end belong to the text; empty lines at the end are none of it.
    text = "".join(note.lines)
    structured = _STRUCTURED.match(text)
    if structured is None:
        found = tags.glued(" ".join(line.strip() for line in note.lines))
        return _Noted(found.text, found.other_name, found.iban, found.reference or own)
    parts: dict[str, str] = {}
    pieces = _subfield(structured[2]).split(text)
    for code, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        parts[code] = parts.get(code, "") + piece
    order = [f"{n}" for n in (*range(20, 30), *range(60, 64))]
    purpose = tags.of_pieces(parts[code] for code in order if code in parts)
    name = words(parts.get("32", "") + parts.get("33", ""))
    if purpose.other_name and purpose.other_name != name:
        name = f"{purpose.other_name} ({name})" if name else purpose.other_name
    code, kind = text[:3], words(parts.get("00"))
    returned = words(parts.get("34")) if code in _RETURN_GVC else None
    if code in _RETURN_GVC and returned is None:
        returned = kind or "returned"
    iban = account_number(parts.get("31")) or purpose.iban
    if iban and not iban[:2].isalpha():
        iban = german_iban(parts.get("30", "").strip(), iban) or iban
    return _Noted(purpose.text or kind or "", name, iban, purpose.reference or own, returned)
