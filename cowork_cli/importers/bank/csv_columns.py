"""The columns of a table by the fields that they are, taken apart at once: cheaper than row by row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import cells
from cowork_cli.importers.bank.csv_heads import Head, Row, plain
from cowork_cli.importers.bank.layouts import MINUS_WORDS, NAMES, PLUS_WORDS
from cowork_cli.records import replace

_NO_VALUE = ("n/a", "--", "null")
_NO_SIDE = (
    *_NO_VALUE,
    "-",
    "\u2013",
    "\u2014",
)  # of two columns for the sides the one that is empty
_SIDES = ("debit", "credit")


class Said(NamedTuple):
    """What a row says in each field, `layouts.NAMES` in their order; "" for nothing."""

    booked: str
    valued: str
    amount: str
    debit: str
    credit: str
    sign: str
    currency: str
    name: str
    payer: str
    payee: str
    iban: str
    text: str
    kind: str
    reference: str
    status: str
    own: str
    fee: str
    return_fee: str


Columns = Sequence[Sequence[str]]


def columns_of(rows: Sequence[Row]) -> Columns:
    """The cells by column; a row that is short is filled up."""
    return list(zip_longest(*(row.cells for row in rows), fillvalue=""))


def by_field(head: Head, columns: Columns, count: int) -> Iterator[Said]:
    """What each of `count` rows says, by field."""
    nothing = ("",) * count
    fields = []
    for field in NAMES:
        empty = () if field == "text" else _NO_SIDE if field in _SIDES else _NO_VALUE
        taken = [_filled(columns[n], empty) for n in head.places[field] if n < len(columns)]
        glue = "\n" if field == "text" else " "
        fields.append(_joined(taken, glue) if taken else nothing)
    return map(Said._make, zip(*fields, strict=True))


def with_sign(head: Head, columns: Columns) -> Head:
    """The heading with the column that tells debit from credit, where it does so by its cells alone.

    That is one with nothing but such words, beside amounts of which none has a sign: otherwise
    all of them would be taken for money that came. Raises BadInput where some of its words are others.
    """
    places = head.places["amount"]
    if not places or places[0] >= len(columns) or "sign" in head.asked:
        return head
    amounts = columns[places[0]]
    signed = any(map(cells.is_signed, amounts))
    if head.places["sign"]:
        (n,) = head.places["sign"]
        words = set(map(plain, columns[n])) if signed and n < len(columns) else set(PLUS_WORDS)
        useless = words.isdisjoint({*MINUS_WORDS, *PLUS_WORDS})
        return replace(head, places={**head.places, "sign": ()}) if useless else head
    if signed:
        return head
    for n in range(min(len(head.names), len(columns))):
        told = {plain(cell) for cell, text in zip(columns[n], amounts, strict=True) if text.strip()}
        left = told.intersection(MINUS_WORDS)
        if left and told <= {*MINUS_WORDS, *PLUS_WORDS}:
            return replace(head, places={**head.places, "sign": (n,)})
        if left:
            name = head.names[n] or "without a name"
            raise BadInput(
                f'no amount has a sign, and the column "{name}" tells of money that left in some rows alone: '
                f"{', '.join(sorted(left))}",
                "name the column that tells it: `--map sign=COLUMN`, or `--map sign=-` if none does",
            )
    return head


def may_hold(texts: Iterable[str], words: Sequence[str]) -> bool:
    """Whether one of the words stands in any of the texts: asked once of all, not of each."""
    whole = "\n".join(texts).lower()
    return any(word in whole for word in words)


def _joined(columns: Columns, glue: str) -> Sequence[str]:
    """One column of several, by what is in them."""
    if len(columns) == 1:
        return columns[0]
    return [glue.join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def _filled(column: Sequence[str], empty: Sequence[str]) -> Sequence[str]:
    """The cells of a column, "" for one that says in a word that it holds nothing."""
    if empty and may_hold(column, empty):
        column = ["" if plain(cell) in empty else cell for cell in column]
    return ["" if cell.isspace() else cell for cell in column] if _has_blank(column) else column


def _has_blank(column: Sequence[str]) -> bool:
    return any(map(str.isspace, column))
