"""How one table writes its amounts and days: decided once, from all of them, never for a single cell."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import cells
from cowork_cli.importers.bank.csv_columns import Said
from cowork_cli.importers.bank.csv_heads import Columns, Head, Row
from cowork_cli.records import dataclass

_Told = tuple[int, str]  # the line, and what stands there
_Booked = Sequence[tuple[Row, Said]]


@dataclass(frozen=True, slots=True)
class Way:
    """The decimal sign; `dmy`, `mdy` or `ymd`; what an amount under debit is multiplied by to leave the account."""

    decimal: str
    days: str
    debit: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is written in one of several ways: amounts, or days."""

    setting: str  # of `--map`
    meanings: Mapping[str, str]
    field: str
    one: str  # how one that cannot be read is refused
    all: str  # how the ones before it are called
    several: str
    remedy: str
    open: str  # what a file does not show
    ways: tuple[str, ...]
    reads: Callable[[str, str], object]
    is_one: Callable[[str], bool]
    of: Callable[[Iterable[str]], str | None]

    def way(self, head: Head, own: str, told: Sequence[_Told], what: str) -> str:
        """The way that was asked for, that of the layout if it fits, else the one in which all can be read."""
        asked = _setting(head.settings, self.setting, self.meanings)
        if asked:
            return asked
        if own and _all_but(told, self.reads, own) == len(told):
            return own
        try:
            found = self.of(text for _, text in told)
        except BadInput:
            raise self._none(told, what) from None
        if found is None:
            line, text = next(filter(self._tells, told))
            raise BadInput(
                f"{what} does not show whether {self.open}, as in line {line}: {text.strip()}",
                "say which: "
                + " or ".join(f"`--map {self.setting}={word}`" for word in [*self.meanings][:2]),
            )
        return found

    def _tells(self, told: _Told) -> bool:
        """Whether it is one that can be read in more than one way."""
        return self.field == "booked" or "." in told[1] or "," in told[1]

    def _none(self, told: Sequence[_Told], what: str) -> BadInput:
        """Names the first that cannot be read, or that is written in another way than those before it."""
        for line, text in told:
            if not self.is_one(text):
                return BadInput(
                    f'{what}, line {line}: "{text.strip()[:40]}" is not {self.one}',
                    f"nothing was taken; name the column with `--map {self.field}=COLUMN`",
                )
        line, text = _odd_one(told, self.reads, self.ways)
        return BadInput(
            f'{what}, line {line}: "{text.strip()[:40]}" is not written like the {self.all} before it: {self.several}',
            self.remedy,
        )


_AMOUNTS = _Kind(
    "decimal", {"comma": ",", "dot": ".", ",": ",", ".": "."}, "amount", "an amount", "amounts",
    "partly with a decimal comma, partly with a dot", "download it again without a spreadsheet in between",
    "the dot or the comma is the decimal sign of its amounts",
    (",", "."), cells.amount, cells.is_amount, cells.decimal_sign,
)  # fmt: skip
_DAYS = _Kind(
    "date-format", {"dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy", "yyyy-mm-dd": "ymd"}, "booked",
    "a day that exists", "days", "they are written in more than one way",
    "say which is meant: `--map date-format=dd/mm/yyyy`", "the day or the month comes first in its dates",
    tuple(cells.DATE_FORMS), cells.day, cells.is_day, cells.date_form,
)  # fmt: skip


def way_of(head: Head, booked: _Booked, what: str) -> Way:
    """How the rows write; `what` names the file. Raises BadInput where that is not clear."""
    amounts = [
        (row.line, text)
        for row, said in booked
        for text in (said.amount, said.debit, said.credit, said.fee)
        if text
    ]
    days = [(row.line, text) for row, said in booked for text in (said.booked, said.valued) if text]
    decimal = _AMOUNTS.way(head, head.layout.decimal, amounts, what)
    return Way(decimal, _DAYS.way(head, head.layout.days, days, what), _debit(head, booked, what))


def _debit(head: Head, booked: _Booked, what: str) -> int:
    """1 where the column of debits has no minus, -1 where all have one; both is a question."""
    asked = _setting(head.settings, "debit-minus", {"left": "-1", "back": "1"})
    if asked:
        return int(asked)
    told = [
        (row.line, cells.bare(said.debit)[1])
        for row, said in booked
        if said.debit and not said.amount and re.search("[1-9]", said.debit)
    ]
    if len({below for _, below in told}) < 2:
        return -1 if told and told[0][1] else 1
    line = next(line for line, below in told if below != told[0][1])
    raise BadInput(
        f"{what}, line {line}: the column of debits has amounts with a minus and without: which of them left is not clear",
        "say what a minus there means: `--map debit-minus=left` or `--map debit-minus=back`",
    )


def _odd_one(
    told: Sequence[_Told], reads: Callable[[str, str], object], ways: Sequence[str]
) -> _Told:
    """The first text that no way reads which reads all those before it."""
    read = [_all_but(told, reads, way) for way in ways]
    return told[max(read)] if max(read) < len(told) else told[-1]


def _all_but(told: Sequence[_Told], reads: Callable[[str, str], object], way: str) -> int:
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
