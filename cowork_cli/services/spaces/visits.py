"""Visits: what was measured at a space, as a scorecard for each day that one was there."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.amounts import parse_decimal
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.lengths import parse_days, parse_duration
from cowork_cli.domain.phrases import parse_date
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.domain.spelling import guess
from cowork_cli.domain.visit import GRADES, NOISE, SCORES, SOCKETS, Visit
from cowork_cli.errors import BadInput, NotFound
from cowork_cli.records import replace
from cowork_cli.services.spaces.plans import refs_of
from cowork_cli.store import visits

if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

Told = Mapping[str, str | None]
"""The scores as they were typed: None is not given, an empty text takes it back."""
KEYS = tuple(score.name.replace("_", "-") for score in SCORES)
FASTEST_MBIT = 100_000
LOUDEST_DB = 140  # where it begins to hurt
MOST_BOOTHS = 999


def visits_of(space: Space, *, store: "Store") -> tuple[Visit, ...]:
    """The visits to a space, the newest first."""
    return tuple(visits.of_spaces(store, refs_of(space)))


def space_to_visit(query: str, *, store: "Store", cache: "Cache") -> Space:
    """The space meant, of the directory or seen at a provider. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    return naming.find_space(store, query, cache=cache)


def add(space: Space, told: Told, *, store: "Store", today: date) -> Visit:
    """Keeps a visit. Raises BadInput."""
    visit = _told(Visit("", space.ref, space.name, today), told, today)
    with store.transaction() as journal:
        number = visits.add(journal, visit)
    return replace(visit, id=f"v-{number}")


def edit(visit: Visit, told: Told, *, store: "Store", today: date) -> Visit:
    """Changes what is given of a visit. Raises BadInput."""
    changed = _told(visit, told, today)
    with store.transaction() as journal:
        visits.change(journal, changed)
    return changed


def remove(visit: Visit, *, store: "Store") -> None:
    """Removes a visit that was found."""
    with store.transaction() as journal:
        visits.remove(journal, visit)


def by_id(text: str, *, store: "Store") -> Visit | None:
    """The visit of an id, `v-1`; None where `text` is no id. Raises NotFound for one that is gone."""
    number = whole_number(text.removeprefix("v-")) if text.startswith("v-") else None
    if number is None:
        return None
    visit = visits.one(store, number)
    if visit is None:
        known = ", ".join(visits.ids(store)[:6])
        raise NotFound(
            f'there is no visit "{text}"' + (f"; there are {known}" if known else ""),
            "see those of a space with `cowork space show REF`",
        )
    return visit


def with_set(fields: Told, texts: Iterable[str]) -> dict[str, str | None]:
    """`fields` with those of `--set KEY=VALUE`. Raises BadInput for a strange key, or one given twice."""
    told = {name: value for name, value in fields.items() if value is not None}
    for text in texts:
        key, equals, value = text.partition("=")
        name = key.strip().lower().replace("_", "-")
        if name not in KEYS:
            raise BadInput(
                f'"{key.strip()}" is nothing a visit keeps{guess(name, KEYS)}',
                f"write `--set KEY=VALUE` with one of {', '.join(KEYS)}; the rest fits `note`",
            )
        if not equals:
            raise BadInput(f'"{text}" has no value', f"write it as `--set {name}=VALUE`")
        if name.replace("-", "_") in told:
            raise BadInput(f"{name} was given twice", "give it once")
        told[name.replace("-", "_")] = value
    return dict(told)


def check(name: str, text: str, today: date) -> None:
    """Raises BadInput for a value that the score cannot have; for questions, one at a time."""
    _told(Visit("", Ref("local", "nowhere"), "", today), {name: text}, today)


# ---- what was typed


def _told(visit: Visit, told: Told, today: date) -> Visit:
    readers: dict[str, Callable[[str, str], Any]] = {
        "date": lambda text, option: _day(text, today),
        "speed": _speed,
        "count": _booths,
        "grade": lambda text, option: _one_of(text, option, GRADES),
        "sockets": lambda text, option: _one_of(text, option, SOCKETS),
        "length": lambda text, option: _length(text),
        "text": lambda text, option: text.strip() or None,
    }
    changes: dict[str, Any] = {}
    for score in SCORES:
        text = told.get(score.name)
        if text is None:
            continue
        if score.name == "noise":
            changes |= _noise(text)
        elif not text.strip():
            changes[score.column or score.name] = today if score.name == "date" else None
        else:
            changes[score.column or score.name] = readers[score.kind](text, score.option)
    return replace(visit, **changes)


def _day(text: str, today: date) -> date:
    day = parse_date(text, today, planned=False)
    if day > today:
        raise BadInput(f"{day:%a %Y-%m-%d} is still to come", "give the day that you were there")
    return day


def _speed(text: str, option: str) -> Decimal:
    number = text.lower().removesuffix("/s").removesuffix("mbit").removesuffix("mbps").strip()
    speed = parse_decimal(number, option, digits=3)
    if not 0 <= speed <= FASTEST_MBIT:
        raise BadInput(
            f'{option} "{text}" is no speed of a line', f"give Mbit/s, as in `{option} 94`"
        )
    return speed


def _noise(text: str) -> dict[str, Any]:
    """`quiet`, `52 dB`, `quiet, 52`; one does not take the other away, an empty text takes both."""
    typed = text.strip().lower()
    if not typed:
        return {"noise": None, "noise_db": None}
    match = re.fullmatch(r"([a-z]*)[ ,]*(?:(\d{1,3}) ?(?:db(?: ?\(a\))?)?)?", typed, re.ASCII)
    word, level = match.groups() if match else (typed, None)
    changes: dict[str, Any] = {"noise": _one_of(word, "--noise", NOISE)} if word else {}
    if level and int(level) > LOUDEST_DB:
        raise BadInput(f"{level} dB is no noise to work in", "give dB(A), as in `--noise 52`")
    return {**changes, "noise_db": int(level)} if level else changes


def _booths(text: str, option: str) -> int:
    count = whole_number(text.strip())
    if count is None or count > MOST_BOOTHS:
        raise BadInput(f'{option} "{text}" is not a count', f"give it as `{option} 2`")
    return count


def _one_of(text: str, option: str, words: Sequence[str]) -> str:
    word = text.strip().lower().replace(" ", "-")
    if word not in words:
        raise BadInput(
            f'{option} "{text}" is none of these{guess(word, words)}',
            f"choose of {', '.join(words)}",
        )
    return word


def _length(text: str) -> int:
    """Seconds of `2h`, `45 min`, `3d`, `2w`."""
    if text.strip().isdigit():
        raise BadInput(f'--answer "{text}" has no unit', "write it as `2h` or `3d`")
    try:
        return parse_days(text) * 86_400
    except BadInput:
        return parse_duration(text)
