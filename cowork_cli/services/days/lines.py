"""What a rule gives, added up by year: days, a quantity, euro cents; and what the record lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.domain.day_report import Lack
from cowork_cli.domain.shell_words import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cowork_cli.domain.day import LogPlace

_PLACE, _EDIT = "cowork day place {place} ", "cowork day edit DATE "
# What may be lacking: the sentence, and the command that mends it.
LACKS: dict[str, tuple[str, str]] = {
    "country": (
        "the country of {title} is not said; it counts as {more}",
        _PLACE + "--country {more}",
    ),
    "abroad": (
        "{title} is in {more}: its rates are not known here, ways and meals of those days are left out",
        "cowork day list --place {place}",
    ),
    "way": ("the way to {title} is not said", _PLACE + "--km 12"),
    "mode": ("how one went to {title} is not said", _PLACE + "--mode car"),
    "mode-several": ("how one went on days with several places is not said", _EDIT + "--mode car"),
    "fare": ("what the way to {title} cost is not said", _PLACE + "--fare 3.20"),
    "driven": (
        "what was driven, or paid, on days with several places is not said",
        _EDIT + "--driven 48",
    ),
    "away": ("the hours away from home are not said", _EDIT + "--away 07:30..18:00"),
    "trip": (
        "without work and away over night: where, no logged day before it tells",
        _EDIT + "--away 07:30..",
    ),
    "not-logged": ("hours are recorded, and the day is not logged", "cowork day log --in PERIOD"),
    "hours-changed": (
        "hours were changed after the day was logged: {more}",
        "cowork day edit {day} --at PLACE",
    ),
    "instead": (
        "where one would work without {title} is not said",
        _PLACE + "--instead-of home",
    ),
}
# (year, rule, reading, place, state, by car): what makes lines of their own.
Key = tuple[int, str, str | None, str | None, str, bool]


class Line:
    """A sum of days. `before` are days of the same year ahead of the period: they use up a cap."""

    __slots__ = ("before", "cents", "days", "quantity")

    def __init__(self) -> None:
        self.days = self.cents = self.before = 0
        self.quantity = Decimal(0)


class Lines:
    """The sums of all rules."""

    def __init__(self, places: Mapping[str, LogPlace]) -> None:
        self._places = places
        self._lines: dict[Key, Line] = {}
        self._lacks: dict[tuple[str, str | None, str], list[str]] = {}

    def title(self, place: str) -> str:
        """The name of a place for people."""
        known = self._places.get(place)
        return known.title if known else place

    def add(self, key: Key, quantity: Decimal | int, cents: int, *, within: bool) -> None:
        """Adds a day, and kilometres, to a line; one that is not `within` the period only uses up caps."""
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = Line()
        if within:
            line.days += 1
            if quantity:
                line.quantity += quantity
            line.cents += cents
        else:
            line.before += cents

    def lack(self, lack: str, place: str | None, day: str, more: str = "") -> None:
        """Notes what a day of the period lacks: a word of `LACKS`, and the place it is about."""
        self._lacks.setdefault((lack, place, more), []).append(day)

    def of(self, year: int, *rules: str) -> Iterator[tuple[Key, Line]]:
        """The lines of these rules in a year, in the order they were met."""
        for key, line in self._lines.items():
            if key[0] == year and key[1] in rules:
                yield key, line

    @property
    def years(self) -> list[int]:
        """The years with a day in the period."""
        return sorted({key[0] for key, line in self._lines.items() if line.days})

    @property
    def lacks(self) -> list[Lack]:
        """What is lacking, the most days first."""
        lacks = [self._lack(*key, days) for key, days in self._lacks.items()]
        return sorted(lacks, key=lambda lack: (-lack.days, lack.what))

    def _lack(self, lack: str, place: str | None, more: str, days: list[str]) -> Lack:
        title = self.title(place) if place else None
        first = date.fromisoformat(min(days))
        sentence, command = (
            text.format(title=title, place=shell_word(place) if place else "", more=more, day=first)
            for text in LACKS[lack]
        )
        return Lack(sentence, len(set(days)), first, command, lack, title)
