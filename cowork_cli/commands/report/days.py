"""What the day log supports under which rule, and the document of it."""

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.report._app import app
from cowork_cli.context import Context
from cowork_cli.domain.day_report import DayRule
from cowork_cli.domain.period import Period
from cowork_cli.output.result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.days.report import Report
    from cowork_cli.store.engine.store import Store


@verb(
    app,
    "days",
    data=DayRule,
    many=True,
    short="cowork report days --in 2026 --out days.pdf",
    offline=True,
)
def days(
    context: Context,
    period: Annotated[Period, options.period_options("year")],
    out: Annotated[
        str | None, Option("--out", metavar="FILE", help="A .pdf or .csv for the tax adviser.")
    ] = None,
    lang: Annotated[
        str | None, Option("--lang", metavar="L", help="Of the PDF: de or en; default: invoices'.")
    ] = None,
    force: Annotated[bool, Option("--force", help="Replace the file if it is there.")] = False,
    person: options.OwnPerson = None,
) -> Result:
    """What the day log supports: home-office days, ways, meals, commuting; default: this year."""
    from cowork_cli.services.days.report import sources

    store = options.log_of(context, person)
    report = day_report(context, period, by_day=out is not None, store=store)
    result = Result(
        list(report.rules),
        notes=[f"Range: {period}{options.only_of(person)}.", *report.notes],
        empty="No day with work is logged in this range. Begin with `cowork day log`.",
        beside={
            "sources": sources(report.rules),
            "counters": report.counters,
            "commute": report.commute,
            "lacks": report.lacks,
        },
    )
    if out is None:
        return result
    return _written(context, store, report, period, out, lang, force, result)


def day_report(
    context: Context, period: Period, *, by_day: bool = False, store: "Store | None" = None
) -> "Report":
    """The report of a period, by the settings of this home; `store` is read for whose log it is."""
    from cowork_cli.services.days.report import report

    return report(
        store or context.store,
        period,
        str(context.config.get("seller.country") or ""),
        context.config.numbers("commute.co2."),
        now_s=int(context.now.timestamp()),
        by_day=by_day,
    )


def _written(
    context: Context,
    store: "Store",
    report: "Report",
    period: Period,
    out: str,
    lang: str | None,
    force: bool,
    result: Result,
) -> Result:
    from cowork_cli.commands._out import destination
    from cowork_cli.errors import BadInput
    from cowork_cli.records import replace
    from cowork_cli.services.days import exporting

    language = lang or str(context.config.get("invoice.language"))
    if language not in ("de", "en"):
        raise BadInput(f'there is no language "{language}"', "choose de or en")
    form = out.rpartition(".")[2].lower() if out != "-" else "csv"
    if form not in ("pdf", "csv"):
        raise BadInput(
            f'"{out}" is neither a .pdf nor a .csv', "name the file `days.pdf` or `days.csv`"
        )
    place = destination(context, out, force, f"days.{form}", text=form == "csv")
    content = exporting.document(
        store, report, period, form, language, context.config, context.today
    )
    place.write(content)
    return place.result(content, replace(result, notes=[*result.notes, *place.wrote()]))
