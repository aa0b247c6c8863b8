"""What is typed of a day, and its places: those of the hours, those that are said, each with its length."""

from __future__ import annotations

import itertools
from datetime import date, time, timedelta

from cowork_cli.domain.day import END_OF_DAY, Stay
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.zones import at, day_start, seconds_of, zone_named
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.records import dataclass, field_names, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.services.days.known import Known, Piece
    from cowork_cli.services.days.places import Places


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed of a day; None is not given. `at` are places, perhaps with a length or clocks."""

    at: tuple[str, ...] = ()
    away: str | None = None
    mode: str | None = None
    km: str | None = None
    minutes: str | None = None
    fare: str | None = None
    driven: str | None = None
    purpose: str | None = None
    note: str | None = None
    no_work: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given."""
        return all(getattr(self, name) in (None, (), False) for name in field_names(Said))


class PlaceMissing(UsageError):
    """Hours of a day have no place, and nobody has said one."""

    code = "place-missing"

    def __init__(
        self, day: date, seconds: int, booked: tuple[str, ...], came: tuple[str, ...] = ()
    ):
        where = f"; booked was {', '.join(booked)}" if booked else ""
        where = f"; you checked in at {', '.join(came)}" if came else where
        super().__init__(
            f"where you worked on {day} is not known for {length_of(seconds)}{where}",
            f"say it with `cowork day log {day} --at PLACE`",
        )


class LengthMissing(UsageError):
    """Where one worked is said, how long is not known."""

    code = "length-missing"

    def __init__(self, day: date, place: str):
        self.place = place
        super().__init__(
            f"no hours are recorded on {day}: how long you worked at {place} is not known",
            f"say it, as in `cowork day log {day} --at {shell_word(place + '=6h')}`, or `--no-work`",
        )


class KindMissing(UsageError):
    """A place whose kind nobody has said."""

    code = "kind-missing"

    def __init__(self, place: str):
        self.place = place
        super().__init__(
            f'what kind of place "{place}" is, nobody has said',
            f"say it once: `cowork day place {shell_word(place)} --kind space|client|meeting|travel|home`",
        )


# ---- where


@dataclass(frozen=True, slots=True)
class _At:
    """A place as typed: its key; a length, or clocks, or neither."""

    place: str
    seconds: int | None
    from_: str | None
    to: str | None


def stays_of(known: Known, places: Places, said: Said, zone: ZoneInfo) -> tuple[Stay, ...]:
    """The places of a day: as its hours tell, or as said. Raises what is missing, or cannot be."""
    typed = [_typed(text, known.date, places, zone) for text in said.at]
    names = [each.place for each in typed]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsageError(f"{twice} is named twice", "name each place once, with all its time")
    open_ended = [each for each in typed if each.seconds is None]
    if len(open_ended) > 1:
        shown = " and ".join(each.place for each in open_ended)
        raise BadInput(
            f"a day cannot be spent wholly at {shown}",
            "say how long, as in "
            + " ".join(
                f"`--at {each.place}={hours}h`"
                for each, hours in zip(open_ended, (5, 3), strict=False)
            ),
        )
    if any(each.seconds is not None for each in typed):
        return _as_said(known, places, typed)
    return _as_known(known, places, open_ended[0].place if open_ended else None)


def _as_known(known: Known, places: Places, rest: str | None) -> tuple[Stay, ...]:
    """The places of the hours; those that have none were spent at `rest`."""
    without = [piece for piece in known.pieces if piece.place is None]
    seconds = sum(piece.seconds for piece in without)
    if without and rest is None:
        booked, came = (tuple(map(places.title, names)) for names in (known.booked, known.came))
        raise PlaceMissing(known.date, seconds, booked, came)
    if not known.pieces:
        if rest is None and not known.booked:
            raise UsageError(
                f"nothing is known of {known.date}: no hours, no booking",
                f"say it, as in `cowork day log {known.date} --at home=6h`, or `--no-work`",
            )
        raise LengthMissing(known.date, rest or (*known.came, *known.booked)[0])
    if rest is not None and not without:
        at_places = {piece.place: 0 for piece in known.pieces}
        if set(at_places) != {rest}:
            shown = ", ".join(places.title(name or "") for name in at_places)
            raise BadInput(
                f"all hours of {known.date} have a place already: {shown}",
                f"say how long you were where, as in `--at {rest}=3h`",
            )
    by_place: dict[str, list[Piece]] = {}
    for piece in known.pieces:
        by_place.setdefault(piece.place or rest or "", []).append(piece)
    return tuple(_stay_of(name, pieces, places, rest) for name, pieces in by_place.items())


def _stay_of(name: str, pieces: list[Piece], places: Places, rest: str | None) -> Stay:
    first, last = pieces[0], pieces[-1]
    said = any(piece.place is None for piece in pieces)
    source = "said" if said else "booking" if first.source == "booking" else "hours"
    end = at(last.to_at, zone_named(last.timezone))
    clocks = (
        f"{at(first.from_at, zone_named(first.timezone)):%H:%M}",
        f"{end:%H:%M}" if end.time() != time() else END_OF_DAY,
    )
    return _with_way(
        Stay(name, _kind(name, places), sum(piece.seconds for piece in pieces), *clocks, source),
        places,
    )


def _as_said(known: Known, places: Places, typed: list[_At]) -> tuple[Stay, ...]:
    """The places as typed; one without a length has what is left of the hours."""
    said_s = sum(each.seconds or 0 for each in typed)
    stays = []
    for each in typed:
        seconds = each.seconds
        if seconds is None:
            seconds = known.tracked_s - said_s
            if seconds <= 0:
                raise BadInput(
                    f"nothing is left of the {length_of(known.tracked_s)} of {known.date} for {each.place}",
                    f"say how long, as in `--at {each.place}=3h`",
                )
        stays.append(
            _with_way(
                Stay(each.place, _kind(each.place, places), seconds, each.from_, each.to, "said"),
                places,
            )
        )
    _refuse_overlap(stays)
    return tuple(stays)


def _typed(text: str, day: date, places: Places, zone: ZoneInfo) -> _At:
    """`home`, `home=5h`, `Hafen=13:00-17:00`."""
    name, equals, length = text.partition("=")
    place = places.named(name)
    _kind(place, places)
    if not equals:
        return _At(place, None, None, None)
    if "-" in length.strip()[1:]:
        begin, _, end = length.partition("-")
        from_at, start = clock_of(begin, day, zone, end=False)
        to_at, stop = clock_of(end, day, zone, end=True)
        if to_at <= from_at:
            raise BadInput(
                f'"{text}" ends before it begins', "write it as `13:00-17:00`, each day by itself"
            )
        return _At(place, to_at - from_at, start, stop)
    from cowork_cli.domain.lengths import parse_duration

    return _At(place, parse_duration(length), None, None)


def clock_of(text: str, day: date, zone: ZoneInfo, *, end: bool) -> tuple[int, str]:
    """A time of a day: its instant in seconds, and its clock."""
    from cowork_cli.domain.clocks import is_end_of_day, parse_clock
    from cowork_cli.domain.zones import instant_of

    if end and is_end_of_day(text.strip()):
        return seconds_of(day_start(day + timedelta(days=1), zone)), END_OF_DAY
    clock = parse_clock(text.strip(), bare=True)
    return seconds_of(instant_of(day, clock, zone)), f"{clock:%H:%M}"


def _kind(place: str, places: Places) -> str:
    kind = places.kind_of(place)
    if kind is None:
        raise KindMissing(place)
    return kind


def _with_way(stay: Stay, places: Places) -> Stay:
    """The way as it is said of the place; home has none."""
    known = places.known(stay.place)
    if known is None or stay.kind == "home":
        return stay
    return replace(stay, way_km=known.way_km, way_s=known.way_s, mode=known.mode, fare=known.fare)


def _refuse_overlap(stays: list[Stay]) -> None:
    timed = sorted((stay.from_, stay.to, stay.place) for stay in stays if stay.from_ and stay.to)
    for (_, end, place), (begin, _, other) in itertools.pairwise(timed):
        if begin < end:
            raise BadInput(
                f"you cannot have been at {place} until {end} and at {other} from {begin}",
                "give times that do not overlap",
            )


def length_of(seconds: int) -> str:
    """`7 h 30 min`, `8 h`."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
