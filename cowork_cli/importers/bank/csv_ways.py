"""How one table writes its amounts and days: decided once, from all of them, never for a single cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import cells
from cowork_cli.importers.bank.csv_columns import Said
from cowork_cli.importers.bank.csv_heads import Columns, Head, Row
from cowork_cli.records import dataclass

_SIGNS = {"comma": ",", ",": ",", "dot": ".", ".": "."}
_FORMS = {"dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy", "yyyy-mm-dd": "ymd"}
_Booked = Sequence[tuple[Row, Said]]


@dataclass(frozen=True, slots=True)
class Way:
    """The decimal sign, and `dmy`, `mdy` or `ymd`."""

    decimal: str
    days: str


def way_of(head: Head, booked: _Booked, what: str) -> Way:
    """How the rows write; `what` names the file. Raises BadInput where that is not clear."""
    return Way(_decimal(head, booked, what), _days(head, booked, what))


def _decimal(head: Head, booked: _Booked, what: str) -> str:
    asked = _setting(head.settings, "decimal", _SIGNS)
    if asked:
        return asked
    told = [
        (row.line, text)
        for row, said in booked
        for text in (said.amount, said.debit, said.credit, said.fee)
        if text
    ]
    own = head.layout.decimal
    if own and _all(told, lambda text: cells.amount(text, own)):
        return own
    try:
        found = cells.decimal_sign(text for _, text in told)
    except BadInput:
        raise _no_amount(told, what) from None
    if found is None:
        line, text = next((line, text) for line, text in told if "." in text or "," in text)
        raise BadInput(
            f"{what} does not show whether the dot or the comma is the decimal sign of its amounts, "
            f"as in line {line}: {text.strip()}",
            "say which: `--map decimal=comma` or `--map decimal=dot`",
        )
    return found


def _no_amount(told: Sequence[tuple[int, str]], what: str) -> BadInput:
    """Names the first amount that cannot be read, or that is written in another way than those before it."""
    for line, text in told:
        if not cells.is_amount(text):
            return BadInput(
                f'{what}, line {line}: "{text.strip()[:40]}" is not an amount',
                "nothing was taken; name the column of the amount with `--map amount=COLUMN`",
            )
    line, text = _odd_one(told, cells.amount, (",", "."))
    return BadInput(
        f'{what}, line {line}: "{text.strip()[:40]}" is not written like the amounts before it: partly with '
        "a decimal comma, partly with a dot",
        "download it again without a spreadsheet in between",
    )


def _days(head: Head, booked: _Booked, what: str) -> str:
    asked = _setting(head.settings, "date-format", _FORMS)
    if asked:
        return asked
    told = [(row.line, text) for row, said in booked for text in (said.booked, said.valued) if text]
    own = head.layout.days
    if own and _all(told, lambda text: cells.day(text, own)):
        return own
    try:
        found = cells.date_form(text for _, text in told)
    except BadInput:
        raise _no_day(told, what) from None
    if found is None:
        line, text = told[0]
        raise BadInput(
            f"{what} does not show whether the day or the month comes first in its dates, "
            f"as in line {line}: {text.strip()}",
            "say which: `--map date-format=dd/mm/yyyy` or `--map date-format=mm/dd/yyyy`",
        )
    return found


def _no_day(told: Sequence[tuple[int, str]], what: str) -> BadInput:
    for line, text in told:
        if not cells.is_day(text):
            return BadInput(
                f'{what}, line {line}: "{text.strip()[:40]}" is not a day that exists',
                "nothing was taken; name the column of the day with `--map booked=COLUMN`",
            )
    line, text = _odd_one(told, cells.day, tuple(_FORMS.values()))
    return BadInput(
        f'{what}, line {line}: "{text.strip()[:40]}" is not written like the days before it: they are written in '
        "more than one way",
        "say which is meant: `--map date-format=dd/mm/yyyy`",
    )


def _odd_one(
    told: Sequence[tuple[int, str]], reads: Callable[[str, str], object], ways: Sequence[str]
) -> tuple[int, str]:
    """The first text that no way reads which reads all those before it."""
    read = [_all_but(told, reads, way) for way in ways]
    return told[max(read)] if max(read) < len(told) else told[-1]


def _all_but(told: Sequence[tuple[int, str]], reads: Callable[[str, str], object], way: str) -> int:
    """How many texts from the first on can be read in that way."""
    for n, (_, text) in enumerate(told):
        try:
            reads(text, way)
        except BadInput:
            return n
    return len(told)


def _setting(mapping: Columns, name: str, meanings: Mapping[str, str]) -> str | None:
    if name not in mapping:
        return None
    asked = mapping[name][-1].lower()
    if asked not in meanings:
        raise BadInput(f'"{asked}" is no {name}', f"choose one of {', '.join(meanings)}")
    return meanings[asked]


def _all(told: Iterable[tuple[int, str]], reads: Callable[[str], object]) -> bool:
    """Whether all can be read."""
    try:
        for _, text in told:
            reads(text)
    except BadInput:
        return False
    return True
