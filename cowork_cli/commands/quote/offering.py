"""Drafts of quotes: make, change, look at, drop."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import ask_tax
from cowork_cli.commands._lines import TypedLine, line_options, one_line_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.quote._app import QuoteArgument, app
from cowork_cli.context import Context
from cowork_cli.domain.quote import STATES, Quote
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.invoices.typed_lines import Typed

Valid = Annotated[
    str | None,
    Option("--valid", metavar="30d|DATE", help="How long it is valid; default: quote.valid."),
]
OfProject = Annotated[
    str | None, Option("--project", metavar="P", help="The project it is about, or is to become.")
]
Title = Annotated[str | None, Option("--title", metavar="T", help="Printed below the heading.")]
Note = Annotated[str | None, Option("--note", metavar="T", help="Printed below the sums.")]
OrderRef = Annotated[
    str | None, Option("--order-ref", metavar="R", help="The client's inquiry or order number.")
]


@verb(
    app,
    "add",
    data=Quote,
    short='cowork quote add acme --line "Concept" --price 800 --line "Build" --qty 5 --unit day '
    "--price 760",
)
def add(
    context: Context,
    client: Annotated[str, Argument(metavar="CLIENT", help="Whom you offer it.")],
    valid: Valid = None,
    project: OfProject = None,
    title: Title = None,
    note: Note = None,
    order_ref: OrderRef = None,
    *,
    lines: Annotated["list[TypedLine]", line_options(choices=True)],
) -> Result:
    """Make a quote; it takes its number, and is a draft until it is sent."""
    from cowork_cli.services.invoices import parties, quotes

    parties.logo(context.config.get)  # what cannot be printed is said before there is a draft
    offered = [quotes.Offered(row.typed, row.choice) for row in lines]
    ask_tax(context, client)
    wanted = quotes.Wanted(client, offered, valid, project, title, note, order_ref)
    made = quotes.add(context.store, wanted, context.today, context.config.get)
    return Result(
        made,
        notes=[
            f"Quote {made.number}: {made.net} net, {made.gross} in all; {_treated(made)}.",
            f"Send it with `cowork quote send {made.number}`.",
        ],
    )


def _treated(quote: Quote) -> str:
    return f"how VAT is treated: {quote.tax_case}"


@verb(
    app,
    "line",
    data=Quote,
    short='cowork quote line AN-2026-0001 --text "Training" --qty 2 --unit day --price 760',
)
def line(
    context: Context,
    quote: QuoteArgument,
    choice: Annotated[
        str | None, Option("--choice", metavar="C", help="optional, alternative or none.")
    ] = None,
    *,
    typed: Annotated["Typed", one_line_options()],
) -> Result:
    """Add a line to the draft of a quote, change one or remove it."""
    from cowork_cli.services.invoices import quotes

    changed, place = quotes.edit_line(
        context.store, quote, quotes.Offered(typed, choice), context.today, context.config.get
    )
    sums = f"{changed.number} is {changed.net} net, {changed.gross} in all."
    return Result(changed, notes=[f"{typed.done} line {place}; {sums}"])


@verb(app, "edit", data=Quote, short="cowork quote edit AN-2026-0001 --valid 60d")
def edit(
    context: Context,
    quote: QuoteArgument,
    valid: Valid = None,
    project: OfProject = None,
    title: Title = None,
    note: Note = None,
    order_ref: OrderRef = None,
) -> Result:
    """Change the draft of a quote, all but its lines; an empty text takes something out."""
    from cowork_cli.services.invoices import quotes

    terms = quotes.Terms(valid, project, title, note, order_ref)
    changed = quotes.edit(context.store, quote, terms, context.today)
    return Result(changed, notes=[f"{changed.number} is valid until {changed.valid_until}."])


@verb(app, "list", data=Quote, many=True, short="cowork quote list --state sent")
def list_(
    context: Context,
    client: Annotated[
        str | None, Option("--client", metavar="C", help="Only to this client.")
    ] = None,
    state: Annotated[str | None, Option("--state", metavar="S", help=", ".join(STATES))] = None,
) -> Result:
    """List quotes, and what was billed of them."""
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients, quotes

    if state is not None and state not in STATES:
        raise BadInput(f'there is no state "{state}"', f"choose one of {', '.join(STATES)}")
    today = context.today.isoformat()
    if client:
        client = clients.client(context.store, find_client(context.store, client), today).id
    rows = quotes.quotes(context.store, today, client)
    rows = [row for row in rows if state in (None, row.state)]
    return Result(rows, empty="No quotes. Make one with `cowork quote add CLIENT --line TEXT …`.")


@verb(app, "show", data=Quote, short="cowork quote show AN-2026-0001")
def show(context: Context, quote: QuoteArgument) -> Result:
    """Show a quote, and what was billed of it."""
    from cowork_cli.services.invoices import quotes

    return Result(quotes.find(context.store, quote, context.today)[1])


@verb(app, "discard", data=Quote, short="cowork quote discard AN-2026-0001")
def discard(context: Context, quote: QuoteArgument, dry_run: options.DryRun = False) -> Result:
    """Drop the draft of a quote; its number is not given again."""
    from cowork_cli.services.invoices import quotes

    _, found = quotes.find_draft(context.store, quote, context.today)
    if dry_run:
        return Result(found, notes=[f"Would drop {found.number}. Nothing was changed."])
    context.confirm(f"Drop quote {found.number} to {found.client} ({found.gross})?")
    dropped = quotes.discard(context.store, found.number, context.today)
    return Result(dropped, notes=[f"Dropped {dropped.number}. Take it back with `cowork undo`."])
