"""Addresses that are held: added, listed, shown, changed, ended, taken out."""

from cowork_cli.commands._asking import asking, euro
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._options import DryRun
from cowork_cli.commands._verb import verb
from cowork_cli.commands.address._app import AddressArgument, ExactAddress, Recipient, app
from cowork_cli.context import Context
from cowork_cli.domain.address import HeldAddress
from cowork_cli.domain.fields import Field
from cowork_cli.domain.money import Price
from cowork_cli.errors import BadInput, Conflict, CoworkError, exit_code_of
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FIELDS = (
    Field("street", "text", "Street and number."),
    Field("postcode", "text", "Postcode."),
    Field("city", "text", "City."),
    Field("country", "country", "Country, two letters."),
    Field("provider", "text", "Who lets it.", "P"),
    Field("plan", "text", "What the contract is called.", "P"),
    Field("starts", "date", "First day.", "DATE"),
    Field("price", "money", "Per month.", "EUR"),
)
"""What can be told of an address, as options of `address add` and `address edit`."""


@verb(app, "add", data=HeldAddress, short='cowork address add "c/o Dorfbüro" --space wiesenburg')
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="The first line, as `c/o Dorfbüro`.")],
    space: Annotated[
        str | None, Option("--space", metavar="REF", help="A known space it is at.")
    ] = None,
    recipient: Recipient = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Add an address that you hold."""
    from cowork_cli.services.addresses import addresses

    told = _told(context, fields, recipient)
    facts = addresses.AddressFacts(name=name, space=space, **told)
    with asking(context) as (_, cache):
        added, notes = addresses.add(facts, store=context.store, cache=cache, today=context.today)
    hint = f"Print it on invoices with `cowork config set seller.address {added.id}`."
    return Result(added, notes=[*notes, hint])


@verb(app, "list", data=HeldAddress, many=True, short="cowork address list")
def list_(context: Context) -> Result:
    """List the addresses you hold; how an order at a provider stands is asked there."""
    from cowork_cli.services.addresses import holding

    held = holding.listed(context.store, context.today)
    problems: list[CoworkError] = []
    notes: list[str] = []
    if any(row.ref is not None and row.ref.account != "local" for row in held):
        from cowork_cli.services.addresses import ordering, settling

        with asking(context) as (accounts, _):
            notes, problems = settling.settle_lost(context.store, accounts)
            held, failed = ordering.refresh(context.store, accounts, context.today)
        problems += failed
    notes += [
        f"To finish {row.id} in a browser: {row.finish_url}" for row in held if row.finish_url
    ]
    return Result(
        held,
        notes=notes,
        problems=problems,
        exit_code=exit_code_of(problems, done=True),
        empty="No address is held. Add one with `cowork address add NAME`.",
    )


@verb(app, "show", data=HeldAddress, short="cowork address show a-1")
def show(context: Context, address: AddressArgument) -> Result:
    """Show an address: since when, until when, at what price, and what is still open."""
    from cowork_cli.services.addresses import holding

    held = holding.find(context.store, address, context.today)
    points = holding.open_points(held, context.store, context.today)
    if held.finish_url:
        points.insert(0, f"its order is finished in a browser: {held.finish_url}")
    return Result(held, notes=[f"Open: {point}." for point in points])


@verb(app, "edit", data=HeldAddress, short='cowork address edit a-1 --recipient "Erika Muster"')
def edit(
    context: Context,
    address: AddressArgument,
    name: Annotated[str | None, Option("--name", metavar="N", help="The first line.")] = None,
    recipient: Recipient = None,
    state: Annotated[
        str | None, Option("--state", metavar="S", help="requested, checking or active.")
    ] = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Change what was noted of an address; an empty value takes a fact away."""
    from cowork_cli.services.addresses import holding

    changes = holding.AddressChanges(name=name, state=state, **_told(context, fields, recipient))
    return Result(holding.edit(address, changes, store=context.store, today=context.today))


def _told(
    context: Context, fields: "dict[str, str | None]", recipient: list[str] | None
) -> "dict[str, Any]":
    """What was told of an address, read. Raises BadInput."""
    from cowork_cli.domain.phrases import parse_date

    amount, starts = euro(fields["price"], "--price"), fields["starts"]
    return {
        **fields,
        "recipients": tuple(recipient or ()),
        "starts": parse_date(starts, context.today, planned=True) if starts else None,
        "price": Price(amount, "month") if amount else None,
    }


@verb(app, "end", data=HeldAddress, short="cowork address end a-1 --on 2026-12-31")
def end(
    context: Context,
    address: ExactAddress,
    on: Annotated[str | None, Option("--on", metavar="DATE", help="Its last day.")] = None,
    dry_run: DryRun = False,
) -> Result:
    """Note the last day of an address."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import holding

    if on is None:
        raise BadInput("the last day is missing", "give it with `--on DATE`")
    day = parse_date(on, context.today, planned=True)
    held = holding.end(address, day, store=context.store, today=context.today, dry_run=dry_run)
    notes = [f"{held.id} is held until {held.ends}."]
    return Result(held, notes=[*notes, *(["Nothing was written (--dry-run)."] if dry_run else [])])


@verb(app, "cancel", data=HeldAddress, short="cowork address cancel a-1 --sent today")
def cancel(
    context: Context,
    address: ExactAddress,
    sent: Annotated[
        str | None, Option("--sent", metavar="DATE", help="Day on which the notice arrived.")
    ] = None,
    dry_run: DryRun = False,
) -> Result:
    """End the contract of an address: what to send, or that it was sent."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import contracts, holding

    held = holding.find(context.store, address, context.today, strict=True)
    if held.contract_id is None:
        raise Conflict(
            f"{held.id} has no contract whose end could be computed",
            f"note it with `cowork contract add NAME --address {held.id}`, "
            f"or the end with `cowork address end {held.id} --on DATE`",
        )
    if sent is None:
        contract = contracts.find(context.store, held.contract_id, context.today)
        letter = (
            f"Write the notice with `cowork contract letter {held.contract_id} --out FILE.pdf`."
        )
        return Result(
            held, notes=[*contracts.sentences(contract), letter, "Nothing was sent or changed."]
        )
    _, notes = contracts.cancel(
        held.contract_id,
        parse_date(sent, context.today, planned=False),
        store=context.store,
        today=context.today,
        ends=None,
        dry_run=dry_run,
    )
    held = holding.find(context.store, held.id, context.today)
    return Result(held, notes=[*notes, *(["Nothing was written (--dry-run)."] if dry_run else [])])


@verb(app, "remove", data=HeldAddress, short="cowork address remove a-1")
def remove(context: Context, address: ExactAddress, dry_run: DryRun = False) -> Result:
    """Remove an address that was noted by mistake."""
    from cowork_cli.services.addresses import holding

    held = holding.remove(address, store=context.store, today=context.today, dry_run=True)
    if dry_run:
        return Result(held, notes=[f"{held.id} would be removed (--dry-run)."])
    context.confirm(f"Remove {held.id}, {held.name}?")
    holding.remove(held.id, store=context.store, today=context.today, dry_run=False)
    return Result(held, notes=[f"Removed {held.id}; `cowork undo` brings it back."])
