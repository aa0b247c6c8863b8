"""`cowork client`: who pays you."""

from typing import Any

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.client import Client, ClientImport
from cowork_cli.output.result import Result

app = new_app()

IdArgument = Annotated[
    str, Argument(metavar="ID", help="Your short name for it, for example acme.")
]
Name = Annotated[str | None, Option("--name", metavar="N", help="Name on the invoice.")]
Type = Annotated[str | None, Option("--type", metavar="TYPE", help="business, public or private.")]
Street = Annotated[str | None, Option("--street", help="Street and number.")]
Postcode = Annotated[str | None, Option("--postcode", help="Postcode.")]
City = Annotated[str | None, Option("--city", help="City.")]
Country = Annotated[str | None, Option("--country", help="Country, two letters.")]
Email = Annotated[str | None, Option("--email", help="Where invoices are sent.")]
VatId = Annotated[str | None, Option("--vat-id", help="VAT id (USt-IdNr.).")]
Leitweg = Annotated[str | None, Option("--leitweg-id", help="Leitweg-ID of a public buyer.")]
Reference = Annotated[str | None, Option("--buyer-reference", help="Printed on every invoice.")]
Language = Annotated[
    str | None, Option("--language", metavar="de|en", help="Language of invoices.")
]
Rate = Annotated[str | None, Option("--rate", metavar="R", help="Money an hour, for example 95.")]
Currency = Annotated[str | None, Option("--currency", help="ISO 4217, for example EUR.")]
Tax = Annotated[
    str | None,
    Option(
        "--tax", help="standard, reduced, reverse-charge, outside-eu, small-business or exempt."
    ),
]
Terms = Annotated[str | None, Option("--terms", metavar="14d", help="Time to pay.")]
Skonto = Annotated[
    str | None,
    Option("--skonto", metavar="2%/10d", help="Discount for paying early, or none."),
]
Rounding = Annotated[
    str | None,
    Option(
        "--rounding", metavar="RULE", help="How billed time is rounded: none, or as 15m:up:day."
    ),
]
Travel = Annotated[
    str | None,
    Option(
        "--travel-factor",
        metavar="F",
        help="Part of time tagged travel that is billed: 0.5 or none.",
    ),
]
Note = Annotated[str | None, Option("--note", metavar="T", help="For yourself.")]


@verb(app, "add", data=Client, short='cowork client add acme --name "ACME GmbH" --rate 95')
def add(
    context: Context,
    client: IdArgument,
    name: Name = None,
    type_: Type = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    country: Country = None,
    email: Email = None,
    vat_id: VatId = None,
    leitweg_id: Leitweg = None,
    buyer_reference: Reference = None,
    language: Language = None,
    rate: Rate = None,
    currency: Currency = None,
    tax: Tax = None,
    terms: Terms = None,
    skonto: Skonto = None,
    rounding: Rounding = None,
    travel_factor: Travel = None,
    note: Note = None,
) -> Result:
    """Add a client."""
    from cowork_cli.services.clients import clients

    if name is None:
        name = context.ask("Name on the invoice", flag="--name")
    fields: dict[str, Any] = {
        "name": name, "type": type_, "street": street, "postcode": postcode, "city": city,
        "country": country, "email": email, "vat_id": vat_id, "leitweg_id": leitweg_id,
        "buyer_reference": buyer_reference, "language": language, "rate": rate,
        "currency": currency, "tax": tax, "terms": terms, "skonto": skonto, "rounding": rounding,
        "travel_factor": travel_factor, "note": note,
    }  # fmt: skip
    added = clients.add_client(context.store, client, fields, context.today)
    return Result(added, notes=[f"Next: `cowork project add {added.id}/NAME`."])


@verb(app, "edit", data=Client, short="cowork client edit acme --rate 105 --from 2027-01-01")
def edit(
    context: Context,
    client: IdArgument,
    name: Name = None,
    type_: Type = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    country: Country = None,
    email: Email = None,
    vat_id: VatId = None,
    leitweg_id: Leitweg = None,
    buyer_reference: Reference = None,
    language: Language = None,
    rate: Rate = None,
    since: Annotated[
        str | None, Option("--from", metavar="DATE", help="First day of the rate.")
    ] = None,
    currency: Currency = None,
    tax: Tax = None,
    terms: Terms = None,
    skonto: Skonto = None,
    rounding: Rounding = None,
    travel_factor: Travel = None,
    note: Note = None,
    rename: Annotated[
        str | None, Option("--rename", metavar="NEWID", help="Another id; all else stays.")
    ] = None,
) -> Result:
    """Change a client; a rate counts from a day on."""
    from cowork_cli.services.clients import clients

    fields = {
        "name": name, "type": type_, "street": street, "postcode": postcode, "city": city,
        "country": country, "email": email, "vat_id": vat_id, "leitweg_id": leitweg_id,
        "buyer_reference": buyer_reference, "language": language, "rate": rate,
        "currency": currency, "tax": tax, "terms": terms, "skonto": skonto, "rounding": rounding,
        "travel_factor": travel_factor, "note": note,
    }  # fmt: skip
    changed = clients.change_client(
        context.store, client, fields, context.today, since=since, rename=rename
    )
    return Result(changed)


@verb(app, "list", data=Client, many=True)
def list_(
    context: Context,
    all_: Annotated[bool, Option("--all", help="Also archived ones.")] = False,
) -> Result:
    """List clients."""
    from cowork_cli.store import clients

    found = clients.clients(context.store, context.today.isoformat(), archived=all_)
    return Result(found, empty="No clients yet. Add one with `cowork client add ID --name NAME`.")


@verb(app, "show", data=Client)
def show(context: Context, client: IdArgument) -> Result:
    """Show one client."""
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients

    row = find_client(context.store, client)
    return Result(clients.client(context.store, row, context.today.isoformat()))


@verb(app, "archive", data=Client)
def archive(
    context: Context,
    client: IdArgument,
    undo: Annotated[bool, Option("--undo", help="Bring it back.")] = False,
) -> Result:
    """Hide a client that is done with; its history stays."""
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients

    row = find_client(context.store, client)
    today = context.today.isoformat()
    clients.change_client(context.store, row, {"archived": int(not undo)}, None, today)
    return Result(clients.client(context.store, row, today))


@verb(app, "import", data=ClientImport, short="cowork client import clients.csv --dry-run")
def import_(
    context: Context,
    file: Annotated[
        str,
        Argument(metavar="FILE", help="CSV; its columns are the options of `client add`."),
    ],
    dry_run: options.DryRun = False,
) -> Result:
    """Bring a file of clients in, all or nothing; again, it updates."""
    from pathlib import Path

    from cowork_cli.services.clients.importing import import_clients

    report = import_clients(context.store, Path(file), context.today, dry_run=dry_run)
    return Result(report, notes=["Nothing was changed (--dry-run)."] if dry_run else [])
