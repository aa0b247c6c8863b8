"""Periods of law for post: when a letter counts as received, how long one may object, what is kept.

Every row has its first day and its source, with the day of the text that was read. What a later
parliament decides is not known, so nothing is computed for a day after KNOWN_UNTIL or before the first row.

`RECEIPT`: § 122 AO: an administrative act sent by ordinary letter counts as received on the fourth day
after it was posted, the third for letters posted until 2024 (NVwZ of 2025-01-17, at rsw.beck.de). Whether
a Land's general administrative law has the same is not in our sources: for a `decision` the day of
notification is asked for.

`OBJECTION`: § 355 AO, § 70 VwGO, § 692 ZPO, §§ 339, 700 ZPO, § 67 OWiG, § 410 StPO, and how days are
counted: read in the texts of 2022-03-26 (bundestag/gesetze); later changes were not looked for.

`KEEPING`: years from the end of the calendar year. Invoices: 10 years in the text of § 14b UStG of
2022-03-26, 8 in that of 2026-08-19. The day of the change was not read: the row begins with 2025, long before
any day on which this runs. Business letters: 6 years, § 147 (3) AO, § 257 (4) HGB, text of 2026-08-19.
"""

from datetime import date

from cowork_cli.records import dataclass

KNOWN_FROM = date(2015, 1, 1)
KNOWN_UNTIL = date(2027, 12, 31)
READ = "text of 2022-03-26"


@dataclass(frozen=True, slots=True)
class Row:
    """A number that holds from a day on, with its source."""

    valid_from: date
    count: int
    source: str


RECEIPT = (
    Row(date(2015, 1, 1), 3, "§ 122 AO as until 2024 (NVwZ 2025-01-17)"),
    Row(date(2025, 1, 1), 4, "§ 122 AO as since 2025 (NVwZ 2025-01-17)"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """How long one may answer a kind of letter: `unit` `m` or `w`, counted from `since`.

    `since`: `deemed` (the day it counts as received), `notified` or `served`.
    """

    count: int
    unit: str
    since: str
    what: str
    source: str
    counting: str


_BGB = "§§ 187–193 BGB"
OBJECTION: dict[str, Period] = {
    "tax-assessment": Period(
        1, "m", "deemed", "objection", f"§ 355 AO, {READ}", f"§ 108 AO, {_BGB}"
    ),
    "decision": Period(1, "m", "notified", "objection", f"§ 70 VwGO, {READ}", _BGB),
    "court-order": Period(
        2, "w", "served", "objection to the payment order", f"§ 692 ZPO, {READ}", _BGB
    ),
    "default-judgment": Period(2, "w", "served", "objection", f"§§ 339, 700 ZPO, {READ}", _BGB),
    "fine": Period(2, "w", "served", "objection", f"§ 67 OWiG, {READ}", _BGB),
    "penal-order": Period(2, "w", "served", "objection", f"§ 410 StPO, {READ}", _BGB),
}
KEEPING: dict[str, tuple[Row, ...]] = {
    "invoice": (
        Row(date(2015, 1, 1), 10, "§ 14b UStG, text of 2022-03-26"),
        Row(date(2025, 1, 1), 8, "§ 14b UStG, text of 2026-08-19 (10 in that of 2022-03-26)"),
    ),
    "letter": (Row(date(2015, 1, 1), 6, "§ 147 (3) AO, § 257 (4) HGB, text of 2026-08-19"),),
}


def valid(rows: tuple[Row, ...], day: date) -> Row | None:
    """The row that holds on a day; None before the first and after what is known."""
    if not KNOWN_FROM <= day <= KNOWN_UNTIL:
        return None
    return max((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from)
