"""`cowork tour`: several spaces on one day, within their opening hours."""

from datetime import timedelta

from cowork_cli.commands import _out
from cowork_cli.commands._asking import asking, finder_of
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._options import clock
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.tour import Tour
from cowork_cli.errors import BadInput, Conflict, ExitCode, UsageError
from cowork_cli.output.result import Result

app = new_app()


@verb(
    app, "plan", data=Tour, short="cowork tour plan basislager wiesenburg --on fri --out tour.html"
)
def plan(
    context: Context,
    spaces: Annotated[list[str], Argument(metavar="REF…", help="The spaces to see, at most 12.")],
    on: Annotated[str | None, Option("--on", metavar="DATE", help="The day.")] = None,
    from_: Annotated[str, Option("--from", metavar="HH:MM", help="When it may begin.")] = "09:00",
    to: Annotated[str, Option("--to", metavar="HH:MM", help="When it has to be over.")] = "18:00",
    stay: Annotated[str, Option("--stay", metavar="45m", help="How long at each.")] = "45m",
    mode: Annotated[
        str, Option("--mode", metavar="M", help="foot, bike, transit or car.")
    ] = "transit",
    start: Annotated[
        str | None, Option("--start", metavar="PLACE", help="Where you set out: PLACE or LAT,LON.")
    ] = None,
    out: Annotated[
        str | None,
        Option("--out", metavar="FILE", help=".ics, or a page to print with scorecards, .html."),
    ] = None,
    force: _out.Force = False,
) -> Result:
    """Plan a tour: the most spaces, in the order that ends first, each while it is open."""
    from cowork_cli.domain.lengths import parse_duration
    from cowork_cli.domain.phrases import parse_date
    from cowork_cli.services.events import tours

    if on is None:
        raise UsageError("a tour has a day", "give it as `--on 2026-12-04`")
    form = _form(out)
    day = parse_date(on, context.today, planned=True)
    if day < context.today:
        raise BadInput(f"{day} is over", "give a day that is still to come")
    begin, end = clock(from_), clock(to)
    assert begin is not None, "there is a default"
    assert end is not None, "there is a default"
    with asking(context) as (accounts, cache):
        known = tours.spaces_of(spaces, store=context.store, cache=cache)
        point = None
        if start is not None:
            from cowork_cli.services.spaces.where import around

            found = around(start, 1, finder_of(context, accounts, flag="--start"))
            point = (found.lat, found.lon)
    frame = tours.Frame(
        day, begin, end,
        timedelta(seconds=parse_duration(stay)), mode, point,
    )  # fmt: skip
    tour, notes = tours.planned(known, frame, context.zone)
    problems = [Conflict(why, "take another day, or more time") for why in tour.left_out]
    code = ExitCode.PARTIAL if problems else ExitCode.DONE
    shown = Result(tour, rows=tour.stops, notes=notes, problems=problems, exit_code=code)
    if out is None:
        return shown
    if form == "ics":
        return _out.calendar_result(
            context, out, force, "tour", tours.calendar(tour, context.now), shown
        )
    from cowork_cli.documents.tour_html import render_tour

    content = render_tour(tour)
    place = _out.destination(context, out, force, "tour.html", text=True)
    place.write(content)
    return place.result(
        content,
        Result(
            tour, rows=tour.stops, notes=[*notes, *place.wrote()], problems=problems, exit_code=code
        ),
    )


def _form(out: str | None) -> str:
    """`ics` or `html`, by the name of the file. Raises BadInput."""
    if out is None or out == "-" or out.lower().endswith((".html", ".htm")):
        return "html"
    if out.lower().endswith(".ics"):
        return "ics"
    raise BadInput(f'"{out}" is neither a calendar nor a page', "name it tour.ics or tour.html")
