"""Numbers of invoices and quotes: unique, in a row within a series, taken for good.

A number belongs to one invoice (§ 14 (4) no. 4 UStG). It is taken inside the transaction that issues:
what fails gives it back, what was written keeps it, also when it is cancelled.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from cowork_cli.domain.digits import whole_number
from cowork_cli.errors import BadInput, ConfigError, Conflict
from cowork_cli.records import dataclass
from cowork_cli.store import invoice_issue, quotes
from cowork_cli.store.engine.store import Store

Settings = Callable[[str], Any]
DEFAULT_SERIES = "invoice"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is the next of its series; `seq` is how many there are with it."""

    text: str
    series: str
    year: int
    seq: int


def number_text(form: str, series: str, year: int, seq: int) -> str:
    """The number that `invoice.number_format` makes: `{year}-{seq:04}` → `2026-0001`."""
    return form.format(year=year, seq=seq, series=series)


def check_series(series: str) -> None:
    """Raises BadInput for what cannot name a series of numbers."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}", series):
        raise BadInput(
            f'"{series}" cannot name a series of numbers', "use up to 20 letters and figures"
        )


def refuse_mixed_numbers(series: str, form: str) -> None:
    """Raises Conflict where the numbers of a second series would look like those of the first."""
    if series == DEFAULT_SERIES or "{series" in form or series in re.sub(r"\{.*?\}", " ", form):
        return
    raise Conflict(
        f'the number format "{form}" is the same for every series; numbers of "{series}" would '
        "not be unique",
        'name the series in it: `cowork config set invoice.number_format "{series}-{year}-{seq:04}"`',
    )


def next_invoice_number(store: Store, series: str, when: date, settings: Settings) -> Number:
    """The next number of a series as it is now; `take` takes it, in the transaction that issues.

    The series starts again each year where the format shows it. Raises ConfigError for a first
    number that is none.
    """
    form = settings("invoice.number_format")
    year = _year(form, when)
    seq = invoice_issue.next_number(store, series, year, _first(settings, f"invoice.next.{series}"))
    return Number(number_text(form, series, when.year, seq), series, year, seq)


def refuse_given_out(number: Number, settings: Settings, copy_of: Callable[[str], Path]) -> None:
    """Raises Conflict where there is a copy of another document under the file name of a new one.

    It was issued by a store that is here no more: a backup of before was put back, or none. `copy_of` says
    where the copy of a number would lie.
    """
    copy = copy_of(number.text)
    if not copy.exists():
        return
    form, behind = settings("invoice.number_format"), number.seq + 1
    # A format that a person wrote without {seq} makes one number for ever.
    most = number.seq + len(list(copy.parent.iterdir()))
    while (
        behind <= most and copy_of(number_text(form, number.series, number.year, behind)).exists()
    ):
        behind += 1
    # It is to be unset since it holds for the series of every year.
    raise Conflict(
        f"the number {number.text} was given out before: {copy} is no document of this store",
        f"go on behind it: `cowork config set invoice.next.{number.series} {behind}`, and unset that once "
        "this one is issued; or move the file away",
    )


def take(store: Store, number: Number) -> None:
    """Takes it for good, with the caller's transaction."""
    invoice_issue.take_number(store, number.series, number.year, number.seq)


def next_quote_number(store: Store, day: date, settings: Settings) -> str:
    """The next number, taken for good: one that an older format gave already is passed over.

    Raises ConfigError for a first number that is none.
    """
    form, first = settings("quote.number_format"), _first(settings, "quote.next")
    while True:
        seq = invoice_issue.take_number(store, quotes.SERIES, _year(form, day), first)
        number = number_text(form, "quote", day.year, seq)
        if quotes.find(store, number) is None:
            return number


def _year(form: str, day: date) -> int:
    """The year that a series counts in, 0 where it goes on over all of them."""
    return day.year if "{year" in form else 0


def _first(settings: Settings, key: str) -> int:
    """The lowest number that may be taken; 1 where nothing is set."""
    told = settings(key)
    number = whole_number(str(told)) if told else 1
    if not number:
        raise ConfigError(
            f'{key} is "{told}", which is no number',
            f"set it with `cowork config set {key} 1`",
        )
    return number
