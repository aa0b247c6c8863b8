"""Searching spaces: what was typed becomes a place, the place spaces, the spaces a short list.

A search asks the own directory and every account that is on; the same space from several sources
becomes one row (see `merging`). What is not known is never counted as a no, nor as a yes (see
`narrowing`).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.errors import CoworkError, NotFound
from cowork_cli.records import dataclass, field, replace
from cowork_cli.services.spaces import narrowing
from cowork_cli.services.spaces.asking import Round, all_failed
from cowork_cli.services.spaces.detailing import Details
from cowork_cli.services.spaces.merging import SAME_WITHIN_KM, credited, detailed, with_twins
from cowork_cli.services.spaces.nearby import Nearby
from cowork_cli.services.spaces.request import SearchRequest
from cowork_cli.services.spaces.where import Around, Named, Where
from cowork_cli.store import spaces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure
    from cowork_cli.services.spaces.results import SpaceDetails
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search brought. `problems`: who failed. `truncated`: there may be more."""

    spaces: list[Space]
    truncated: bool = False
    problems: list[CoworkError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def search(
    request: SearchRequest,
    *,
    store: "Store",
    accounts: "Accounts",
    cache: "Cache",
    today: date,
    disclosure: "Disclosure | None" = None,
) -> Answer:
    """Spaces as requested. Raises the gravest error if everybody asked failed and nothing is known.

    `disclosure` says what leaves this machine before it does; None: nobody listens.
    """
    known = _known(request, store, accounts, cache, disclosure)
    asker = Details(
        store=store,
        accounts=accounts,
        cache=cache,
        offline=request.offline,
        refresh=request.refresh,
        disclosure=disclosure,
    )
    known = _with_details(known, request, asker, today, accounts)
    fitting = narrowing.narrowed(
        known.spaces, request.filters, today=today, zone_of=accounts.zones.of
    )
    ordered = narrowing.ordered(fitting, request.sort)
    shown = [credited(space) for space in ordered[: request.limit]]
    notes = [*known.notes, *narrowing.said(shown)]
    if len(ordered) > request.limit:
        notes.append(
            f"Only the first {request.limit} are shown;"
            f" see more with `--limit {request.limit * 5}`."
        )
    notes += [*accounts.zones.said(), *credits_of(request.where, shown, accounts)]
    return Answer(shown, known.truncated or len(ordered) > request.limit, known.problems, notes)


def _known(
    request: SearchRequest,
    store: "Store",
    accounts: "Accounts",
    cache: "Cache",
    disclosure: "Disclosure | None",
) -> Answer:
    """All spaces at the place of the request, each once, not narrowed yet."""
    where = request.where
    if isinstance(where, Named):
        return Answer(list(where.spaces))
    if not isinstance(where, Around):
        own = [space for space in spaces.every(store) if request.asks(space.ref.account)]
        return Answer(own)
    news = Round(
        request, where, store=store, accounts=accounts, cache=cache, disclosure=disclosure
    ).ask()
    nearby = Nearby(where, request.asks, news, store=store, cache=cache)
    merged = nearby.merged(accounts.rank, request.enough, request.filters.sure)
    nobody = bool(news.problems) and not news.answered and not news.kept
    if nobody and (not merged or not request.asks(LOCAL)):
        raise all_failed(news.problems, where)
    notes = [*news.notes, *_in_place_of(news.problems, merged)]
    return Answer(merged, news.truncated, news.problems, notes)


def _with_details(
    known: Answer, request: SearchRequest, asker: Details, today: date, accounts: "Accounts"
) -> Answer:
    """Where a filter asks for what no list tells, the nearest spaces are asked about one by one."""
    if request.filters.kinds:
        known = replace(known, spaces=[_in_part(s, request, asker) for s in known.spaces])
    lacking = narrowing.lacking(
        known.spaces, request.filters, today=today, zone_of=accounts.zones.of
    )
    if not lacking or not any(asker.asks(space) for space in lacking):
        return known
    told = asker.of_several(lacking)
    detailed_spaces = [detailed(space, told) for space in known.spaces]
    if request.filters.kinds and request.filters.priced:
        detailed_spaces = [_without_vague_price(space, accounts) for space in detailed_spaces]
    return Answer(
        detailed_spaces,
        known.truncated,
        [*known.problems, *asker.problems],
        [*known.notes, *asker.notes],
    )


def _in_part(space: Space, request: SearchRequest, asker: Details) -> Space:
    """Where only a part of what a space offers was told, another kind is not known: it is no no."""
    told = space.offers or not asker.asks(space) or set(space.kinds) & set(request.filters.kinds)
    return space if told else replace(space, kinds=())


def _without_vague_price(space: Space, accounts: "Accounts") -> Space:
    """A catalogue's lowest price is of any kind: without its offers that of one kind is not known."""
    teller = credited(space).field_sources.get("price_from")
    if space.offers or teller is None or not accounts.tells_more(teller):
        return space
    return replace(space, price_from=None, prices=())


def _in_place_of(problems: Iterable[CoworkError], shown: Iterable[Space]) -> list[str]:
    """Which of those who failed are still there with what they said earlier."""
    sources = {source.account for space in shown for source in space.sources}
    earlier = [problem.account for problem in problems if problem.account in sources]
    return [f"Of {', '.join(filter(None, earlier))} an earlier answer is shown."] if earlier else []


def credits_of(where: Where, shown: Iterable[Space], accounts: "Accounts") -> list[str]:
    """The lines for the spaces, and for whoever placed the middle of the circle."""
    placed = [where.credit] if isinstance(where, Around) and where.credit else []
    return list(dict.fromkeys([*attributions(shown, accounts), *placed]))


def attributions(shown: Iterable[Space], accounts: "Accounts") -> list[str]:
    """The lines that licences ask for, once each, of the sources that are shown."""
    lines: dict[str, None] = {}
    for source in (source for space in shown for source in space.sources):
        if line := accounts.attribution(source.account):
            lines[line] = None
    return list(lines)


# ---- one space


def details(query: str, asker: Details, *, now: datetime) -> "SpaceDetails":
    """All that is known of the space meant, its hours as of now. Raises NotFound, Ambiguous.

    `asker` asks those who tell more of a single space, and keeps what was said and what failed.
    """
    from dataclasses import fields

    from cowork_cli.services.calendar import opening, regions
    from cowork_cli.services.spaces.notes import notes_of
    from cowork_cli.services.spaces.plans import plans_of
    from cowork_cli.services.spaces.results import SpaceDetails
    from cowork_cli.services.spaces.visits import visits_of

    store, accounts = asker.store, asker.accounts
    whole = _whole(_meant(query, asker), asker)
    space = credited(_whole(whole, asker, asker.of_one(whole)))
    zone = accounts.zones.of(space)
    known = {part.name: getattr(space, part.name) for part in fields(Space)}
    known["timezone"] = zone.key
    if space.hours.text:
        known["hours"] = opening.state_at(space.hours.text, now, zone, regions.of_space(space))
    return SpaceDetails(
        **known,
        desks=tuple(spaces.desks(store, space.ref)),
        plans=plans_of(space, store=store),
        notes=notes_of(space, store=store),
        visits=visits_of(space, store=store),
    )


def _whole(space: Space, asker: Details, told: "Mapping[Ref, Space] | None" = None) -> Space:
    """The space with what the directory and other sources know of it, as its row in a search has it.

    `told` is what sources said of it by itself: it stands for their rows.
    """
    told = told or {}
    own, seen = spaces.by_ref(asker.store, space.ref), asker.cache.by_ref(space.ref)
    space = told.get(space.ref) or own or seen or space
    if space.lat is None or space.lon is None:
        return space
    circle = space.lat, space.lon, SAME_WITHIN_KM
    rows = [row_id for row_id, *_ in spaces.points(asker.store, *circle)]
    others = [*spaces.of_rows(asker.store, rows), *asker.cache.within(*circle)]
    return with_twins(
        space,
        sorted(
            (told.get(other.ref, other) for other in others),
            key=lambda one: (asker.accounts.rank(one.ref.account), one.ref),
        ),
    )


def _meant(query: str, asker: Details) -> Space:
    """The space of the directory or the cache, else asked of the accounts that may know it."""
    from cowork_cli.services.identifiers import naming
    from cowork_cli.services.spaces import elsewhere

    try:
        return naming.find_space(asker.store, query, cache=asker.cache)
    except NotFound as missing:
        if asker.offline:
            raise
        problem = missing
    ref, accounts = Ref.parse(query), asker.accounts
    if ref is not None and ref.account in accounts.names() and ref.account != LOCAL:
        space = asker.first(ref)
    elif ref is None or ref.account != LOCAL:
        space = elsewhere.find_space(query, store=asker.store, accounts=accounts, cache=asker.cache)
    else:
        raise problem
    asker.cache.remember([space], asker.store.now_s)
    return space
