"""Finding the thing a person means by what they typed.

The first step that finds exactly one wins: (1) the full ref; (2) an own id; (3) the exact name;
(4) a name whose words begin with the words typed, case and accents folded; (5) four or more leading
characters of a provider's id that is not a plain number. `strict` stops after (3): nothing is
cancelled or removed by a guess. What has the form of an own id (`ev-3` among events) is one, and never the
name of another. Several: Ambiguous with the candidates; none: NotFound with the
nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import Ambiguous, BadInput, NotFound
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.domain.address import HeldAddress
    from cowork_cli.domain.booking import Booking
    from cowork_cli.domain.space import Desk, Space
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

SHOWN = 6
SHORTEST_START = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant. `id` is its full ref, or its own id where it has no other.

    `own_id` is a second id (`b-12`). `within` holds further words that may be typed beside those of
    the name, such as the space of a desk.
    """

    id: str
    name: str
    own_id: str | None = None
    within: str = ""


def choose(
    query: str, candidates: Sequence[Candidate], what: str, strict: bool = False
) -> Candidate:
    """The one candidate meant by `query`. `what` names the kind of thing in messages.

    Raises Ambiguous naming the candidates, NotFound naming the nearest.
    """
    word = query.strip()
    several: list[Candidate] = []
    for step in _steps(word, candidates, strict=strict):
        fits = step(word, candidates)
        if len(fits) == 1:
            return fits[0]
        several = several or fits
    if several:
        raise _ambiguous(query, several, what)
    raise _missing(query, candidates, what, strict=strict)


def fitting(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """All candidates of the first step that finds any; for lists, where several are welcome."""
    word = query.strip()
    for step in _steps(word, candidates):
        fits = step(word, candidates)
        if fits:
            return fits
    return []


# ---- the steps


def _by_id(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one.id == query]


def _by_own_id(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one.own_id is not None and one.own_id == query]


def _by_name(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one.name == query]


def _by_folded_name(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The whole name, so that `desk 1` is not also `Desk 10`."""
    folded = fold(query)
    return [one for one in candidates if folded and fold(one.name) == folded]


def _by_words(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of several, the one whose name has all of the words whole: `raum 7` is not `Raum 77`."""
    typed = fold(query).split()
    begun = [one for one in candidates if typed and _begins(typed, one)]
    whole = [one for one in begun if set(typed) <= set(fold(f"{one.name} {one.within}").split())]
    return whole if len(whole) == 1 else begun


def _begins(typed: Sequence[str], candidate: Candidate) -> bool:
    """Each typed word begins a word of its own; at least one of them a word of the name."""
    name = fold(candidate.name).split()
    if not any(word.startswith(start) for start in typed for word in name):
        return False
    words = name + fold(candidate.within).split()
    for start in sorted(typed, key=len, reverse=True):
        match = next((word for word in words if word.startswith(start)), None)
        if match is None:
            return False
        words.remove(match)
    return True


def _by_start_of_id(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    if len(query) < SHORTEST_START:
        return []
    return [
        one
        for one in candidates
        if (identity := one.id.partition(":")[2]).startswith(query) and not identity.isdigit()
    ]


_Step = Callable[[str, Sequence[Candidate]], list[Candidate]]
_STEPS_OF_ID: tuple[_Step, ...] = (_by_id, _by_own_id)
_STRICT_STEPS: tuple[_Step, ...] = (*_STEPS_OF_ID, _by_name)
_STEPS: tuple[_Step, ...] = (*_STRICT_STEPS, _by_folded_name, _by_words, _by_start_of_id)


def _steps(
    word: str, candidates: Sequence[Candidate], *, strict: bool = False
) -> tuple[_Step, ...]:
    """The steps to go: a word of the form of their own ids goes no further than these.

    Else `ev-3`, once it is gone, would be the event that is called so.
    """
    kind, dash, number = word.rpartition("-")
    if dash and kind.isalpha() and whole_number(number) is not None:
        own = [one.own_id or one.id for one in candidates]
        start = f"{kind}-"
        if own and all(
            known.startswith(start) and whole_number(known.removeprefix(start)) is not None
            for known in own
        ):
            return _STEPS_OF_ID
    return _STRICT_STEPS if strict else _STEPS


# ---- messages


def _ambiguous(query: str, several: Sequence[Candidate], what: str) -> Ambiguous:
    shown = [_shown(one) for one in several[:SHOWN]]
    more = len(several) - len(shown)
    rest = f" and {more} more" if more > 0 else ""
    return Ambiguous(
        f'"{query}" may be {", ".join(shown)}{rest}',
        f"say which {what} with more of its name, or with its full id, `{several[0].id}`",
    )


def _missing(
    query: str, candidates: Sequence[Candidate], what: str, *, strict: bool = False
) -> NotFound:
    from cowork_cli.domain.spelling import nearest

    loose = fitting(query, candidates) if strict else []
    if loose:
        names = ", ".join(_shown(one) for one in loose[:SHOWN])
        return NotFound(
            f'no {what} is called exactly "{query}", did you mean {names}?',
            f"here give the whole name or the id, `{loose[0].own_id or loose[0].id}`",
        )
    if _steps(query.strip(), candidates) is _STEPS_OF_ID:  # a number is near to any other
        return NotFound(f'there is no {what} "{query}"', _WHERE.get(what))
    by_name = {fold(one.name): one for one in candidates}
    by_name.update({fold(one.id.partition(":")[2] or one.id): one for one in candidates})
    near = nearest(fold(query.partition(":")[2] or query), by_name, 3)
    names = ", ".join(dict.fromkeys(_shown(by_name[key]) for key in near))
    guess = f", did you mean {names}?" if names else ""
    return NotFound(f'there is no {what} "{query}"{guess}', _WHERE.get(what))


def _shown(candidate: Candidate) -> str:
    shown = candidate.own_id or candidate.id
    return f"{candidate.name} ({shown})" if candidate.name != shown else shown


_WHERE = {
    "space": "find one with `cowork space search`, or add it with `cowork space add NAME`",
    "desk": "see what there is with `cowork desk list SPACE`",
    "booking": "see them with `cowork booking list --past`",
    "address": "see them with `cowork address list`",
    "contract": "see them with `cowork contract list`",
    "letter": "see them with `cowork post list`",
    "plan": "see them with `cowork plan list`",
    "joint job": "see them with `cowork job list`",
    "event": "see them with `cowork event list`",
    "membership": "see them with `cowork membership list`",
    "member of the team": "see them with `cowork team list`",
    "visit": "see those of a space with `cowork space show REF`",
    "project": "see them with `cowork project list`",
}


# ---- what can be named


def find_space(
    store: Store, query: str, *, cache: Cache | None = None, strict: bool = False
) -> Space:
    """The space meant: of the own directory, else one seen at a provider. Raises NotFound, Ambiguous."""
    from cowork_cli.store import spaces

    ref = Ref.parse(query)
    exact = spaces.by_ref(store, ref) if ref else None
    if exact:
        return exact
    named = spaces.by_name(store, query)
    if len(named) == 1:
        return named[0]
    candidates = [Candidate(str(own), name) for own, name in spaces.names(store)]
    try:
        chosen = choose(query, candidates, "space", strict)
    except NotFound as missing:
        seen = None if cache is None else _find_seen(cache, query, strict=strict)
        if seen is None:
            raise missing
        return seen
    space = spaces.by_ref(store, _ref(chosen))
    assert space is not None
    return space


def _find_seen(cache: Cache, query: str, *, strict: bool) -> Space | None:
    candidates = [Candidate(str(ref), name) for ref, name in cache.names()]
    try:
        return cache.by_ref(_ref(choose(query, candidates, "space", strict)))
    except NotFound:
        return None


def find_desk(store: Store, query: str, *, strict: bool = False, within: Ref | None = None) -> Desk:
    """The desk meant, of those in the own directory. Raises NotFound, Ambiguous."""
    from cowork_cli.store import spaces

    known = {
        str(desk.ref): (desk, name)
        for desk, name in spaces.all_desks(store)
        if within is None or desk.space_ref == within
    }
    candidates = [
        Candidate(ref, desk.name, within=space_name) for ref, (desk, space_name) in known.items()
    ]
    return known[choose(query, candidates, "desk", strict).id][0]


def find_booking(store: Store, query: str, *, strict: bool = False) -> Booking:
    """The booking meant: its ref, `b-12`, or the name of its desk.

    Raises NotFound, Ambiguous, and BadInput for a series.
    """
    from cowork_cli.store import bookings

    number = _number(query, "b-")
    exact = bookings.own(store, number) if number is not None else None
    if exact:
        return exact
    if _number(query, "s-") is not None and (series := bookings.of_series(store, query.strip())):
        several = "booking" if len(series) == 1 else "bookings"
        raise BadInput(
            f"{query} is a series of {len(series)} {several}",
            f"name one of them, as `{series[0].id}`; see them with `cowork booking show {query}`",
        )
    known = {booking.id: booking for booking in bookings.listed(store)}
    candidates = [
        Candidate(
            str(one.ref) if one.ref else one.id,
            one.title or one.desk_name,
            own_id=one.id,
            within=f"{one.space_name} {one.desk_name if one.title else ''} {one.from_:%Y-%m-%d}",
        )
        for one in known.values()
    ]
    chosen = choose(query, candidates, "booking", strict)
    return known[chosen.own_id or chosen.id]


def find_address(store: Store, query: str, *, strict: bool = False) -> HeldAddress:
    """The address meant: `a-1` or its name. Raises NotFound, Ambiguous."""
    from cowork_cli.store import addresses

    known = {address.id: address for address in addresses.every(store)}
    candidates = [
        Candidate(str(one.ref) if one.ref else one.id, one.name, own_id=one.id)
        for one in known.values()
    ]
    chosen = choose(query, candidates, "address", strict)
    return known[chosen.own_id or chosen.id]


def find_contract(store: Store, query: str, *, strict: bool = False) -> int:
    """The number of the contract meant: `c-1` or its name. Raises NotFound, Ambiguous."""
    from cowork_cli.store import contracts

    candidates = [
        Candidate(f"c-{one.number}", one.name, own_id=f"c-{one.number}")
        for one in contracts.every(store)
    ]
    return int(choose(query, candidates, "contract", strict).id.removeprefix("c-"))


def find_post(store: Store, query: str, *, strict: bool = False) -> int:
    """The number of the piece of post meant: `p-7` or its sender. Raises NotFound, Ambiguous."""
    from cowork_cli.store import posts

    number = _number(query, "p-")
    if number is not None and posts.one(store, number) is not None:
        return number
    candidates = [
        Candidate(f"p-{row_id}", sender, own_id=f"p-{row_id}")
        for row_id, sender in posts.senders(store)
    ]
    return int(choose(query, candidates, "letter", strict).id.removeprefix("p-"))


def _ref(candidate: Candidate) -> Ref:
    ref = Ref.parse(candidate.id)
    assert ref is not None
    return ref


def _number(query: str, prefix: str) -> int | None:
    digits = query.strip().removeprefix(prefix)
    return whole_number(digits) if query.strip().startswith(prefix) else None
