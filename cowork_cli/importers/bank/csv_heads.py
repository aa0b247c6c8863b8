"""The heading of a CSV: where it stands, which layout it is of, which column is which field."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cowork_cli.errors import BadInput
from cowork_cli.importers.bank.cells import is_amount, is_day
from cowork_cli.importers.bank.csv_guesses import by_words, guessed, loose
from cowork_cli.importers.bank.layouts import LAYOUTS, NAMES, SETTINGS, Layout
from cowork_cli.records import dataclass

FIRST_ROWS = 40  # within which a heading stands
_DELIMITERS = (";", ",", "\t", "|")
# Columns that go on in others of the same name.
_NUMBERED = {
    "text": re.compile(r"(?:verwendungszweck|vwz|beschreibung|description|purpose)(?:zeile)? ?\d+"),
    "name": re.compile(r"empfaenger ?\d+"),
}
_MAY_BE_OWN = ("iban", "kontonummer", "konto nr", "account number")
_WEAK_TEXTS = (
    "notiz",
    "bemerkung",
    "memo",
)  # of the owner, where the bank's own text stands elsewhere
_TITLES = ("umsätze ",)  # a line that begins another table in the same file

Columns = Mapping[str, Sequence[str]]
Kept = Mapping[tuple[str, ...], Columns]


@dataclass(frozen=True, slots=True)
class Head:
    """A heading that was understood: the columns of each field, and what was set beside them.

    `asked` are the fields whose column `--map` names.
    """

    names: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    layout: Layout
    settings: Columns
    asked: frozenset[str] = frozenset()


class Row(NamedTuple):
    """A record with the line on which it begins."""

    line: int
    cells: list[str]


def records(text: str, what: str, mapping: Columns, known: Kept) -> list[Row]:
    """The rows of the file, taken apart at the sign with which a heading is found."""
    csv.field_size_limit(1 << 24)
    best: list[Row] = []
    broken: BadInput | None = None
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        try:
            rows = _rows(text, delimiter, what)
        except BadInput as error:
            broken = broken or error
            continue
        if next_head(rows, 0, mapping, known) is not None:
            return rows
        best = max(best, rows, key=_width)
    if broken is not None and _width(best) < 3:
        raise broken
    raise _no_heading(best, what, mapping)


def _width(rows: Sequence[Row]) -> int:
    return max((len(row.cells) for row in rows[:FIRST_ROWS]), default=0)


def _rows(text: str, delimiter: str, what: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, begins = [], 1
    try:
        for cells_ in reader:
            rows.append(Row(begins, cells_))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            f"{what} is not whole CSV: {error} (in the record that begins on line {begins})",
            "check the quotes there, or download it again",
        ) from None
    return rows


def plain(name: str) -> str:
    """A heading as it is compared."""
    return " ".join(name.replace("\ufeff", "").strip().strip('"').lower().split())


def next_head(
    rows: Sequence[Row],
    start: int,
    mapping: Columns,
    known: Kept,
) -> tuple[int, Head] | None:
    """The first heading from a row on, and where it stands."""
    for at in range(start, min(len(rows), start + FIRST_ROWS)):
        names = tuple(plain(cell) for cell in rows[at].cells)
        if sum(1 for name in names if name) < 2:
            continue
        head = _head(names, mapping or known.get(names, {}))
        if head is not None:
            return at, head
    return None


def _head(names: tuple[str, ...], mapping: Columns) -> Head | None:
    """The heading, if it has a day and an amount."""
    there = set(names)
    fits = [layout for layout in LAYOUTS if layout.told_by <= there]
    layout = max(fits, key=lambda one: len(one.told_by), default=UNKNOWN)
    settings = {field: mapping[field] for field in SETTINGS if field in mapping}
    asked = {field: columns for field, columns in mapping.items() if field not in SETTINGS}
    if _is_currency(asked.get("currency", ()), there):
        settings["currency"] = asked.pop("currency")
    for columns in asked.values():
        if any(column != "-" and plain(column) not in there for column in columns):
            return None
    places: dict[str, tuple[int, ...]] = {}
    for field in NAMES:
        if field in asked:
            wanted = [plain(column) for column in asked[field] if column != "-"]
            places[field] = tuple(names.index(column) for column in wanted)
            continue
        usual = layout.columns.get(field, NAMES[field])
        place = next((n for name in usual for n in _places(names, name, field)), None)
        places[field] = () if place is None else (place,)
    if layout is UNKNOWN:
        _guess(names, places, asked)
    _settle(names, places, asked, layout)
    has_amount = places["amount"] or places["debit"] or places["credit"]
    return (
        Head(names, places, layout, settings, frozenset(asked))
        if places["booked"] and has_amount
        else None
    )


def _guess(names: tuple[str, ...], places: dict[str, tuple[int, ...]], asked: Columns) -> None:
    """What no usual name tells, by the words of the headings; one party alone is the other side."""
    party = by_words(names, "iban")
    there = places["iban"]
    if (
        party is not None
        and "iban" not in asked
        and there
        and loose(names[there[0]]) in _MAY_BE_OWN
    ):
        places["iban"] = (party,)
        if not places["own"] and "own" not in asked and party != there[0]:
            places["own"] = there
    sides = [places[field] for field in ("payer", "payee") if places[field]]
    if len(sides) == 1 and not places["name"] and not {"name", "payer", "payee"} & asked.keys():
        places["name"], places["payer"], places["payee"] = sides[0], (), ()
    text = by_words(names, "text")
    if text is not None and places["text"] and names[places["text"][0]] in _WEAK_TEXTS:
        places["text"] = places["text"] if "text" in asked else (text, *places["text"])
    missing = [field for field in NAMES if not places[field] and field not in asked]
    if sides:
        missing = [field for field in missing if field != "name"]
    if places["amount"]:
        missing = [field for field in missing if field not in ("debit", "credit")]
    elif places["debit"] or places["credit"]:
        missing = [field for field in missing if field != "amount"]
    if "amount" in missing and "debit" in missing and places["sign"] and "sign" not in asked:
        places["amount"], places["sign"] = (
            places["sign"],
            (),
        )  # both sides in one column, with their signs
        missing = [field for field in missing if field not in ("amount", "debit", "credit", "sign")]
    taken = {n for found in places.values() for n in found}
    places.update((field, (n,)) for field, n in guessed(names, missing, taken).items())


def _is_currency(values: Sequence[str], columns: set[str]) -> bool:
    """Whether `--map currency=EUR` names a currency, not a column."""
    from cowork_cli.data.currencies import CURRENCIES

    return len(values) == 1 and values[0].upper() in CURRENCIES and plain(values[0]) not in columns


def _places(names: tuple[str, ...], name: str, field: str) -> Iterable[int]:
    """Where a heading stands; an empty one only as the last column, which says the side."""
    if name == "":
        width = len(names)
        return [width - 1] if field == "sign" and width and names[-1] == "" else []
    return [n for n, one in enumerate(names) if one == name]


def _settle(
    names: tuple[str, ...],
    places: dict[str, tuple[int, ...]],
    asked: Columns,
    layout: Layout,
) -> None:
    """One column is one field: what two of them found goes to the first; a currency stands by its amount."""
    if places["kind"] == places["text"]:
        in_lines = any(_NUMBERED["text"].fullmatch(loose(name)) for name in names)
        places["text" if in_lines and "text" not in asked else "kind"] = ()
    if "currency" not in asked and places["amount"]:
        behind = places["amount"][0] + 1
        if behind < len(names) and names[behind] in NAMES["currency"]:
            places["currency"] = (behind,)
    for field, numbered in _NUMBERED.items():
        if field not in asked:
            first = (
                {names[n] for n in places[field]} if field == "text" and layout is UNKNOWN else ()
            )
            more = [
                n
                for n, name in enumerate(names)
                if name in first or numbered.fullmatch(loose(name))
            ]
            places[field] = tuple(dict.fromkeys((*places[field], *more)))
    if places["payer"] and places["payee"] and "name" not in {*asked, *layout.columns}:
        places["name"] = ()
    if "own" not in asked and places["own"] and places["own"] == places["iban"]:
        places["iban"] = ()


UNKNOWN = Layout("CSV", frozenset(), "", "")


def _no_heading(rows: Sequence[Row], what: str, mapping: Columns) -> BadInput:
    shown = next(
        (
            row.cells
            for row in rows[:FIRST_ROWS]
            if sum(1 for cell in row.cells if cell.strip()) > 2
        ),
        rows[0].cells if rows else (),
    )
    names = ", ".join(cell.strip() for cell in shown if cell.strip())[:300]
    if shown and not mapping and any(map(is_day, shown)) and any(map(is_amount, shown)):
        return BadInput(
            f"{what} is not understood: no line names its columns, it begins with: {names}",
            "write one above them, as `Buchungstag;Verwendungszweck;Betrag;Währung`, in the order of the columns",
        )
    missing = "no column for the day and the amount was found"
    if mapping:
        wanted = [column for columns in mapping.values() for column in columns if column != "-"]
        missing = f"no heading has the columns {', '.join(wanted)}"
    return BadInput(
        f"{what} is not understood: {missing} in: {names or 'nothing'}",
        "name the columns: `--map booked=COLUMN --map amount=COLUMN --map text=COLUMN --map name=COLUMN`",
    )


def begins_table(row: Row) -> bool:
    """Whether it is the title of a table."""
    return bool(row.cells) and row.cells[0].strip().lower().startswith(_TITLES)


def shown(head: Head) -> dict[str, str]:
    """The mapping in words: field → heading."""
    names = head.names
    currency = head.settings.get("currency", ("",))[0]
    told = {"currency": currency} if " " in currency else {}  # one that was not typed
    return told | {
        field: " + ".join(names[n] or "(last column)" for n in places)
        for field, places in head.places.items()
        if places
    }


def unread(head: Head) -> tuple[str, ...]:
    """The headings that nothing was taken of, where the bank is not known."""
    if head.layout is not UNKNOWN:
        return ()
    taken = {n for places in head.places.values() for n in places}
    return tuple(name for n, name in enumerate(head.names) if name and n not in taken)
