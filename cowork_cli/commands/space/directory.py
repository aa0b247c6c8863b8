"""The verbs that keep the own directory: `cowork space add`, `cowork space edit`, `cowork space remove`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import accounts_of
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import Amenity, Kind, SpaceArgument, app
from cowork_cli.context import Context
from cowork_cli.domain.space import AMENITIES, Space
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import Removed

if TYPE_CHECKING:
    from cowork_cli.services.spaces.directory import SpaceFacts

Prices = Annotated[
    list[str] | None,
    Option("--price", metavar="P", help="day=18, hour=12net, month=150gross; again for more."),
]
Street = Annotated[str | None, Option("--street", help="Street and number.")]
Postcode = Annotated[str | None, Option("--postcode", help="Postcode.")]
City = Annotated[str | None, Option("--city", help="City.")]
Country = Annotated[str | None, Option("--country", help="Country, two letters.")]
Lat = Annotated[float | None, Option("--lat", help="Latitude in degrees.")]
Lon = Annotated[float | None, Option("--lon", help="Longitude in degrees.")]
Email = Annotated[str | None, Option("--email", help="E-mail address.")]
Phone = Annotated[str | None, Option("--phone", help="Telephone number.")]
Website = Annotated[str | None, Option("--website", help="Web site.")]
Hours = Annotated[str | None, Option("--hours", help="Opening hours, such as Mo-Fr 08:00-18:00.")]


Zone = Annotated[
    str | None,
    Option("--timezone", metavar="ZONE", help="Its IANA zone, where that does not follow."),
]


@verb(app, "add", data=Space, short='cowork space add "Alte Mühle" --postcode 14827 --price day=18')
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What it is called.")],
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    country: Country = None,
    lat: Lat = None,
    lon: Lon = None,
    email: Email = None,
    phone: Phone = None,
    website: Website = None,
    hours: Hours = None,
    kind: Kind = None,
    amenity: Amenity = None,
    price: Prices = None,
    timezone: Zone = None,
) -> Result:
    """Add a space to your directory."""
    from cowork_cli.services.spaces import directory

    facts = _facts(
        name=name, street=street, postcode=postcode, city=city, country=country, lat=lat, lon=lon,
        email=email, phone=phone, website=website, hours=hours, kinds=kind, amenities=amenity,
        prices=price, timezone=timezone,
    )  # fmt: skip
    questioned = _question_amenities(context, facts)
    added, notes = directory.add(facts, store=context.store)
    notes = [*notes, *questioned, *_zone_note(context, added)]
    return Result(added, notes=[*notes, f'Next: `cowork desk add {added.ref} "Desk 1"`.'])


@verb(app, "edit", data=Space, short='cowork space edit wiesenburg --hours "Mo-Sa 08:00-20:00"')
def edit(
    context: Context,
    ref: SpaceArgument,
    name: Annotated[str | None, Option("--name", help="What it is called.")] = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    country: Country = None,
    lat: Lat = None,
    lon: Lon = None,
    email: Email = None,
    phone: Phone = None,
    website: Website = None,
    hours: Hours = None,
    kind: Kind = None,
    amenity: Amenity = None,
    price: Prices = None,
    timezone: Zone = None,
) -> Result:
    """Change what is given of a space of your own."""
    from cowork_cli.services.spaces import directory

    facts = _facts(
        name=name, street=street, postcode=postcode, city=city, country=country, lat=lat, lon=lon,
        email=email, phone=phone, website=website, hours=hours, kinds=kind, amenities=amenity,
        prices=price, timezone=timezone,
    )  # fmt: skip
    if facts == directory.SpaceFacts():
        raise UsageError("nothing to change was given", "see `cowork space edit --help`")
    questioned = _question_amenities(context, facts)
    changed, notes = directory.edit(ref, facts, store=context.store)
    return Result(changed, notes=[*notes, *questioned, *_zone_note(context, changed)])


def _question_amenities(context: Context, facts: "SpaceFacts") -> list[str]:
    """Asks about an amenity that looks mistyped; says of another strange one that it is kept."""
    from cowork_cli.services.spaces import directory

    notes = []
    for name, nearest in directory.unknown_amenities(facts, store=context.store).items():
        if nearest is None:
            notes.append(
                f'The amenity "{name}" is not one of {", ".join(AMENITIES)}; kept as given.'
            )
        elif context.interactive or context.options.yes:
            context.confirm(f'"{name}" is not an amenity known here; keep it, not "{nearest}"?')
        else:
            raise BadInput(
                f'"{name}" is not an amenity known here, did you mean "{nearest}"?',
                f"write `--amenity {nearest}`, or keep it as it is with `--yes`",
            )
    return notes


def _zone_note(context: Context, space: Space) -> list[str]:
    """Where its time zone does not follow from what is known: said when it is added."""
    accounts = accounts_of(context)
    accounts.zones.of(space)
    return accounts.zones.said()


def _facts(
    kinds: Sequence[str] | None,
    amenities: Sequence[str] | None,
    prices: Sequence[str] | None,
    **plain: Any,
) -> "SpaceFacts":
    from cowork_cli.domain.amounts import parse_price
    from cowork_cli.services.spaces.directory import SpaceFacts
    from cowork_cli.services.spaces.facts import parse_amenities

    return SpaceFacts(
        **plain,
        kinds=tuple(kinds or ()),
        amenities=parse_amenities(amenities or ()),
        prices=tuple(parse_price(text) for text in prices or ()),
    )


@verb(app, "remove", data=Removed, short='cowork space remove "Alte Mühle"')
def remove(
    context: Context,
    ref: Annotated[str, Argument(metavar="REF", help="Its ref or its exact name.")],
    dry_run: options.DryRun = False,
) -> Result:
    """Take a space and its desks out of your directory."""
    from cowork_cli.services.spaces import directory
    from cowork_cli.services.spaces.facts import counted

    leaving = directory.remove(ref, store=context.store, dry_run=True)
    if dry_run:
        return Result(leaving, notes=[f"{leaving.name} would be removed (--dry-run)."])
    counts = ((leaving.desks, "desk"), (leaving.plans, "plan"), (leaving.visits, "visit"))
    held = " and ".join(counted(number, noun) for number, noun in counts if number)
    context.confirm(f"Remove {leaving.name}{f' with {held}' if held else ''} from your directory?")
    removed = directory.remove(str(leaving.ref), store=context.store, dry_run=False)
    return Result(removed, notes=[f"Removed {removed.name}. Bring it back with `cowork undo`."])
