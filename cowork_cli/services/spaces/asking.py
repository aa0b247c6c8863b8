"""Asking the accounts about a circle: from the disk where an answer is there, else online, side by side.

Who fails is a problem and never an empty answer; what was seen there earlier serves in its place, and
its age is said.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import islice

from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Space, SpaceQuery
from cowork_cli.errors import CoworkError, by_gravity
from cowork_cli.records import dataclass, field
from cowork_cli.services.spaces.request import SearchRequest, query_for
from cowork_cli.services.spaces.where import Around
from cowork_cli.store import spaces
from cowork_cli.store.cache import Asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure
    from cowork_cli.store.cache import Cache, Kept
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
FRESH_S = 7 * 24 * 3600
"""So long an answer serves again: what the operators of open data ask for (cache, no polling)."""
DEADLINE_S = 120.0
"""Long enough for one who asks for half a minute of silence and is then asked again."""


@dataclass(frozen=True, slots=True)
class News:
    """What the accounts said now (`answered`, with their `spaces`), or said lately (`kept`)."""

    spaces: list[Space] = field(default_factory=list)
    answered: frozenset[str] = frozenset()
    kept: "dict[str, Kept]" = field(default_factory=dict)
    truncated: bool = False
    problems: list[CoworkError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Round:
    """One search, asked of everybody who is on."""

    def __init__(
        self,
        request: SearchRequest,
        around: Around,
        *,
        store: "Store",
        accounts: "Accounts",
        cache: "Cache",
        disclosure: "Disclosure | None" = None,
    ):
        self._request, self._around = request, around
        self._store, self._accounts, self._cache = store, accounts, cache
        self._disclosure = disclosure
        self._query = query_for(around, request)

    def ask(self) -> News:
        """The news. Raises NotFound, Unsupported for an account that cannot be asked."""
        names = self._to_ask()
        kept = {} if self._request.refresh else self._kept(names)
        if self._request.offline or not names:
            return News(kept=kept, notes=[*self._nobody(), *self._ages(kept)])
        asked = [name for name in names if name not in kept]
        news = self._online(asked) if asked else News()
        more = news.truncated or any(one.cut for one in kept.values())
        notes = [*self._ages(kept), *news.notes]
        return News(news.spaces, news.answered, kept, more, news.problems, notes)

    def _to_ask(self) -> list[str]:
        """One that is only the source of an import is in the directory already, and is not asked."""
        accounts, chosen = self._accounts, self._request.accounts
        imported = spaces.accounts(self._store) if chosen else set()
        named = [name for name in chosen if name not in imported or name in accounts.names()]
        if chosen and not named:
            return []
        return [name for name in accounts.enabled("search", named) if name != LOCAL]

    def _nobody(self) -> list[str]:
        why = "--offline" if self._request.offline else "no online directory is asked"
        return [f"Nobody was asked online ({why}): own directory and earlier answers only."]

    # ---- from the disk

    def _kept(self, names: Collection[str]) -> "dict[str, Kept]":
        since_s = self._store.now_s - FRESH_S
        found = {name: self._cache.kept(self._asked(name), since_s) for name in names}
        return {name: kept for name, kept in found.items() if kept is not None}

    def _asked(self, name: str) -> Asked:
        query = self._query
        whole = self._accounts.answers_whole(name)
        return Asked(
            name,
            self._accounts.endpoint(name),
            query.lat,
            query.lon,
            query.radius_km,
            () if whole else query.kinds,
            None if whole else query.limit,
        )

    def _ages(self, kept: "dict[str, Kept]") -> list[str]:
        """One line for all answers of one age."""
        ages: dict[str, list[str]] = {}
        for name, one in kept.items():
            ages.setdefault(age(self._store.now_s - one.asked_s), []).append(name)
        return [
            f"From {', '.join(names)} as asked {when}; ask anew with `--refresh`."
            for when, names in ages.items()
        ]

    # ---- online

    def _online(self, names: Sequence[str]) -> News:
        from cowork_cli.services.accounts.fanout import ask_all

        if self._disclosure is not None:
            what = f"the point {self._around.lat:.4f}, {self._around.lon:.4f} with the radius"
            endpoints = [self._accounts.endpoint(name) for name in names]
            self._disclosure.before(endpoints, what)
        answers, problems = ask_all(
            {name: self._asking(name) for name in names}, deadline_s=DEADLINE_S
        )
        more = False
        for name, answer in answers.items():
            asked = self._asked(name)
            if asked.at_most is not None and len(answer) < asked.at_most:
                asked = asked.whole()
            more = more or asked.at_most is not None
            self._cache.answered(asked, answer, self._store.now_s)
        found = [space for answer in answers.values() for space in answer]
        return News(found, frozenset(answers), {}, more, by_gravity(problems))

    def _asking(self, name: str) -> Callable[[], Sequence[Space]]:
        asked, query = self._asked(name), self._query
        return lambda: list(islice(self._accounts.searcher(name).search(query), asked.at_most))


def age(seconds: int) -> str:
    """How long ago, in the largest unit that fits."""
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count = seconds // length
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def all_failed(problems: Sequence[CoworkError], around: Around) -> CoworkError:
    """The gravest problem, with what a person can do without any of those who were asked."""
    from cowork_cli.providers.osm import for_hand

    gravest = by_gravity(problems)[0]
    whole = "; ".join(dict.fromkeys(problem.message for problem in problems))
    query = SpaceQuery(around.lat, around.lon, around.radius_km)
    hint = (
        "keep your own directory with `cowork space add NAME`; or paste this query at "
        f"https://overpass-turbo.eu, export the answer as GeoJSON and bring it in with "
        f"`cowork space import FILE`: {for_hand(query)} – or fetch the region later with "
        f"`cowork space sync --near {shell_word(around.name)}`"
    )
    return type(gravest)(f"nobody who was asked answered: {whole}", hint, account=gravest.account)
