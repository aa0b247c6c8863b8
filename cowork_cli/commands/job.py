"""`cowork job`: jobs done with others."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.jobs import Job, JobHours
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

app = new_app()

JobArgument = Annotated[str, Argument(metavar="JOB", help="job-1, or its name.")]


@verb(
    app,
    "open",
    data=Job,
    rows="JobPart",
    short="cowork job open website --client acme --with ada:40",
)
def open_(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What you call it.")],
    client: Annotated[str, Option("--client", metavar="C", help="Who pays for it.")],
    with_: Annotated[
        list[str],
        Option("--with", metavar="PERSON:SHARE", help="Again for more; `me:60` is your own share."),
    ],
    split: Annotated[
        str | None,
        Option(
            "--split",
            metavar="S",
            help="hours, fixed or percent; SHARE: a rate, an amount, percent.",
        ),
    ] = None,
    project: Annotated[
        str | None, Option("--project", metavar="P", help="Where your own hours for it are.")
    ] = None,
    total: Annotated[
        str | None, Option("--total", metavar="AMOUNT", help="What the client pays, net.")
    ] = None,
    lead: Annotated[
        str | None, Option("--lead", metavar="PERSON", help="Who invoices the client; default: me.")
    ] = None,
    since: Annotated[
        str | None,
        Option(
            "--from",
            metavar="DATE",
            help="First day whose hours and invoices count; default: today.",
        ),
    ] = None,
) -> Result:
    """Open a job that you do with others, and say who gets what of it."""
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.jobs import jobs

    begun = parse_date(since, context.today, planned=False) if since else None
    wanted = jobs.Wanted(name, client, with_, split, project, total, lead, begun)
    job, notes = jobs.open_(context.store, wanted, context.today)
    return Result(job, rows=job.parts, notes=notes)


@verb(
    app, "hours", data=JobHours, short="cowork job hours website ada.json --from ada --format json"
)
def hours(
    context: Context,
    job: JobArgument,
    file: Annotated[str, Argument(metavar="FILE", help="What their program exported; - is stdin.")],
    person: Annotated[str, Option("--from", metavar="PERSON", help="Whose hours they are.")],
    format_: Annotated[
        str, Option("--format", metavar="F", help="As for `track import`: json, csv, timewarrior …")
    ] = "json",
    map_: Annotated[
        list[str] | None,
        Option("--map", metavar="FIELD=COLUMN", help="from=Start; again for more."),
    ] = None,
    project: Annotated[
        str | None,
        Option("--project", metavar="P", help="Only the hours of this project of theirs."),
    ] = None,
    skip_bad: Annotated[
        bool, Option("--skip-bad", help="Leave out what cannot be taken, and list it.")
    ] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Take the hours of somebody else; they never become your own."""
    from cowork_cli.commands._in import file_of
    from cowork_cli.output.text import duration
    from cowork_cli.services.hours.importing import options_of
    from cowork_cli.services.jobs import hours as others

    wanted = others.Wanted(
        job,
        person,
        file_of(context, file, folder=True),
        format_,
        options_of(map_ or []),
        project,
        skip_bad,
        dry_run,
    )
    report, notes = others.take(context.store, wanted, context.now, context.zone, context.note)
    verbs = "Would take" if dry_run else "Took"
    said = f"{verbs} {report.taken} of {report.rows} rows, {duration(report.duration_s)}"
    parts = [f"{report.known} were there already"] if report.known else []
    parts += [f"{report.other} are of other projects"] if report.other else []
    parts += [f"{len(report.skipped)} skipped"] if report.skipped else []
    lines = ["; ".join([said, *parts]) + ".", *(f"Skipped {text}." for text in report.skipped[:5])]
    if dry_run:
        lines.append("Nothing was changed (--dry-run).")
    return Result(report, notes=[*lines, *notes])


@verb(app, "list", data=Job, many=True, short="cowork job list --all")
def list_(
    context: Context,
    all_: Annotated[bool, Option("--all", help="Also closed ones.")] = False,
) -> Result:
    """List joint jobs and what is open between you."""
    from cowork_cli.services.jobs import jobs

    rows = jobs.listed(context.store, context.today, closed=all_)
    hint = "No joint jobs. Open one with `cowork job open NAME --client C --with PERSON:SHARE`."
    return Result(rows, empty=hint)


@verb(app, "show", data=Job, rows="JobPart", short="cowork job show website")
def show(context: Context, job: JobArgument) -> Result:
    """Show a job: who has which part, who owes whom."""
    from cowork_cli.services.jobs import jobs, sheets

    found = sheets.shown(context.store, jobs.find(context.store, job), context.today)
    return Result(found, rows=found.parts, notes=[_said(found)])


@verb(
    app, "settle", data=Job, rows="JobPart", short="cowork job settle website --out settlement.html"
)
def settle(
    context: Context,
    job: JobArgument,
    amount: Annotated[
        str | None,
        Option(
            "--amount", metavar="AMOUNT", help="What the client pays, net; else what you invoiced."
        ),
    ] = None,
    received: Annotated[
        list[str] | None,
        Option(
            "--received", metavar="FILE", help="An e-invoice of one of the others; again for more."
        ),
    ] = None,
    sender: Annotated[
        str | None,
        Option("--from", metavar="PERSON", help="Whose it is, where its seller does not tell."),
    ] = None,
    paid: Annotated[
        list[str] | None, Option("--paid", metavar="PERSON", help="You paid what they invoiced.")
    ] = None,
    language: Annotated[
        str | None,
        Option("--language", metavar="L", help="Of the sheet: de or en; else invoice.language."),
    ] = None,
    out: Out = None,
    force: Force = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Settle a job to the cent: a sheet, a draft of your part, the invoices of the others."""
    from cowork_cli.commands._in import file_of
    from cowork_cli.services.jobs import pages, settling

    spoken = language or context.config.text("invoice.language") or "de"
    if spoken not in ("de", "en"):
        raise BadInput(f'--language "{spoken}" is not known', "give `--language de` or `en`")
    if out not in (None, "-") and not str(out).lower().endswith((".csv", ".html")):
        raise BadInput(f'cannot write "{out}"', "name it `.html` or `.csv`")
    wanted = settling.Wanted(
        job,
        amount,
        [file_of(context, name) for name in received or ()],
        sender,
        paid or (),
        dry_run,
    )
    place = None if out is None else destination(context, out, force, "settlement.csv", text=True)
    settled, notes = settling.settle(context.store, wanted, context.today, context.config.get)
    told = Result(settled, rows=settled.parts, notes=[*notes, _said(settled)])
    if place is None or dry_run:
        return told
    me = context.config.text("seller.name") or context.config.text("seller.company")
    client = _name_of(context, settled.client)
    content = pages.written(settled, out or "-", me, client, spoken)
    place.write(content)
    shown = Result(settled, rows=settled.parts, notes=[*notes, _said(settled), *place.wrote()])
    return place.result(content, shown)


def _name_of(context: Context, client: str) -> str:
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.store import clients

    row = find_client(context.store, client)
    return clients.client(context.store, row, context.today.isoformat()).name


@verb(app, "close", data=Job, rows="JobPart", short="cowork job close website")
def close(
    context: Context,
    job: JobArgument,
    force: Annotated[bool, Option("--force", help="Though somebody is not paid yet.")] = False,
) -> Result:
    """End a job that is settled and paid."""
    from cowork_cli.services.jobs import jobs

    closed, notes = jobs.close(context.store, job, context.today, force=force)
    return Result(closed, rows=closed.parts, notes=notes)


def _said(job: Job) -> str:
    """Who owes whom what, in a line."""
    owed = [part for part in job.parts if part.open is not None and part.open.minor]
    if job.total is None:
        return f"{job.name} ({job.state}): what {job.client} pays is not known yet."
    lines = "; ".join(
        f"{'you owe' if part.from_ == 'me' else f'{part.from_} owes'} "
        f"{'you' if part.own else part.to} {part.open}"
        for part in owed
    )
    return f"{job.name} ({job.state}): {job.total} net from {job.client}. {lines or 'Nothing is open'}."
