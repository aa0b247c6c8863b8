"""`cowork address`: the virtual-office addresses you hold."""

from cowork_cli.commands._asking import asking, euro
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.address import HeldAddress
from cowork_cli.domain.money import Price
from cowork_cli.output.result import Result

app = new_app()


@verb(app, "add", data=HeldAddress, short='cowork address add "c/o Dorfbüro" --space wiesenburg')
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="The first line, as `c/o Dorfbüro`.")],
    space: Annotated[
        str | None, Option("--space", metavar="REF", help="A known space it is at.")
    ] = None,
    street: Annotated[str | None, Option("--street", help="Street and number.")] = None,
    postcode: Annotated[str | None, Option("--postcode", help="Postcode.")] = None,
    city: Annotated[str | None, Option("--city", help="City.")] = None,
    country: Annotated[str | None, Option("--country", help="Country, two letters.")] = None,
    recipient: Annotated[
        list[str] | None,
        Option("--recipient", metavar="N", help="A name on the letter box; again for more."),
    ] = None,
    provider: Annotated[str | None, Option("--provider", metavar="P", help="Who lets it.")] = None,
    plan: Annotated[
        str | None, Option("--plan", metavar="P", help="What the contract is called.")
    ] = None,
    starts: Annotated[str | None, Option("--starts", metavar="DATE", help="First day.")] = None,
    price: Annotated[str | None, Option("--price", metavar="EUR", help="Per month.")] = None,
) -> Result:
    """Add an address that you hold."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import addresses

    amount = euro(price, "--price")
    facts = addresses.AddressFacts(
        name=name,
        space=space,
        street=street,
        postcode=postcode,
        city=city,
        country=country,
        recipients=tuple(recipient or ()),
        provider=provider,
        plan=plan,
        starts=parse_date(starts, context.today, planned=True) if starts else None,
        price=Price(amount, "month") if amount else None,
    )
    with asking(context) as (_, cache):
        added, notes = addresses.add(facts, store=context.store, cache=cache, today=context.today)
    hint = f"Print it on invoices with `cowork config set seller.address {added.id}`."
    return Result(added, notes=[*notes, hint])


@verb(app, "list", data=HeldAddress, many=True, short="cowork address list")
def list_(context: Context) -> Result:
    """List the addresses you hold."""
    from cowork_cli.store import addresses

    held = addresses.every(context.store)
    return Result(held, empty="No address is held. Add one with `cowork address add NAME`.")


@verb(app, "show", data=HeldAddress, short="cowork address show a-1")
def show(
    context: Context,
    address: Annotated[str, Argument(metavar="ID", help="a-1 or its name.")],
) -> Result:
    """Show one address, and what it may be used for as far as that is noted."""
    from cowork_cli.services.identifiers import naming

    return Result(naming.find_address(context.store, address))
