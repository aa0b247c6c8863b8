"""The verbs of `cowork space`, and the arguments they share."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app
from cowork_cli.domain.space import AMENITIES, KINDS

app = new_app()

SpaceArgument = Annotated[
    str, Argument(metavar="REF", help="A ref, a name, or the beginnings of its words.")
]
Kind = Annotated[
    list[str] | None,
    Option("--kind", metavar="KIND", help=f"{', '.join(KINDS)}; again for more."),
]
Amenity = Annotated[
    list[str] | None,
    Option("--amenity", metavar="A", help=f"{', '.join(AMENITIES)} …; again for more."),
]
