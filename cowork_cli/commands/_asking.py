"""What commands that ask accounts share: the accounts of this home and what was seen at them."""

from collections.abc import Iterator
from contextlib import contextmanager

from cowork_cli.context import Context
from cowork_cli.domain.money import Money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.domain.booking import Visitor
    from cowork_cli.services.accounts.accounts import Accounts
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
        cache=context.paths.cache_store.parent,
        visitor=lambda: _visitor(context),
    )


def _visitor(context: Context) -> "Visitor | None":
    """The seller, as a platform must know who books without being a member; None if unnamed."""
    from cowork_cli.domain.booking import Visitor
    from cowork_cli.domain.party import PostalAddress

    given = {part: context.config.text(f"seller.{part}") for part in _SELLER}
    name, company = given["name"], given["company"]
    if not (name or company):
        return None
    address = (given[part] for part in ("street", "postcode", "city", "country"))
    return Visitor(
        name or company or "",
        company if name else None,
        PostalAddress(*address),
        given["email"],
        given["phone"],
        given["vat_id"],
    )


_SELLER = ("name", "company", "street", "postcode", "city", "country", "email", "phone", "vat_id")


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
