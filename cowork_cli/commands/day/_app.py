"""The verbs of `cowork day`, and the day that most of them are about."""

from datetime import date

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app
from cowork_cli.context import Context
from cowork_cli.errors import BadInput

app = new_app()

DayArgument = Annotated[str | None, Argument(metavar="[DATE]", help="Default: today.")]


def day_of(context: Context, text: str | None) -> date:
    """The day that was typed, today without one. Raises BadInput for a day to come."""
    if text is None:
        return context.today
    from cowork_cli.domain.phrases import parse_date

    day = parse_date(text, context.today, planned=False)
    if day > context.today:
        raise BadInput(f"{day} is in the future", "a day is logged when it is over, or on it")
    return day
