"""Reading what a platform sent: what may be missing, or of another type than announced, is unknown.

What is promised and missing is `base.required`'s to say. Free time is worked out here too, for
platforms that tell when a desk is taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Window
from cowork_cli.domain.money import Money
from cowork_cli.domain.space import Slot
from cowork_cli.domain.zones import zone_named
from cowork_cli.errors import BadAnswer, BadInput

MOST = 10**12
"""Above which no amount of money is believed."""

LONGEST_TEXT = 2_000
"""Characters of a name or a message; what is longer is no name."""


def get(row: object, path: str) -> object:
    """What lies at `path`, dots going deeper; None if nothing does."""
    for part in path.split("."):
        row = row.get(part) if isinstance(row, Mapping) else None
    return row


def text(row: object, path: str) -> str | None:
    """A text that is not empty, else None."""
    value = get(row, path)
    return value[:LONGEST_TEXT] if isinstance(value, str) and value.strip() else None


def identity(row: object, path: str) -> str | None:
    """An id as text: platforms send numbers and texts for the same one."""
    value = get(row, path)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text(row, path)


def number(row: object, path: str) -> Decimal | None:
    """A number, also one that is written as text; None for anything else."""
    value = get(row, path)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        read = Decimal(value)
    except InvalidOperation:
        return None
    return read if read.is_finite() else None


def yes(row: object, path: str) -> bool:
    """Whether it says yes: true, 1, or either of them as text, which PHP sends for each other."""
    return str(get(row, path)).casefold() in ("true", "1")


def whole(row: object, path: str) -> int | None:
    """A whole number above zero, such as a count of seats; None for anything else."""
    value = number(row, path)
    fits = value is not None and 0 < value < 1_000_000 and value == int(value)
    return int(value) if fits and value is not None else None


def degrees(row: object, path: str, most: int) -> float | None:
    """Degrees of latitude (`most` 90) or longitude (180); None for what can be none."""
    value = number(row, path)
    return float(value) if value is not None and -most <= value <= most else None


def amount(row: object, path: str, currency: str | None) -> Money | None:
    """An amount of money; None without one or without its currency."""
    value = number(row, path)
    if value is None or currency is None:
        return None
    try:
        return Money.of(value, currency) if abs(value) < MOST else None
    except (InvalidOperation, OverflowError, ValueError, BadInput):
        return None


def members(row: object, path: str) -> list[object]:
    """A list, empty if there is none."""
    value = get(row, path)
    return value if isinstance(value, list) else []


Row = Mapping[str, object]
"""One object of an answer."""


def listed(answer: object, field: str | None, account: str) -> list[Row]:
    """The rows that an answer must hold at `field`, or be itself. Raises BadAnswer naming it.

    One that is no object is no row to leave out: it may be what one must know.
    """
    rows = answer if field is None else get(answer, field)
    if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
        return rows
    what = "answered with something that is no list" if field is None else None
    missing = what or f'answered without the list "{field}"'
    if isinstance(rows, list):
        missing = f"answered with a list of something else{f' as {field}' if field else ''}"
    raise BadAnswer(
        f'account "{account}" {missing}',
        "its interface may have changed; look for a newer cowork",
        account=account,
    )


def rows(row: object, field: str, account: str) -> list[Row]:
    """The rows at `field`, none where it is missing or null; for what must not be overlooked.

    Raises BadAnswer for anything else: a booking that cannot be read does not make a desk free.
    """
    return [] if get(row, field) is None else listed(row, field, account)


def zone_from_wire(name: object, account: str) -> ZoneInfo:
    """The zone a platform names. Raises BadAnswer for one that does not exist."""
    try:
        return zone_named(str(name))
    except BadInput:
        raise BadAnswer(
            f'account "{account}" names no time zone: "{name}"', account=account
        ) from None


# Stretches of time ───────────────────────────────────────────────────────────────────────────────


def gaps(window: Window, busy: Iterable[tuple[datetime, datetime]]) -> list[Slot]:
    """What is left of `window` between the busy stretches, in the zone of the window."""
    zone = window.from_.tzinfo
    cursor, end = window.from_.astimezone(UTC), window.to.astimezone(UTC)
    slots: list[Slot] = []
    for begins, ends in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in busy):
        if begins > cursor and cursor < end:
            slots.append(Slot(cursor.astimezone(zone), min(begins, end).astimezone(zone)))
        cursor = max(cursor, ends)
    if cursor < end:
        slots.append(Slot(cursor.astimezone(zone), window.to.astimezone(zone)))
    return slots


def joined(window: Window, free: Iterable[tuple[datetime, datetime]]) -> list[Slot]:
    """Free stretches, cut to `window`, those that touch made one, in the zone of the window."""
    taken = [(slot.from_, slot.to) for slot in gaps(window, free)]
    return gaps(window, taken)


def overlaps(window: Window, begins: datetime, ends: datetime) -> bool:
    """Whether they share an instant; the ends are not included."""
    return begins.astimezone(UTC) < window.to.astimezone(UTC) and window.from_.astimezone(
        UTC
    ) < ends.astimezone(UTC)


def same_window(one: Window, other: Window) -> bool:
    """Whether they begin and end at the same instants, whatever zone they are shown in."""
    ends = [[moment.astimezone(UTC) for moment in (it.from_, it.to)] for it in (one, other)]
    return ends[0] == ends[1]


def covered(window: Window, slots: Sequence[Slot]) -> bool:
    """Whether all of `window` lies in one of the slots."""
    return any(
        slot.from_.astimezone(UTC) <= window.from_.astimezone(UTC)
        and window.to.astimezone(UTC) <= slot.to.astimezone(UTC)
        for slot in slots
    )


# Kinds ───────────────────────────────────────────────────────────────────────────────────────────

_KIND_WORDS = (
    ("booth", ("booth", "phone", "telefon", "box", "kabine")),
    ("room", ("meeting", "conference", "besprechung", "konferenz", "seminar", "workshop", "raum", "room", "saal")),
    ("office", ("office", "büro", "buero")),
    ("desk", ("desk", "tisch", "platz", "seat")),
)  # fmt: skip


def kind_of(*words: str | None) -> str | None:
    """The kind of desk that the words of a type or a name say; None if they say none."""
    for said in words:
        low = (said or "").casefold()
        for kind, signs in _KIND_WORDS:
            if any(sign in low for sign in signs):
                return kind
    return None
