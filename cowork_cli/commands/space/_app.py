"""The verbs of `cowork space`, and the arguments they share."""

from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app
from cowork_cli.domain.space import AMENITIES, KINDS
from cowork_cli.errors import BadInput

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
Near = Annotated[
    str | None, Option("--near", metavar="PLACE", help="A place, postcode or LAT,LON.")
]
Radius = Annotated[float, Option("--radius", metavar="KM", help="Kilometres around it.")]
OpenOn = Annotated[str | None, Option("--open-on", metavar="DATE", help="Open on that day.")]
At = Annotated[str | None, Option("--at", metavar="HH:MM", help="Open at that time.")]
MaxPrice = Annotated[str | None, Option("--max-price", metavar="EUR", help="At most this price.")]
Per = Annotated[str | None, Option("--per", metavar="hour|day|month", help="Which price counts.")]
OnlyAccount = Annotated[
    list[str] | None, Option("--account", metavar="NAME", help="Ask only this account.")
]
Offline = Annotated[bool, Option("--offline", help="Ask nobody online.")]


def check_radius(radius_km: float) -> None:
    """Raises BadInput for a circle that holds nothing, or half a continent."""
    if not 0 < radius_km <= 1000:
        raise BadInput(
            f"--radius {radius_km:g} is not between 0 and 1000 km", "give kilometres, `--radius 25`"
        )
