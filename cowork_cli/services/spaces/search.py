"""Searching spaces: what was typed becomes a place, the place spaces, the spaces a short list.

A search asks the own directory and every account that is on; the same space from several sources
becomes one row (see `merging`). What is not known is never counted as a no, nor as a yes (see
`narrowing`).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space, SpaceQuery
from cowork_cli.errors import CoworkError, NotFound, by_gravity
from cowork_cli.records import dataclass, field
from cowork_cli.services.spaces import narrowing
from cowork_cli.services.spaces.merging import merge
from cowork_cli.services.spaces.narrowing import Filters
from cowork_cli.services.spaces.results import SpaceDetails
from cowork_cli.services.spaces.where import Around, Named, Where
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
DEADLINE_S = 60.0
# What an account cannot narrow itself is narrowed here, so more than is shown is asked for.
NARROWED = 200


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a search asks for. No `accounts` means all that are on."""

    where: Where
    filters: Filters = field(default_factory=Filters)
    accounts: tuple[str, ...] = ()
    sort: str = "distance"
    limit: int = 20
    offline: bool = False

    def from_chosen(self, space: Space) -> bool:
        """Whether the space comes from an account that was asked for."""
        return not self.accounts or space.ref.account in self.accounts


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search brought. `problems`: who failed. `truncated`: there may be more."""

    spaces: list[Space]
    truncated: bool = False
    problems: list[CoworkError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def search(
    request: SearchRequest, *, store: "Store", accounts: "Accounts", cache: "Cache", today: date
) -> Answer:
    """Spaces as requested. Raises the error of an account if nobody answered."""
    known = _known(request, store, accounts, cache)
    fitting = narrowing.narrowed(
        known.spaces, request.filters, today=today, zone_of=accounts.zones.of
    )
    ordered = narrowing.ordered(fitting, request.sort)
    shown = ordered[: request.limit]
    notes = [*known.notes, *narrowing.said(shown)]
    if len(ordered) > request.limit:
        notes.append(
            f"Only the first {request.limit} are shown;"
            f" see more with `--limit {request.limit * 5}`."
        )
    notes += [*accounts.zones.said(), *attributions(shown, accounts)]
    return Answer(shown, known.truncated or len(ordered) > request.limit, known.problems, notes)


def _known(request: SearchRequest, store: "Store", accounts: "Accounts", cache: "Cache") -> Answer:
    """All spaces at the place of the request, each once, not narrowed yet."""
    where = request.where
    if isinstance(where, Named):
        return Answer(list(where.spaces))
    if not isinstance(where, Around):
        return Answer([space for space in spaces.every(store) if request.from_chosen(space)])
    own = _own(where, request, store)
    elsewhere = _elsewhere(where, request, store, accounts, cache)
    merged = merge([*own, *elsewhere.spaces], accounts.rank)
    return Answer(merged, elsewhere.truncated, elsewhere.problems, elsewhere.notes)


# ---- the own directory


def _own(around: Around, request: SearchRequest, store: "Store") -> list[Space]:
    """What lies in the circle, and what has no point but bears the name of its middle."""
    boxed = spaces.within(store, around.lat, around.lon, around.radius_km)
    near = [around.placed(space) for space in boxed]
    pointless = [space for space in spaces.without_point(store) if _in_town(space, around.name)]
    return [
        space for space in [*near, *pointless] if request.from_chosen(space) and around.holds(space)
    ]


def _in_town(space: Space, town: str) -> bool:
    folded = fold(town)
    return bool(folded) and folded in (fold(space.address.city or ""), space.address.postcode)


# ---- other accounts


def _elsewhere(
    around: Around, request: SearchRequest, store: "Store", accounts: "Accounts", cache: "Cache"
) -> Answer:
    """What other accounts know: asked now, or remembered where they were not or did not answer."""
    remembered = _remembered(around, request, cache)
    names = _accounts_to_ask(request, store, accounts)
    if request.offline or not names:
        why = "--offline" if request.offline else "no online directory is asked"
        note = f"Nobody was asked online ({why}): own directory and earlier answers only."
        return Answer(remembered, notes=[note])
    from cowork_cli.services.accounts.fanout import ask_all

    query = query_for(around, request)
    answers, problems = ask_all(
        {name: _asking(accounts, name, query) for name in names}, deadline_s=DEADLINE_S
    )
    asked_own = not request.accounts or LOCAL in request.accounts
    if problems and not answers and not asked_own:
        raise by_gravity(problems)[0]
    fresh = [around.placed(space) for answer in answers.values() for space in answer]
    cache.remember(fresh, store.now_s)
    more = any(len(answer) >= query.limit for answer in answers.values())
    older = [space for space in remembered if space.ref.account not in answers]
    return Answer([*fresh, *older], more, by_gravity(problems))


def query_for(around: Around, request: SearchRequest) -> SpaceQuery:
    """What each account is asked: one more than is shown, and many where it is narrowed here."""
    enough = request.limit + 1
    return SpaceQuery(
        around.lat,
        around.lon,
        around.radius_km,
        request.filters.kinds,
        request.filters.amenities,
        max(enough, NARROWED) if request.filters.narrow else enough,
    )


def _remembered(around: Around, request: SearchRequest, cache: "Cache") -> list[Space]:
    boxed = cache.within(around.lat, around.lon, around.radius_km)
    placed = [around.placed(space) for space in boxed if request.from_chosen(space)]
    return [space for space in placed if around.holds(space)]


def _accounts_to_ask(request: SearchRequest, store: "Store", accounts: "Accounts") -> list[str]:
    """One that is only the source of an import is in the directory already, and is not asked."""
    imported = spaces.accounts(store) if request.accounts else set()
    named = [name for name in request.accounts if name not in imported or name in accounts.names()]
    if request.accounts and not named:
        return []
    return [name for name in accounts.enabled("search", named) if name != LOCAL]


def _asking(accounts: "Accounts", name: str, query: SpaceQuery) -> Callable[[], Sequence[Space]]:
    from itertools import islice

    return lambda: list(islice(accounts.searcher(name).search(query), query.limit))


def attributions(shown: Iterable[Space], accounts: "Accounts") -> list[str]:
    """The lines that licences ask for, once each, of the sources that are shown."""
    lines: dict[str, None] = {}
    for source in (source for space in shown for source in space.sources):
        if line := accounts.attribution(source.account):
            lines[line] = None
    return list(lines)


# ---- one space


def details(
    query: str, *, store: "Store", accounts: "Accounts", cache: "Cache", now: datetime
) -> SpaceDetails:
    """All that is known of the space meant, its hours as of now. Raises NotFound, Ambiguous."""
    from dataclasses import fields

    from cowork_cli.services.calendar import opening, regions
    from cowork_cli.services.spaces.plans import plans_of
    from cowork_cli.services.spaces.visits import visits_of

    space = _meant(query, store, accounts, cache)
    zone = accounts.zones.of(space)
    known = {part.name: getattr(space, part.name) for part in fields(Space)}
    known["timezone"] = zone.key
    if space.hours.text:
        known["hours"] = opening.state_at(space.hours.text, now, zone, regions.of_space(space))
    return SpaceDetails(
        **known,
        desks=tuple(spaces.desks(store, space.ref)),
        plans=plans_of(space, store=store),
        visits=visits_of(space, store=store),
    )


def _meant(query: str, store: "Store", accounts: "Accounts", cache: "Cache") -> Space:
    """The space of the directory or the cache, else asked of the account that its ref names."""
    from cowork_cli.services.identifiers import naming

    try:
        return naming.find_space(store, query, cache=cache)
    except NotFound:
        ref = Ref.parse(query)
        if ref is None or ref.account == LOCAL or ref.account not in accounts.names():
            raise
    asked = accounts.searcher(ref.account).space(ref)
    cache.remember([asked], store.now_s)
    return asked
