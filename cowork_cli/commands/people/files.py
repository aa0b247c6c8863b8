"""What goes out of the ledger and comes into it: vCards, introductions, and what is forgotten."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.people._app import PersonArgument, app
from cowork_cli.context import Context
from cowork_cli.domain.people import Forgotten, Introduction, PeopleExport, PeopleImport
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result


@verb(app, "forget", data=Forgotten, short="cowork people forget person-3 --dry-run")
def forget(
    context: Context,
    person: PersonArgument,
    keep_client: Annotated[
        bool, Option("--keep-client", help="They are a client too, which stays.")
    ] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Take everything about a person out of the store and its journal, for good."""
    from cowork_cli.services.people import forgetting

    def carried_out(*, dry: bool) -> tuple[Forgotten, list[str]]:
        return forgetting.forget(
            context.store,
            context.paths,
            person,
            context.today,
            keep_client=keep_client,
            dry_run=dry,
        )

    seen, _ = carried_out(dry=True)
    if dry_run:
        return Result(seen, notes=[*_left(seen), "Nothing was changed (--dry-run)."])
    context.confirm(f"Forget {seen.id} for good? It cannot be undone")
    gone, notes = carried_out(dry=False)
    said = f"Forgot {gone.id}: {gone.records} records, {gone.images} images of the journal."
    return Result(gone, notes=[said, *_left(gone), *notes])


def _left(gone: Forgotten) -> list[str]:
    lines = [f"Stays: {text}." for text in gone.stays]
    if gone.backups:
        shown = ", ".join(gone.backups[:5])
        more = f" and {len(gone.backups) - 5} more" if len(gone.backups) > 5 else ""
        lines.append(f"Backups still hold them: {shown}{more}; remove those that you do not need.")
    return lines


@verb(app, "intro", data=Introduction, short="cowork people intro ada bela --out intro.eml")
def intro(
    context: Context,
    first: Annotated[str, Argument(metavar="PERSON", help="person-3, or a name.")],
    second: Annotated[str, Argument(metavar="PERSON", help="The other one.")],
    text: Annotated[
        str | None, Option("--text", metavar="T", help="Why they should know each other.")
    ] = None,
    language: Annotated[
        str | None, Option("--language", metavar="L", help="de or en; else what both speak.")
    ] = None,
    out: Out = None,
    force: Force = False,
) -> Result:
    """Write the mail that makes two people known to each other; you send it."""
    from cowork_cli.services.people import introducing

    one, other, spoken, content = introducing.letter(
        context.store, first, second,
        name=context.config.text("seller.name"), email=context.config.text("seller.email"),
        text=text, language=language,
    )  # fmt: skip
    place = destination(context, out, force, "introduction.eml", text=True)
    place.write(content)
    done = Introduction(one.id, other.id, spoken, place.shown)
    notes = [
        *place.wrote(),
        "Nothing was sent. It tells each the address of the other: ask both first; once it is sent, "
        f"`cowork people log {one.id} introduced --to {other.id}`.",
    ]
    return place.result(content, Result(done, notes=notes))


@verb(app, "import", data=PeopleImport, short="cowork people import contacts.vcf --dry-run")
def import_(
    context: Context,
    file: Annotated[str, Argument(metavar="FILE", help="vCards (.vcf); - is stdin.")],
    met_at: Annotated[
        str | None, Option("--met-at", metavar="PLACE", help="Where you met them all.")
    ] = None,
    met_on: Annotated[
        str | None, Option("--met-on", metavar="DATE", help="When you met them all.")
    ] = None,
    purpose: Annotated[
        str | None, Option("--purpose", metavar="T", help="Why you keep them (Art. 5 (1) b GDPR).")
    ] = None,
    skip_bad: Annotated[
        bool, Option("--skip-bad", help="Leave out what cannot be taken, and list it.")
    ] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Take people from vCards, all or none; the same file again changes nothing."""
    from cowork_cli.commands._in import file_of
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.people import cards

    met_day = parse_date(met_on, context.today, planned=False) if met_on else None
    if met_day is not None and met_day > context.today:
        raise BadInput(f"{met_day} is ahead: nobody was met then", "give a day up to today")
    report, notes = cards.import_file(
        context.store, file_of(context, file), context.today,
        met_at=met_at, met_on=met_day,
        purpose=purpose, skip_bad=skip_bad, dry_run=dry_run, note=context.note,
    )  # fmt: skip
    verbs = "Would take" if dry_run else "Took"
    said = f"{verbs} {report.taken} of {report.cards} cards; {report.known} were there already."
    lines = [said, *(f"Skipped {text}." for text in report.skipped[:5]), *notes]
    if dry_run:
        lines.append("Nothing was changed (--dry-run).")
    return Result(report, notes=lines)


@verb(app, "export", data=PeopleExport, short="cowork people export --out people.vcf")
def export(
    context: Context,
    people: Annotated[
        list[str] | None, Argument(metavar="PERSON…", help="Default: all of them.")
    ] = None,
    format_: Annotated[
        str | None,
        Option(
            "--format",
            metavar="F",
            help="vcard, csv, json (all that is kept); else by the name of the file, or vcard.",
        ),
    ] = None,
    out: Out = None,
    force: Force = False,
) -> Result:
    """Write people as vCards for others, or all that is kept of them (Art. 15 GDPR) as JSON."""
    from cowork_cli.services.people import cards

    if format_ is None:
        ending = (out or "").rpartition(".")[2].lower()
        format_ = ending if ending in ("csv", "json") else "vcard"
    found = cards.chosen(context.store, people or [])
    content = cards.written(context.store, found, format_)
    ending = {"vcard": "vcf"}.get(format_, format_)
    place = destination(context, out, force, f"people.{ending}", text=True)
    place.write(content)
    count = f"{len(found)} {'person' if len(found) == 1 else 'people'}"
    notes = place.wrote(what=count)
    if format_ == "vcard":
        notes.append("Without what is private: notes, talks, purpose, where you met.")
    return place.result(
        content, Result(PeopleExport(place.shown, format_, len(found)), notes=notes)
    )
