"""`cowork survey`: your own answers on what a region needs."""

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.team import Answer
from cowork_cli.errors import BadInput
from cowork_cli.output.result import Result

app = new_app()


@verb(
    app,
    "export",
    data=Answer,
    many=True,
    short="cowork survey export --km 12 --mode bike --out answers.csv",
)
def export(
    context: Context,
    template: Annotated[str, Option("--template", metavar="T", help="region.")] = "region",
    km: Annotated[str | None, Option("--km", metavar="KM", help="Your way, one way.")] = None,
    mode: Annotated[
        str | None,
        Option("--mode", metavar="M", help="foot, bike, e-bike, car, bus, tram, train, mixed."),
    ] = None,
    days: Annotated[
        str | None,
        Option("--days", metavar="N", help="Days a week you want; else those you booked."),
    ] = None,
    childcare: Annotated[
        bool | None, Option("--childcare/--no-childcare", help="Whether you need it.")
    ] = None,
    language: Annotated[
        str, Option("--language", metavar="L", help="Of the mail: de or en.")
    ] = "de",
    to: Annotated[str | None, Option("--to", metavar="ADDRESS", help="Who gets the mail.")] = None,
    out: Out = None,
    force: Force = False,
) -> Result:
    """Your answers without your name, drawn from your records; shown first."""
    from cowork_cli.services.needs import survey

    said = survey.Said(km, mode, childcare, days, context.config.text("seller.postcode"))
    found = survey.region(context.store, said, template, context.today, context.zone)
    open_ = [one.key for one in found if one.answer is None]
    notes = [f"Without an answer: {', '.join(open_)}."] if open_ else []
    if out is None:
        return Result(
            found,
            notes=[
                *notes,
                "Nothing left this machine; write it with `--out answers.csv` or `.eml`.",
            ],
        )
    if out.lower().endswith(".eml"):
        content = survey.mail(found, language, to)
    elif out == "-" or out.lower().endswith(".csv"):
        content = survey.written(found)
    else:
        raise BadInput(f'cannot write "{out}"', "name it `.csv` or `.eml`")
    place = destination(context, out, force, "answers.csv", text=True)
    if context.interactive and out != "-":
        for one in found:
            context.note(f"{one.question}: {one.answer or '–'} {one.unit or ''}".rstrip())
        context.confirm("Write these answers", default=True)
    place.write(content)
    said_so = "Nothing was sent: it is a file until you send it."
    return place.result(content, Result(found, notes=[*notes, *place.wrote(), said_so]))
