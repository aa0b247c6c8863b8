"""`cowork space`: find spaces, keep your own directory of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import asking, euro
from cowork_cli.commands._markers import Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.space import AMENITIES, KINDS, Space
from cowork_cli.errors import BadInput, ExitCode, UsageError
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import Exported, ImportReport, Removed, SpaceDetails

if TYPE_CHECKING:
    from cowork_cli.services.spaces.directory import SpaceFacts
    from cowork_cli.services.spaces.search import Found, Wanted

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


@verb(app, "search", data=Space, many=True, short="cowork space search --near Hamburg --radius 5")
def search(
    context: Context,
    where: Annotated[
        str | None, Argument(metavar="WHERE", help="A place, or the name of a space.")
    ] = None,
    near: Annotated[
        str | None, Option("--near", metavar="PLACE", help="A place, postcode or LAT,LON.")
    ] = None,
    radius: Annotated[float, Option("--radius", metavar="KM", help="Kilometres around it.")] = 10.0,
    kind: Kind = None,
    amenity: Amenity = None,
    open_on: Annotated[
        str | None, Option("--open-on", metavar="DATE", help="Open on that day.")
    ] = None,
    at: Annotated[str | None, Option("--at", metavar="HH:MM", help="Open at that time.")] = None,
    max_price: Annotated[
        str | None, Option("--max-price", metavar="EUR", help="At most this price.")
    ] = None,
    per: Annotated[
        str | None, Option("--per", metavar="hour|day|month", help="Which price counts.")
    ] = None,
    account: Annotated[
        list[str] | None, Option("--account", metavar="NAME", help="Ask only this account.")
    ] = None,
    sort: Annotated[
        str, Option("--sort", metavar="BY", help="distance, price or name.")
    ] = "distance",
    limit: Annotated[int, Option("--limit", metavar="N", help="Show at most N.")] = 20,
    offline: Annotated[bool, Option("--offline", help="Ask nobody online.")] = False,
    refresh: Annotated[
        bool,
        Option(
            "--refresh",
            help="Ask again, however fresh the last answer is (no effect yet: each search asks).",
        ),
    ] = False,
) -> Result:
    """Find spaces around a place, or of a name."""
    from cowork_cli.domain.phrases import parse_clock, parse_date
    from cowork_cli.services.spaces import search as spaces

    if offline and refresh:
        raise UsageError("--offline and --refresh contradict each other", "give one of them")
    wanted = spaces.Wanted(
        where=where,
        near=near,
        radius_km=radius,
        kinds=tuple(kind or ()),
        amenities=tuple(word.lower() for word in amenity or ()),
        open_on=parse_date(open_on, context.today, planned=True) if open_on else None,
        at=parse_clock(at) if at else None,
        max_price=euro(max_price, "--max-price"),
        per=per,
        accounts=tuple(account or ()),
        sort=sort,
        limit=limit,
        offline=offline,
    )
    _check(wanted)
    with asking(context) as (accounts, cache):
        found = spaces.search(
            wanted, store=context.store, accounts=accounts, cache=cache, today=context.today
        )
    return Result(
        found.spaces,
        notes=found.notes,
        problems=found.problems,
        exit_code=ExitCode.PARTIAL if found.problems else ExitCode.DONE,
        truncated=found.truncated,
        empty=_nothing(wanted, found),
    )


def _check(wanted: "Wanted") -> None:
    from cowork_cli.services.spaces.directory import check_kinds
    from cowork_cli.services.spaces.search import SORTS

    check_kinds(wanted.kinds)
    if wanted.where is not None and wanted.near is not None:
        raise UsageError("WHERE and --near were both given", "give one place")
    if not 0 < wanted.radius_km <= 1000:
        raise BadInput(f"--radius {wanted.radius_km:g} is not between 0 and 1000 km")
    if wanted.limit < 1:
        raise BadInput(f"--limit {wanted.limit} shows nothing", "give `--limit 20`")
    if wanted.per not in (None, "hour", "day", "month"):
        raise BadInput(f'--per "{wanted.per}" is not a unit', "choose of hour, day, month")
    if wanted.sort not in SORTS:
        raise BadInput(f'--sort "{wanted.sort}" is not an order', f"choose of {', '.join(SORTS)}")


def _nothing(wanted: "Wanted", found: "Found") -> str:
    if found.place is None:
        return (
            "Your directory holds no such space. Add one with `cowork space add NAME`, bring in a "
            "file with `cowork space import FILE`, or name a place: `cowork space search Hamburg`."
        )
    narrowed = wanted.kinds or wanted.amenities or wanted.max_price or wanted.open_on or wanted.at
    such = "such space" if narrowed else "space"
    return (
        f"No {such} is known within {wanted.radius_km:g} km of {found.place}. "
        f"Look further with `--radius {wanted.radius_km * 3:g}`, or bring in a file with "
        "`cowork space import FILE`."
    )


@verb(app, "show", data=SpaceDetails, short="cowork space show wiesenburg")
def show(context: Context, ref: SpaceArgument) -> Result:
    """Show all that is known of a space."""
    from cowork_cli.services.spaces import search as spaces

    with asking(context) as (accounts, cache):
        found = spaces.details(
            ref, store=context.store, accounts=accounts, cache=cache, now=context.now
        )
        lines = spaces.attributions([found], accounts)
    return Result(found, notes=lines)


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
) -> Result:
    """Add a space to your directory."""
    from cowork_cli.services.spaces import directory

    facts = _facts(
        name=name, street=street, postcode=postcode, city=city, country=country, lat=lat, lon=lon,
        email=email, phone=phone, website=website, hours=hours, kinds=kind, amenities=amenity,
        prices=price,
    )  # fmt: skip
    added, notes = directory.add(facts, store=context.store)
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
) -> Result:
    """Change what is given of a space of your own."""
    from cowork_cli.services.spaces import directory

    facts = _facts(
        name=name, street=street, postcode=postcode, city=city, country=country, lat=lat, lon=lon,
        email=email, phone=phone, website=website, hours=hours, kinds=kind, amenities=amenity,
        prices=price,
    )  # fmt: skip
    if facts == directory.SpaceFacts():
        raise UsageError("nothing to change was given", "see `cowork space edit --help`")
    changed, notes = directory.edit(ref, facts, store=context.store)
    return Result(changed, notes=notes)


def _facts(
    kinds: Sequence[str] | None,
    amenities: Sequence[str] | None,
    prices: Sequence[str] | None,
    **plain: Any,
) -> "SpaceFacts":
    from cowork_cli.domain.amounts import parse_price
    from cowork_cli.services.spaces.directory import SpaceFacts, parse_amenities

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

    found = directory.remove(ref, store=context.store, dry_run=True)
    if dry_run:
        return Result(found, notes=[f"{found.name} would be removed (--dry-run)."])
    desks = f" with {directory.counted(found.desks, 'desk')}" if found.desks else ""
    context.confirm(f"Remove {found.name}{desks} from your directory?")
    found = directory.remove(str(found.ref), store=context.store, dry_run=False)
    return Result(found, notes=[f"Removed {found.name}. Bring it back with `cowork undo`."])


@verb(app, "import", data=ImportReport, short="cowork space import hamburg.overpass.json")
def import_(
    context: Context,
    file: Annotated[str, Argument(metavar="FILE", help="Overpass JSON, GeoJSON or CSV.")],
    dry_run: options.DryRun = False,
) -> Result:
    """Bring a file of spaces into your directory; again, it updates."""
    from pathlib import Path

    from cowork_cli.providers import registry
    from cowork_cli.services.spaces.importing import OSM, import_file

    report = import_file(Path(file), store=context.store, dry_run=dry_run)
    notes = [f"Skipped {row.ref}: {row.name or 'it'} {_why(row)}." for row in report.skipped[:5]]
    if len(report.skipped) > 5:
        notes.append(f"… and {len(report.skipped) - 5} more; see them with `--json`.")
    if report.format == "overpass" or any(row.ref.startswith(OSM) for row in report.skipped):
        notes.append(registry.source(OSM).attribution or "")
    if dry_run:
        notes.append("Nothing was changed (--dry-run).")
    return Result(report, notes=notes)


def _why(row: Any) -> str:
    reason: str = row.reason
    return (
        reason
        if reason.startswith("has ")
        else f"is {reason}"
        if " tagged" in reason
        else f"– {reason}"
    )


@verb(app, "export", data=Exported, short="cowork space export --format csv --out spaces.csv")
def export(
    context: Context,
    format_: Annotated[
        str, Option("--format", metavar="F", help="geojson, csv or json.")
    ] = "geojson",
    out: Out = None,
    force: Force = False,
) -> Result:
    """Write your directory to a file or to stdout."""
    from cowork_cli.providers import registry
    from cowork_cli.services.spaces import directory
    from cowork_cli.services.spaces.importing import OSM
    from cowork_cli.store import spaces

    content, changed = directory.exported(format_, store=context.store)
    lines = [f"For spreadsheets, {cell}." for cell in changed]
    lines += [registry.source(OSM).attribution or ""] if b"osm:" in content else []
    place = destination(context, out, force, f"spaces.{format_}", text=True)
    place.write(content)
    count = len(spaces.names(context.store))
    said = place.wrote(what=directory.counted(count, "space"))
    done = Exported(place.shown, format_, count)
    return place.result(content, Result(done, notes=[*said, *lines]))
