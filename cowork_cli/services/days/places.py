"""The places of the day log: what kind they are, the way to them, how they are marked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.data.commute import MODES
from cowork_cli.domain.day import KINDS, LogPlace
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput, NotFound, UsageError
from cowork_cli.records import dataclass, field_names, replace
from cowork_cli.store import day_places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.store.engine.store import Store

SEE = "see them with `cowork day places`"
_SAID = {"yes": True, "no": False, "unknown": None}
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of a place; None is not given."""

    kind: str | None = None
    km: str | None = None
    minutes: str | None = None
    mode: str | None = None
    fare: str | None = None
    country: str | None = None
    first_place: str | None = None
    first_from: date | None = None
    lasting: str | None = None
    instead_of: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given."""
        return all(getattr(self, name) is None for name in field_names(Typed))


class Places:
    """The places of a store: what is said of them, and what can be told without."""

    def __init__(self, store: Store):
        self._store = store
        self._said = day_places.every(store)
        self._titles = day_places.titles(store)

    def named(self, text: str) -> str:
        """The key of a place as typed: a known space, a client, or a word. Raises BadInput, Ambiguous."""
        from cowork_cli.services.hours.workplace import place_named

        word = " ".join(text.split())
        if not word or "=" in word or not word.isprintable():
            raise BadInput(f'"{text}" is no name of a place', "give a word, or the name of a space")
        if word in self._said:
            return word
        if word.startswith("client/"):
            if word not in self._titles:
                raise NotFound(f'there is no client "{word[7:]}"', "see `cowork client list`")
            return word
        return place_named(self._store, word)

    def kind_of(self, name: str) -> str | None:
        """The kind of a place; None where nobody has said it."""
        if name in self._said:
            return self._said[name].kind
        if name in ("home", "travel", "client"):
            return name
        if name in self._titles:
            return "client" if name.startswith("client/") else "space"
        return None

    def known(self, name: str) -> LogPlace | None:
        """What is said of a place, else what the directory tells; None where its kind is not known."""
        kind = self.kind_of(name)
        if name in self._said or kind is None:
            return self._said.get(name)
        title, country = self._titles.get(name, (name, None))
        return LogPlace(name, title, kind, country=country)

    def title(self, name: str) -> str:
        """The name for people."""
        return self._titles.get(name, (name, None))[0]

    def put(self, name: str, typed: Typed, said_kind: str | None = None) -> tuple[LogPlace, bool]:
        """Says something of a place; False if it is known already. Raises BadInput, UsageError."""
        kind = typed.kind or said_kind or self.kind_of(name)
        if kind is None:
            raise UsageError(
                f'what kind of place "{name}" is, nobody has said',
                f"give `--kind {'|'.join(KINDS)}`",
            )
        before = self.known(name) or LogPlace(name, self.title(name), kind)
        place = _changed(replace(before, kind=checked_kind(kind)), typed, self)
        _refuse_odd(place)
        with self._store.transaction() as journal:
            changed = day_places.put(self._store, journal, place)
        self.__init__(self._store)  # type: ignore[misc]  # what was written is what is read
        return self._said[name], changed


def listed(store: Store) -> list[LogPlace]:
    """All places that something is said of."""
    return list(day_places.every(store).values())


def remove(store: Store, text: str) -> LogPlace:
    """Forgets what is said of a place; the days that were spent there stay. Raises NotFound."""
    name = Places(store).named(text)
    place = day_places.named(store, name)
    if place is None:
        raise NotFound(f'nothing is said of a place "{text}"', SEE)
    with store.transaction() as journal:
        day_places.remove(store, journal, name)
    return place


def checked_kind(text: str) -> str:
    """One of the kinds. Raises BadInput."""
    if text.strip().lower() not in KINDS:
        raise BadInput(f'"{text}" is no kind of place', f"choose one of {', '.join(KINDS)}")
    return text.strip().lower()


def checked_mode(text: str) -> str:
    """One of the ways to go. Raises BadInput."""
    word = text.strip().lower()
    if word not in MODES:
        raise BadInput(f'"{text}" is no way to go', f"choose one of {', '.join(MODES)}")
    return word


def checked_km(text: str, what: str = "way") -> Decimal:
    """Kilometres of up to two decimals. Raises BadInput."""
    from cowork_cli.domain.amounts import parse_decimal

    value = parse_decimal(text.strip().removesuffix("km").strip(), what, digits=2)
    if not 0 <= value <= 5000:
        raise BadInput(f"a {what} of {text} km cannot be", "give kilometres, as in `12.4`")
    return value


def checked_minutes(text: str) -> int:
    """Minutes of a way: `25`, `1h10`. Raises BadInput for a way that is longer than a day."""
    from cowork_cli.domain.digits import whole_number
    from cowork_cli.domain.lengths import parse_duration

    minutes = whole_number(text.strip())
    if minutes is None:
        minutes = parse_duration(text) // 60
    if not 0 <= minutes < MOST_MINUTES:
        raise BadInput(f"a way of {text} minutes is longer than a day", "give minutes for one way")
    return minutes


def checked_fare(text: str) -> Money:
    """What one way costs, in euro. Raises BadInput."""
    from cowork_cli.domain.amounts import parse_amount

    value, _ = parse_amount(text, "fare", "EUR")
    if value < 0:
        raise BadInput(f"a fare of {text} cannot be", "give what one way costs, as in `3.20`")
    return Money.of(value)


def _changed(place: LogPlace, typed: Typed, places: Places) -> LogPlace:
    changes: dict[str, Any] = {}
    if typed.km is not None:
        changes["way_km"] = checked_km(typed.km)
    if typed.minutes is not None:
        changes["way_s"] = 60 * checked_minutes(typed.minutes)
    if typed.mode is not None:
        changes["mode"] = checked_mode(typed.mode)
    if typed.fare is not None:
        changes["fare"] = checked_fare(typed.fare)
    if typed.country is not None:
        from cowork_cli.services.identifiers.contacts import check_country

        changes["country"] = check_country(typed.country)
    if typed.first_place is not None:
        changes["first_place"] = _said(typed.first_place, "--first-place")
        changes["first_from"] = None
    if typed.first_from is not None:
        changes["first_from"] = typed.first_from
    if typed.lasting is not None:
        changes["lasting"] = _said(typed.lasting, "--lasting")
    if typed.instead_of is not None:
        changes["instead_of"] = places.named(typed.instead_of)
    return replace(place, **changes)


def _said(text: str, flag: str) -> bool | None:
    if text.strip().lower() not in _SAID:
        raise BadInput(f'{flag} cannot be "{text}"', "choose yes, no or unknown")
    return _SAID[text.strip().lower()]


def _refuse_odd(place: LogPlace) -> None:
    if place.kind == "home" and (place.first_place or place.way_km or place.way_s or place.fare):
        raise BadInput(
            "home has no way to it and is no first place of work", "say it of another place"
        )
    if place.first_from and not place.first_place:
        raise BadInput("--from is the first day of the mark", "give it with `--first-place yes`")
    if place.instead_of == place.name:
        raise BadInput(f"{place.title} cannot stand for itself", "name another place, or `home`")
