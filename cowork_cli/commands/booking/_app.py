"""The verbs of `cowork booking`, and the argument they share."""

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app

app = new_app()

BookingArgument = Annotated[
    str, Argument(metavar="ID", help="b-12, its ref, or the name of its desk.")
]
