"""What an address may be used for, what its provider asked to see, the imprint."""

from cowork_cli.commands import _out
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.address._app import AddressArgument, Lang, app
from cowork_cli.context import Context
from cowork_cli.domain.address import USES, Dossier, HeldAddress, Imprint, use_rows
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result


@verb(app, "check", data=HeldAddress, short="cowork address check a-1 --use imprint")
def check(
    context: Context,
    address: AddressArgument,
    use: Annotated[str | None, Option("--use", metavar="U", help=f"{', '.join(USES)}.")] = None,
    set_: Annotated[
        str | None, Option("--set", metavar="allowed=yes", help="What the contract says: yes, no.")
    ] = None,
    clause: Annotated[
        str | None, Option("--clause", metavar="T", help="The clause that says so.")
    ] = None,
    evidence: Annotated[
        str | None, Option("--evidence", metavar="T", help="What is at hand: a file, a letter.")
    ] = None,
) -> Result:
    """Show, use by use, what the contract says and which rule was found; or note an answer."""
    from cowork_cli.services.addresses import holding

    told = (set_, clause, evidence)
    if any(part is not None for part in told) and use is None:
        raise BadInput("it is not said for which use", "give it with `--use imprint`")
    if use is not None:
        holding.refuse_unknown_use(use)
    if any(part is not None for part in told):
        allowed = None
        if set_ is not None:
            name, equals, allowed = set_.partition("=")
            if name.strip() != "allowed" or not equals:
                raise BadInput(f'"{set_}" cannot be set', "give `--set allowed=yes`")
        held = holding.note_use(
            address, use or "", allowed=allowed, clause=clause, evidence=evidence,
            store=context.store, today=context.today,
        )  # fmt: skip
    else:
        held = holding.find(context.store, address, context.today)
    rows = [row for row in use_rows(held.uses) if use in (None, row.purpose)]
    notes = [f"Contested, {row.purpose}: {row.contested}." for row in rows if use and row.contested]
    notes.append(
        "Rules as found in the sources named; the contract and the single case are for your adviser."
    )
    return Result(held, rows=rows, notes=notes)


@verb(
    app,
    "onboard",
    data=Dossier,
    rows="DossierItem",
    short="cowork address onboard a-1 --done identity",
)
def onboard(
    context: Context,
    address: AddressArgument,
    done: Annotated[
        str | None, Option("--done", metavar="ITEM", help="What was handed in.")
    ] = None,
    on: Annotated[str | None, Option("--on", metavar="DATE", help="Default: today.")] = None,
    until: Annotated[
        str | None, Option("--until", metavar="DATE", help="When it ends, or the next review.")
    ] = None,
    note: Annotated[str | None, Option("--note", metavar="T", help="A word beside it.")] = None,
) -> Result:
    """Show the checklist of an address, or note what was handed in: dates, never a document."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.addresses import holding

    if done is None:
        if on is not None or until is not None or note is not None:
            raise BadInput("it is not said what was handed in", "give it with `--done ITEM`")
        held = holding.find(context.store, address, context.today)
        dossier = holding.onboarding(held, context.store)
        names = (
            ", ".join(held.recipient_names) or "none is noted (`cowork address edit --recipient`)"
        )
        notes = [
            f"Exact recipient names: {names}.",
            f"Rule: {dossier.rule} ({dossier.source}).",
        ]
        return Result(dossier, rows=dossier.items, notes=notes)
    dossier = holding.hand_in(
        address,
        done,
        day=parse_date(on, context.today, planned=False) if on else context.today,
        until=parse_date(until, context.today, planned=True) if until else None,
        note=note,
        store=context.store,
        today=context.today,
    )
    left = sum(row.done is None for row in dossier.items)
    return Result(dossier, rows=dossier.items, notes=[f"{left} of {len(dossier.items)} are open."])


@verb(app, "imprint", data=Imprint, short="cowork address imprint a-1 --format html --lang de")
def imprint(
    context: Context,
    address: AddressArgument,
    format_: Annotated[str, Option("--format", metavar="F", help="text, html or md.")] = "text",
    lang: Lang = None,
    out: _out.Out = None,
    force: _out.Force = False,
) -> Result:
    """Write the imprint from your data and an address, and name what is missing (§ 5 DDG)."""
    from cowork_cli.services.addresses import holding, letters
    from cowork_cli.services.addresses.imprint import imprint as written

    settings = context.config.get
    held = holding.find(context.store, address, context.today)
    page = written(held, format_, letters.language_of(lang, settings), settings)
    notes = [f"Not in it: {point}." for point in page.missing]
    notes.append(f"Rule: {page.rule} ({page.source}).")
    if page.contested:
        notes.append(f"Contested: {page.contested}.")
    if out is None and context.wants_json:
        return Result(page, notes=notes)
    content = page.text.encode()
    ending = "txt" if format_ == "text" else format_
    place = _out.destination(context, out, force, f"imprint.{ending}", text=True)
    place.write(content)
    return place.result(content, Result(page, notes=[*place.wrote(), *notes]))
