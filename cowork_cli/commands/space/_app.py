"""The verbs of `cowork space`, and the arguments they share."""

from cowork_cli.commands._markers import Annotated, Argument, Option, Several
from cowork_cli.commands._verb import new_app
from cowork_cli.domain.space import AMENITIES, KINDS
from cowork_cli.records import dataclass

app = new_app()

SpaceArgument = Annotated[
    str, Argument(metavar="REF", help="A ref, a name, or the beginnings of its words.")
]
Near = Annotated[
    str | None, Option("--near", metavar="PLACE", help="A place, postcode or LAT,LON.")
]
Radius = Annotated[float, Option("--radius", metavar="KM", help="Kilometres around it.")]
Offline = Annotated[bool, Option("--offline", help="Ask nobody online.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of spaces, as it was typed; the fields are the options."""

    near: str | None
    radius: float
    kind: list[str] | None
    amenity: list[str] | None
    open_on: str | None
    at: str | None
    max_price: str | None
    per: str | None
    account: list[str] | None
    offline: bool


_Text, _Several = str | None, list[str] | None
ASKED = Several(
    {
        "near": (Near, None),
        "radius": (Radius, 10.0),
        "kind": (
            Annotated[_Several, Option("--kind", metavar="KIND", help=f"{', '.join(KINDS)}; again for more.")],
            None,
        ),
        "amenity": (
            Annotated[_Several, Option("--amenity", metavar="A", help=f"{', '.join(AMENITIES)} …; again for more.")],
            None,
        ),
        "open_on": (
            Annotated[_Text, Option("--open-on", metavar="DATE", help="Open on that day.")], None
        ),
        "at": (Annotated[_Text, Option("--at", metavar="HH:MM", help="Open at that time.")], None),
        "max_price": (
            Annotated[_Text, Option("--max-price", metavar="EUR", help="At most this price.")], None
        ),
        "per": (
            Annotated[_Text, Option("--per", metavar="hour|day|month", help="Which price counts.")],
            None,
        ),
        "account": (
            Annotated[_Several, Option("--account", metavar="NAME", help="Ask only this account.")],
            None,
        ),
        "offline": (Offline, False),
    },
    lambda context, words: Asked(**words),
)  # fmt: skip
"""The options by which `space search` and `space map` choose spaces."""
