"""What commands that ask accounts share: the accounts of this home and what was seen at them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cowork_cli.context import Context
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.domain.place import Place
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure
    from cowork_cli.services.spaces.where import Finder
    from cowork_cli.store.cache import Cache


@contextmanager
def asking(context: Context) -> "Iterator[tuple[Accounts, Cache]]":
    """The accounts and the cache of this home; both are closed at the end."""
    from cowork_cli.store.cache import Cache

    accounts = accounts_of(context)
    cache = Cache(context.paths.cache_store)
    try:
        yield accounts, cache
    finally:
        accounts.close()
        cache.close()


def accounts_of(context: Context) -> "Accounts":
    """The accounts of this home, none of them asked yet."""
    from cowork_cli.services.accounts.accounts import Accounts

    return Accounts(
        context.config.accounts(),
        store=lambda: context.store,
        environ=context.env,
        state=context.paths.state,
        contact=context.config.text("contact"),
        debug=context.diagnostics.debug if context.options.debug else None,
        home_zone=context.zone,
    )


def disclosure_of(context: Context) -> "Disclosure | None":
    """Who says what leaves this machine before it does; None where notes are not shown."""
    if context.options.quiet:
        return None
    from cowork_cli.services.accounts.disclosure import Disclosure

    return Disclosure(context.paths.state, context.note)


def finder_of(context: Context, accounts: "Accounts", *, offline: bool = False) -> "Finder":
    """Who helps to find a place: a geocoder that is switched on, and the person at the terminal."""
    from cowork_cli.services.accounts.geocoding import geocoder
    from cowork_cli.services.spaces.where import Finder, title

    def choose(text: str, places: "Sequence[Place]") -> "Place":
        for number, place in enumerate(places, 1):
            context.note(f"{number}  {title(place)}  {place.postcode or ''}".rstrip())
        answer = context.ask(f'Which "{text}" is meant', flag="--near", default="1")
        if not (answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(places)):
            raise BadInput(f'"{answer}" is none of 1 to {len(places)}', "give its number")
        return places[int(answer) - 1]

    ask = None if offline else geocoder(accounts, disclosure_of(context))
    return Finder(ask, choose if context.interactive else None)


def exemption_warnings(context: Context) -> list[str]:
    """What a small business must know of its turnover (§ 19 UStG), as notes; else nothing."""
    if not context.config.get("seller.small_business"):
        return []
    from cowork_cli.services.books.turnover import warnings

    told = warnings(context.store, context.config.get, context.today)
    return [f"Warning: {line}." for line in told]


def euro(text: str | None, flag: str) -> Money | None:
    """An amount of euro typed at `flag`. Raises BadInput."""
    if text is None:
        return None
    from cowork_cli.domain.amounts import parse_rate

    return Money.of(parse_rate(text, flag, "EUR"))
