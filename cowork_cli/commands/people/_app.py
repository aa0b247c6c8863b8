"""The app of `cowork people`, and what its parts share."""

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app

app = new_app()

PersonArgument = Annotated[str, Argument(metavar="PERSON", help="person-3, or a name.")]
