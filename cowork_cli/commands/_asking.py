"""What commands that ask accounts share: the accounts of this home and what was seen at them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cowork_cli.context import Context
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cowork_cli.domain.booking import Visitor
    from cowork_cli.domain.place import Place
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure
    from cowork_cli.services.clients.clients import Told
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
        tell=context.note if context.watched else None,
        validators=context.paths.validators,
        home_zone=context.zone,
        cache=context.paths.cache_store.parent,
        visitor=lambda: _visitor(context),
    )


def disclosure_of(context: Context) -> "Disclosure | None":
    """Who says what leaves this machine before it does; None where notes are not shown."""
    if context.options.quiet:
        return None
    from cowork_cli.services.accounts.disclosure import Disclosure

    return Disclosure(context.paths.state, context.note)


def finder_of(
    context: Context, accounts: "Accounts", *, offline: bool = False, flag: str = "--near"
) -> "Finder":
    """Who helps to find the place typed at `flag`: a geocoder that is on, and the person at the terminal."""
    from cowork_cli.services.accounts.geocoding import geocoder
    from cowork_cli.services.spaces.where import Finder, titles

    def choose(text: str, places: "Sequence[Place]") -> "Place":
        for number, (place, title) in enumerate(zip(places, titles(places), strict=True), 1):
            context.note(f"{number}  {title}  {place.postcode or ''}".rstrip())
        answer = context.ask(f'Which "{text}" is meant', flag=flag, default="1")
        if not (answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(places)):
            raise BadInput(f'"{answer}" is none of 1 to {len(places)}', "give its number")
        return places[int(answer) - 1]

    ask = None if offline else geocoder(accounts, disclosure_of(context))
    return Finder(ask, choose if context.interactive else None, context.paths.gazetteers(), flag)


def check_radius(radius_km: float) -> None:
    """Raises BadInput for a circle that holds nothing, or half a continent."""
    if not 0 < radius_km <= 1000:
        raise BadInput(
            f"--radius {radius_km:g} is not between 0 and 1000 km", "give kilometres, `--radius 25`"
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


def home_of(context: Context) -> str:
    """The country of the seller."""
    return str(context.config.get("seller.country"))


def asking_tax(context: Context, fields: "dict[str, Any]", change: "Callable[[], Told]") -> "Told":
    """`change`, again with the answer where a client's tax case must be said and somebody is there.

    `fields` are what `change` reads; the VAT id, the case and the paragraph are put into it.
    """
    from cowork_cli.services.clients.tax_cases import MustBeSaid

    if context.interactive and fields.get("tax") == "exempt" and not fields.get("exempt_reason"):
        fields["exempt_reason"] = context.ask("Exempt under", flag="--exempt-reason")
    try:
        return change()
    except MustBeSaid as question:
        if not context.interactive:
            raise
        context.note(f"{question.message[:1].upper()}{question.message[1:]}.")
        if not question.has_vat_id:
            vat_id = context.ask("VAT id, empty for none", flag="--vat-id", default="")
            fields["vat_id"] = vat_id or None
        if not fields.get("vat_id") or question.has_vat_id:
            fields["tax"] = context.ask("Tax case", flag="--tax", default="standard")
        return change()


def euro(text: str | None, flag: str) -> Money | None:
    """An amount of euro typed at `flag`. Raises BadInput."""
    if text is None:
        return None
    from cowork_cli.domain.amounts import parse_rate

    return Money.of(parse_rate(text, flag, "EUR"))


def ask_tax(context: Context, client: str) -> None:
    """Has the tax case of a business abroad said, where it never was; what is said is kept."""
    from cowork_cli.services.clients import clients as changing
    from cowork_cli.services.clients.tax_cases import MustBeSaid
    from cowork_cli.services.invoices import drafts
    from cowork_cli.store import clients

    row = changing.find_client(context.store, client)
    billed = clients.client(context.store, row, context.today.isoformat())
    try:
        drafts.refuse_unsaid_tax(context.store, row, billed, context.config.get)
    except MustBeSaid as question:
        if not context.interactive:
            raise
        context.note(f"{question.message}.")
        answer = {"tax": context.ask("Tax case", flag="--tax")}
        told = changing.change_client(
            context.store, billed.id, answer, context.today, home=home_of(context)
        )
        for note in told.notes:
            context.note(note)
