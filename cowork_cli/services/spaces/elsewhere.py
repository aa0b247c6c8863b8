"""Spaces and desks at platforms: meant by a name or a ref, where the own directory knows none.

A platform that cannot be searched still knows the spaces that an account is at. The own store comes
first, then what was seen, then the accounts are asked.
"""

from functools import partial
from typing import TYPE_CHECKING

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import DESK_KINDS, Desk, Space
from cowork_cli.errors import ConfigError, CoworkError, LoginRequired, NotFound
from cowork_cli.services.spaces.desks import LOCAL, desks_of
from cowork_cli.services.spaces.facts import check_kinds
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

_SHORTEST_START = 4
DEADLINE_S = 60.0


def listed(
    space_query: str, *, store: "Store", accounts: "Accounts", cache: "Cache", kind: str | None
) -> tuple[Space, list[Desk]]:
    """A space and its desks. Raises NotFound, Ambiguous."""
    if kind:
        check_kinds([kind], DESK_KINDS)
    space = find_space(space_query, store=store, accounts=accounts, cache=cache)
    known = desks_of(space.ref, store, accounts)
    return space, [desk for desk in known if kind in (None, desk.kind)]


def find_space(query: str, *, store: "Store", accounts: "Accounts", cache: "Cache") -> Space:
    """The space meant: own, seen, or one that an account is at; an account's name means its only one.

    Raises NotFound, Ambiguous; what an account answered, if the space could be there.
    """
    from cowork_cli.services.identifiers import naming
    from cowork_cli.services.identifiers.naming import Candidate, choose

    ref = Ref.parse(query)
    if ref and ref.account != LOCAL and spaces.by_ref(store, ref) is None:
        knower = accounts.knower(ref.account) if ref.account in accounts.names() else None
        if knower is not None:
            return knower.space(ref)
    try:
        return naming.find_space(store, query, cache=cache)
    except NotFound as missing:
        problem: CoworkError = missing
    only = query if query in accounts.names() else None
    known, failure = _own_spaces(accounts, only)
    named = {str(space.ref): space for space in known}
    if only is not None and len(known) == 1:
        return known[0]
    # An account with several spaces: its name begins each of them, so all are named.
    candidates = [Candidate(ref, query if only else space.name) for ref, space in named.items()]
    try:
        return named[choose(query, candidates, "space").id]
    except NotFound:
        raise _nowhere(problem, failure) from None


def find_desk(query: str, *, store: "Store", accounts: "Accounts") -> Desk:
    """The desk meant: of the directory, or at an account. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    ref = Ref.parse(query)
    if ref and ref.account != LOCAL and accounts.can(ref.account, "availability"):
        found = _by_ref(ref, store, accounts)
        if found is not None:
            return found
    try:
        return naming.find_desk(store, query)
    except NotFound as missing:
        problem: CoworkError = missing
    known, failure = _own_spaces(accounts, None)
    desks: dict[str, tuple[Desk, Space]] = {}
    for space in known:
        try:
            rows = desks_of(space.ref, store, accounts)
        except CoworkError as error:
            failure = failure or error
            continue
        desks |= {str(desk.ref): (desk, space) for desk in rows}
    candidates = [
        naming.Candidate(ref, desk.name, within=space.name) for ref, (desk, space) in desks.items()
    ]
    try:
        return desks[naming.choose(query, candidates, "desk").id][0]
    except NotFound:
        raise _nowhere(problem, failure) from None


def known_space(ref: Ref, store: "Store", accounts: "Accounts") -> Space:
    """What is known of a space: of the directory, else asked of its account."""
    known = spaces.by_ref(store, ref)
    if known is not None:
        return known
    if accounts.can(ref.account, "search"):
        return accounts.searcher(ref.account).space(ref)
    knower = accounts.knower(ref.account)
    return knower.space(ref) if knower is not None else Space(ref, ref.id)


def _nowhere(missing: CoworkError, failure: CoworkError | None) -> CoworkError:
    """Why nothing has the name: an account that did not answer might know it; one that cannot be
    asked yet is only named."""
    if failure is None:
        return missing
    if isinstance(failure, LoginRequired | ConfigError):
        missing.message = f"{missing.message} ({failure.message}, so it was not asked)"
        return missing
    return failure


def _by_ref(ref: Ref, store: "Store", accounts: "Accounts") -> Desk | None:
    """By `ACCOUNT:SPACE/DESK`, or `ACCOUNT:DESK` with the platform's own id or its first characters."""
    space, _, identity = ref.id.rpartition("/")
    if space:
        named = desks_of(Ref(ref.account, space), store, accounts)
        return next((desk for desk in named if desk.ref == ref), None)
    knower = accounts.knower(ref.account)
    if knower is None:
        return None
    begun = []
    for own in knower.spaces():
        for desk in desks_of(own.ref, store, accounts):
            theirs = desk.ref.id.rpartition("/")[2]
            if theirs == identity:
                return desk
            if len(identity) >= _SHORTEST_START and theirs.startswith(identity):
                begun.append(desk)
    usable = begun and not begun[0].ref.id.rpartition("/")[2].isdigit()
    return begun[0] if len(begun) == 1 and usable else None


def _own_spaces(accounts: "Accounts", only: str | None) -> tuple[list[Space], CoworkError | None]:
    """The spaces that accounts are at, and the first reason why one did not answer."""
    from cowork_cli.services.accounts.fanout import ask_all

    def asked(name: str) -> list[Space]:
        knower = accounts.knower(name)
        return list(knower.spaces()) if knower is not None else []

    names = [only] if only else accounts.enabled("availability")
    answers, problems = ask_all(
        {name: partial(asked, name) for name in names if not accounts.uses_store(name)},
        deadline_s=DEADLINE_S,
    )
    known = [space for spaces_there in answers.values() for space in spaces_there]
    return known, problems[0] if problems else None
