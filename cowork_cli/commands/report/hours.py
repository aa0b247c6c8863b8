"""Sums of recorded hours: as rows, as a picture on the terminal, as a page for a client."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.period import Period
from cowork_cli.domain.report import HoursRow
from cowork_cli.output.result import Result

PAGES = (".html", ".pdf")


@verb(
    app,
    "hours",
    data=HoursRow,
    many=True,
    short="cowork report hours --week --by day",
    offline=True,
)
def hours(
    context: Context,
    period: Annotated[Period, options.period_options()],
    by: Annotated[
        str | None,
        Option("--by", metavar="KEY", help="day, project (default), client, tag, place or person."),
    ] = None,
    client: Annotated[str | None, Option("--client", metavar="C", help="Only this client.")] = None,
    project: Annotated[
        str | None, Option("--project", metavar="P", help="Only this project.")
    ] = None,
    person: options.Person = None,
    calendar: Annotated[bool, Option("--calendar", help="A picture of the days, by day.")] = False,
    out: Annotated[
        str | None,
        Option("--out", metavar="FILE", help="A page to send, .html or .pdf; - is stdout."),
    ] = None,
    lang: Annotated[
        str | None, Option("--lang", metavar="de|en", help="Of the page; default: the client's.")
    ] = None,
    force: options.Force = False,
) -> Result:
    """Sum up recorded hours; without a period, of all time."""
    from cowork_cli.errors import BadInput, UsageError
    from cowork_cli.services.hours import reports

    key = by or ("day" if calendar else "project")
    if key not in reports.KEYS:
        raise BadInput(f'cannot report by "{key}"', f"choose one of {', '.join(reports.KEYS)}")
    if calendar and key != "day":
        raise UsageError(f"a calendar is by day, not by {key}", "leave out `--by`")
    if lang is not None and out is None:
        raise UsageError("`--lang` is the language of a page", "give `--out FILE.html` with it")
    client, project = _named(context, client, project)
    projects = reports.projects_of(context.store, client, project)
    whose = options.person_key(context, person)
    rows = reports.hours(context.store, period, key, projects, whose)
    notes = _notes(context, period, client, project, person)
    result = Result(rows, notes=notes, empty="No hours in this range.")
    if out is not None:
        return _page(context, period, (projects, whose), client, lang, (out, force), result)
    if not calendar:
        return result
    from cowork_cli.records import replace
    from cowork_cli.services.hours import pages

    return replace(result, picture=pages.picture(rows, period, context.today))


def _notes(
    context: Context, period: Period, client: str | None, project: str | None, person: str | None
) -> list[str]:
    from cowork_cli.services.hours import reports

    running = reports.running_line(context.store, context.now, period)
    only = f"; only {project or client}" if project or client else ""
    only += options.only_of(person)
    return [
        f"Range: {reports.range_line(context.store, period)}{only}.",
        *([f"Running: {running}."] if running else []),
    ]


def _named(
    context: Context, client: str | None, project: str | None
) -> tuple[str | None, str | None]:
    """The ids of the client and the project that were typed. A project has a client; both must agree."""
    if not client and not project:
        return None, None
    from cowork_cli.errors import BadInput
    from cowork_cli.services.clients import clients
    from cowork_cli.store import clients as client_store

    day = context.today.isoformat()
    if client:
        row = clients.find_client(context.store, client)
        client = client_store.client(context.store, row, day).id
    if project:
        row = clients.find_project(context.store, project)
        found = client_store.project(context.store, row, day)
        if client and client != found.client:
            raise BadInput(f"{found.id} is no project of {client}", "leave out one of both")
        client, project = found.client, found.id
    return client, project


def _page(
    context: Context,
    period: Period,
    whose: tuple[frozenset[int] | None, str | None],
    client: str | None,
    lang: str | None,
    where: tuple[str, bool],
    result: Result,
) -> Result:
    """Writes the page of hours, and says where it is."""
    from cowork_cli.commands import _out
    from cowork_cli.errors import BadInput
    from cowork_cli.records import replace
    from cowork_cli.services.hours import pages
    from cowork_cli.services.invoices.parties import seller

    out, force = where
    suffix = next((end for end in PAGES if out.lower().endswith(end)), None)
    if suffix is None and out != "-":
        raise BadInput(
            f"a page of hours cannot be {out}", f"name it with {' or '.join(PAGES)} at its end"
        )
    told = pages.page(
        context.store, period, *whose, seller=seller(context.config.get), client=client,
        language=_language(context, client, lang), today=context.today,
    )  # fmt: skip
    if suffix == ".pdf":
        from cowork_cli.commands.invoice._app import font_of
        from cowork_cli.documents.hours_pdf import render_hours_pdf

        content = render_hours_pdf(told, font_of(context))
    else:
        from cowork_cli.documents.hours_html import render_hours_html

        content = render_hours_html(told)
    place = _out.destination(context, out, force, "hours.html", text=True)
    place.write(content)
    return place.result(content, replace(result, notes=[*result.notes, *place.wrote()]))


def _language(context: Context, client: str | None, lang: str | None) -> str:
    """`--lang`, else what the client reads, else that of the invoices."""
    from cowork_cli.documents.words import LANGUAGES
    from cowork_cli.errors import BadInput

    if lang is not None:
        if lang not in LANGUAGES:
            raise BadInput(f'"{lang}" is not a language of the page', "give `de` or `en`")
        return lang
    from cowork_cli.services.clients.clients import find_client
    from cowork_cli.services.invoices.parties import language_of
    from cowork_cli.store import clients

    if client is None:
        return str(context.config.get("invoice.language"))
    row = find_client(context.store, client)
    known = clients.client(context.store, row, context.today.isoformat())
    return language_of(known, context.config.get)
