"""Single spaces, asked about one by one: what an account tells of one that its lists do not.

Bounded and polite: one request after another, at most `MOST` in a command, an answer serves a week, and
who failed once is not asked again.
"""

from collections.abc import Iterable, Sequence

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.errors import CoworkError, NotFound
from cowork_cli.services.spaces.asking import FRESH_S, age

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

MOST = 10
"""So many single spaces are asked about in one command."""


class Details:
    """Who asks, and what came of it: `problems` holds who failed, `notes` what is to be said."""

    def __init__(
        self,
        *,
        store: "Store",
        accounts: "Accounts",
        cache: "Cache",
        offline: bool = False,
        refresh: bool = False,
        disclosure: "Disclosure | None" = None,
    ):
        self.store, self.accounts, self.cache = store, accounts, cache
        self.offline, self._refresh, self._disclosure = offline, refresh, disclosure
        self.problems: list[CoworkError] = []
        self.notes: list[str] = []
        self._requests = 0
        self._told: dict[Ref, Space] = {}

    def asks(self, space: Space) -> bool:
        """Whether one of its sources may tell more of it."""
        return bool(self._refs(space))

    def of_one(self, space: Space) -> dict[Ref, Space]:
        """What the sources of a space tell of it by itself; the age of an earlier answer is said."""
        ages: list[str] = []
        told = self._of(self._refs(space), ages)
        self.notes += ages
        return told

    def of_several(self, spaces: Sequence[Space]) -> dict[Ref, Space]:
        """The same of the spaces of a search, the first `MOST` of those that were never asked about."""
        refs = [ref for space in spaces for ref in self._refs(space)]
        told = self._of(refs, [])
        left = len([ref for ref in refs if ref not in told])
        if left and self.offline:
            return told
        if left and not self.problems:
            them = "1 space was" if left == 1 else f"{left} spaces were"
            self.notes.append(
                f"The prices of {them} not asked for (at most {MOST} in a search): type the same line"
                " again, or see one with `cowork space show REF`."
            )
        return told

    def first(self, ref: Ref) -> Space:
        """A space of which nothing is known yet, asked of the account of its ref.

        Raises NotFound, Unsupported, or what the account answered.
        """
        accounts = self.accounts
        self._say(ref.account)
        knower = None if accounts.can(ref.account, "search") else accounts.knower(ref.account)
        try:
            space = knower.space(ref) if knower else accounts.searcher(ref.account).space(ref)
        except NotFound as missing:
            if accounts.can(
                ref.account, "search"
            ):  # one of its directory is known once it was seen
                found = f"find it with `cowork space search --near PLACE --account {ref.account}`"
                missing.hint = f"{found}; or {missing.hint}" if missing.hint else found
            raise
        if accounts.tells_more(ref.account):
            self._told[ref] = space
            self.cache.detailed(space, accounts.endpoint(ref.account), self.store.now_s)
        return space

    def _refs(self, space: Space) -> list[Ref]:
        sources = (source for source in space.sources if source.account == source.ref.account)
        return [source.ref for source in sources if self.accounts.tells_more(source.account)]

    def _of(self, refs: Iterable[Ref], ages: list[str]) -> dict[Ref, Space]:
        """What is kept is taken first, however many there are; then who is left is asked."""
        told: dict[Ref, Space] = {}
        for ref in refs:
            if ref in self._told:
                told[ref] = self._told[ref]
                continue
            kept = self.cache.details(ref, self.accounts.endpoint(ref.account))
            fresh = kept is not None and kept[1] >= self.store.now_s - FRESH_S
            asked = None if self.offline or (fresh and not self._refresh) else self._asked(ref)
            if asked is not None:
                told[ref] = self._told[ref] = asked
            elif kept is not None:
                told[ref] = kept[0]
                when = age(self.store.now_s - kept[1])
                ages.append(f"From {ref.account} as asked {when}; ask anew with `--refresh`.")
        return told

    def _asked(self, ref: Ref) -> Space | None:
        """The answer of an account; None where it is not asked any more, or did not answer."""
        failed = any(problem.account == ref.account for problem in self.problems)
        if failed or self._requests >= MOST:
            return None
        self._requests += 1
        self._say(ref.account)
        try:
            space = self.accounts.searcher(ref.account).space(ref)
        except NotFound:
            self.notes.append(f"{ref.account} no longer knows {ref}: shown as it was seen earlier.")
            return None
        except CoworkError as problem:
            problem.account = problem.account or ref.account
            self.problems.append(problem)
            return None
        self.cache.detailed(space, self.accounts.endpoint(ref.account), self.store.now_s)
        return space

    def _say(self, account: str) -> None:
        if self._disclosure is not None and (endpoint := self.accounts.endpoint(account)):
            self._disclosure.before([endpoint], "which spaces you look at", "#spaces")
