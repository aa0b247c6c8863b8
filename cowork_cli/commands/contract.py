"""`cowork contract`: what was agreed, and the last day to send a notice."""

from datetime import timedelta
from typing import TYPE_CHECKING

from cowork_cli.commands import _out
from cowork_cli.commands._asking import asking, euro
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._open import OpenIt, open_file, refuse_nothing_to_open
from cowork_cli.commands._options import DryRun
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.contract import Contract
from cowork_cli.domain.fields import Field
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

if TYPE_CHECKING:
    from cowork_cli.services.addresses.contracts import ContractFacts

app = new_app()

ContractArgument = Annotated[str, Argument(metavar="ID", help="c-1 or its name.")]
FIELDS = (
    Field("address", "text", "The address it is for.", "ID"),
    Field("space", "text", "The space it is with.", "REF"),
    Field("starts", "date", "First day.", "DATE"),
    Field("price", "money", "What it costs.", "EUR"),
    Field("per", "text", "month (unless you say otherwise), year, week, day or once.", "UNIT"),
    Field("notice", "notice", '"30d to month-end", "1m to term-end", "2w to any" …', "N"),
    Field("min_term", "term", "Length of the first term.", "12m"),
    Field("renews", "text", "none, same or month; without: runs on until notice.", "HOW"),
    Field("tail", "term", "How long post is handled after the end.", "4w"),
    Field("form", "text", "text, written or portal.", "F"),
    Field("deposit", "money", "What comes back.", "EUR"),
    Field("note", "text", "What else was agreed.", "T"),
)
"""What can be told of a contract, as options of `contract add` and `contract edit`."""

Within = Annotated[str, Option("--within", metavar="90d", help="How far ahead.")]
Lang = Annotated[str | None, Option("--lang", metavar="L", help="de or en.")]


@verb(
    app,
    "add",
    data=Contract,
    short='cowork contract add "Büro" --starts 2026-01-01 --notice "1m to month-end"',
)
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What it is called.")],
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Note a contract: when it began, what it costs, how it ends."""
    from cowork_cli.services.addresses import contracts

    facts = _facts(context, name, fields)
    with asking(context) as (_, cache):
        added, notes = contracts.add(facts, store=context.store, cache=cache, today=context.today)
    return Result(added, notes=[f"Added {added.id}.", *notes])


@verb(app, "list", data=Contract, many=True, short="cowork contract list")
def list_(context: Context) -> Result:
    """List the contracts, the next last day to send first."""
    from cowork_cli.services.addresses import contracts

    rows = contracts.listed(context.store, context.today)
    return Result(rows, empty="No contract is noted. Add one with `cowork contract add NAME`.")


@verb(app, "due", data=Contract, many=True, short="cowork contract due --within 30d")
def due(
    context: Context, within: Within = "90d", out: _out.Out = None, force: _out.Force = False
) -> Result:
    """List the contracts whose notice has to arrive soon; or write them as a calendar."""
    from cowork_cli.domain.phrases import parse_days
    from cowork_cli.services.addresses import contracts

    days = parse_days(within, "--within")
    rows = contracts.due(context.store, context.today, context.today + timedelta(days=days))
    if out is not None:
        from cowork_cli.services.addresses.calendar import contract_events, written

        content = written(contract_events(rows), "contracts")
        return _out.calendar_result(context, out, force, "contracts", content, Result(rows))
    return Result(rows, empty=f"No notice has to arrive within {days} days.")


@verb(app, "show", data=Contract, short="cowork contract show c-1")
def show(context: Context, contract: ContractArgument) -> Result:
    """Show a contract: since when, until when, and the last day to send a notice."""
    from cowork_cli.services.addresses import contracts

    row = contracts.find(context.store, contract, context.today)
    return Result(row, notes=contracts.sentences(row))


@verb(app, "letter", data=Contract, short="cowork contract letter c-1 --out notice.pdf")
def letter(
    context: Context,
    contract: ContractArgument,
    lang: Lang = None,
    recipient: Annotated[
        list[str] | None,
        Option("--recipient", metavar="LINE", help="A line of the address; again for more."),
    ] = None,
    to: Annotated[
        str | None, Option("--to", metavar="MAIL", help="E-mail of the provider.")
    ] = None,
    out: _out.Out = None,
    force: _out.Force = False,
    open_it: OpenIt = False,
) -> Result:
    """Write the notice as a PDF or an .eml file; nothing is sent."""
    from cowork_cli.services.addresses import contracts, letters

    refuse_nothing_to_open(out, open_it=open_it)
    row = contracts.find(context.store, contract, context.today)
    settings = context.config.get
    desk = letters.Desk(
        settings, context.today, letters.language_of(lang, settings), tuple(recipient or ()), to
    )
    content = letters.rendered(letters.notice(row, desk, context.store), out, settings)
    place = _out.destination(context, out, force, f"{row.id}-notice.pdf", text=False)
    place.write(content)
    if open_it and place.path is not None:
        open_file(context, place.path)
    notes = [*place.wrote(), *contracts.sentences(row)]
    if row.sent is None:
        notes.append(f"When it was sent: `cowork contract cancel {row.id} --sent DATE`.")
    return place.result(content, Result(row, notes=notes))


@verb(app, "cancel", data=Contract, short="cowork contract cancel c-1 --sent today")
def cancel(
    context: Context,
    contract: ContractArgument,
    sent: Annotated[
        str | None, Option("--sent", metavar="DATE", help="Day on which the notice arrived.")
    ] = None,
    ends: Annotated[
        str | None, Option("--ends", metavar="DATE", help="The end that was confirmed.")
    ] = None,
    dry_run: DryRun = False,
) -> Result:
    """Note that the notice was sent; the end follows from the terms."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import contracts

    if sent is None:
        raise BadInput("the day of the notice is missing", "give it with `--sent DATE`")
    day = parse_date(sent, context.today, planned=False)
    end = parse_date(ends, context.today, planned=True) if ends else None
    row, notes = contracts.cancel(
        contract, day, store=context.store, today=context.today, ends=end, dry_run=dry_run
    )
    return Result(row, notes=[*notes, *(["Nothing was written (--dry-run)."] if dry_run else [])])


@verb(app, "edit", data=Contract, short='cowork contract edit c-1 --notice "14d to month-end"')
def edit(
    context: Context,
    contract: ContractArgument,
    name: Annotated[str | None, Option("--name", metavar="N", help="What it is called.")] = None,
    *,
    fields: Annotated["dict[str, str | None]", field_options(FIELDS)],
) -> Result:
    """Change what was noted; an empty value takes a fact away."""
    from cowork_cli.services.addresses import contracts

    facts = _facts(context, name, fields)
    with asking(context) as (_, cache):
        row, notes = contracts.edit(
            contract, facts, store=context.store, cache=cache, today=context.today
        )
    return Result(row, notes=notes)


@verb(app, "remove", data=Contract, short="cowork contract remove c-1")
def remove(context: Context, contract: ContractArgument, dry_run: DryRun = False) -> Result:
    """Remove a contract that was noted by mistake."""
    from cowork_cli.services.addresses import contracts

    row = contracts.remove(contract, store=context.store, today=context.today, dry_run=True)
    if dry_run:
        return Result(row, notes=[f"{row.id} would be removed (--dry-run)."])
    context.confirm(f"Remove {row.id}, {row.name}?")
    contracts.remove(row.id, store=context.store, today=context.today, dry_run=False)
    return Result(row, notes=[f"Removed {row.id}; `cowork undo` brings it back."])


def _facts(context: Context, name: str | None, fields: "dict[str, str | None]") -> "ContractFacts":
    """What was told of a contract; None for what was not. Raises BadInput."""
    from cowork_cli.domain.money import PER, Price
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses.contracts import ContractFacts

    per, starts = fields["per"], fields["starts"]
    if per is not None and per not in PER:
        raise BadInput(
            f'--per cannot be "{per}"', f"choose {', '.join(f'`{word}`' for word in PER)}"
        )
    amount = euro(fields["price"], "--price")
    if per is not None and amount is None:
        raise BadInput("--per says nothing without --price", f"give `--price EUR --per {per}`")
    kept = ("address", "space", "notice", "min_term", "renews", "tail", "form", "note")
    return ContractFacts(
        name=name,
        starts=parse_date(starts, context.today, planned=False) if starts else None,
        price=Price(amount, per or "month") if amount else None,
        deposit=euro(fields["deposit"], "--deposit"),
        **{field: fields[field] for field in kept},
    )
