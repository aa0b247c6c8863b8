"""`cowork space`: find spaces, keep your own directory of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import accounts_of, asking, disclosure_of, euro
from cowork_cli.commands._markers import Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.space import AMENITIES, KINDS, Space
from cowork_cli.errors import BadInput, UsageError, exit_code_of
from cowork_cli.output.result import Result
from cowork_cli.services.spaces.results import (
    Exported,
    ImportReport,
    Region,
    Removed,
    SpaceDetails,
)

if TYPE_CHECKING:
    from cowork_cli.services.spaces.directory import SpaceFacts
    from cowork_cli.services.spaces.narrowing import Filters
    from cowork_cli.services.spaces.request import SearchRequest

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


Zone = Annotated[
    str | None,
    Option("--timezone", metavar="ZONE", help="Its IANA zone, where that does not follow."),
]


@verb(app, "search", data=Space, many=True, short="cowork space search --near Hamburg --radius 5")
def search(
    context: Context,
    where: Annotated[
        list[str] | None,
        Argument(metavar="WHERE", help="A place, or the name of a space; words are joined."),
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
            help="Ask online again, however fresh the last answer is (7 days).",
        ),
    ] = False,
) -> Result:
    """Find spaces around a place, or of a name."""
    from cowork_cli.services.spaces import search as searching
    from cowork_cli.services.spaces.request import SearchRequest
    from cowork_cli.services.spaces.where import resolve

    typed = " ".join(where).strip() if where else None
    _check(typed, near, radius, limit, per, sort)
    if offline and refresh:
        raise UsageError("--offline and --refresh contradict each other", "give one of them")
    filters = _filters(context, kind, amenity, open_on, at, max_price, per)
    with asking(context) as (accounts, cache):
        request = SearchRequest(
            where=resolve(typed, near, radius, store=context.store, cache=cache),
            filters=filters,
            accounts=tuple(account or ()),
            sort=sort,
            limit=limit,
            offline=offline,
            refresh=refresh,
        )
        answer = searching.search(
            request,
            store=context.store,
            accounts=accounts,
            cache=cache,
            today=context.today,
            disclosure=disclosure_of(context),
        )
    return Result(
        answer.spaces,
        notes=answer.notes,
        problems=answer.problems,
        exit_code=exit_code_of(answer.problems, done=True),
        truncated=answer.truncated,
        empty=_nothing(request),
    )


def _filters(
    context: Context,
    kind: list[str] | None,
    amenity: list[str] | None,
    open_on: str | None,
    at: str | None,
    max_price: str | None,
    per: str | None,
) -> "Filters":
    from cowork_cli.domain.phrases import parse_clock, parse_date
    from cowork_cli.services.spaces.facts import amenity_named, check_kinds
    from cowork_cli.services.spaces.narrowing import Filters

    return Filters(
        kinds=check_kinds(kind or ()),
        amenities=tuple(dict.fromkeys(amenity_named(word) for word in amenity or ())),
        open_on=parse_date(open_on, context.today, planned=True) if open_on else None,
        at=parse_clock(at) if at else None,
        max_price=euro(max_price, "--max-price"),
        per=per,
    )


def _check(
    typed: str | None, near: str | None, radius: float, limit: int, per: str | None, sort: str
) -> None:
    from cowork_cli.services.spaces.narrowing import SORTS

    if typed is not None and near is not None:
        raise UsageError(
            "WHERE and --near were both given", f'give one place, as in `--near "{near} {typed}"`'
        )
    check_radius(radius)
    if limit < 1:
        raise BadInput(f"--limit {limit} shows nothing", "give `--limit 20`")
    if per not in (None, "hour", "day", "month"):
        raise BadInput(f'--per "{per}" is not a unit', "choose of hour, day, month")
    if sort not in SORTS:
        raise BadInput(f'--sort "{sort}" is not an order', f"choose of {', '.join(SORTS)}")


def check_radius(radius_km: float) -> None:
    """Raises BadInput for a circle that holds nothing, or half a continent."""
    if not 0 < radius_km <= 1000:
        raise BadInput(
            f"--radius {radius_km:g} is not between 0 and 1000 km", "give kilometres, `--radius 25`"
        )


def _nothing(request: "SearchRequest") -> str:
    from cowork_cli.services.spaces.where import Around

    where = request.where
    if not isinstance(where, Around):
        return (
            "Your directory holds no such space. Add one with `cowork space add NAME`, bring in a "
            "file with `cowork space import FILE`, or name a place: `cowork space search Hamburg`."
        )
    such = "such space" if request.filters.narrow else "space"
    return (
        f"No {such} is known within {where.radius_km:g} km of {where.name}. "
        f"Look further with `--radius {min(1000, where.radius_km * 3):g}`, or bring in a file with "
        "`cowork space import FILE`."
    )


@verb(app, "show", data=SpaceDetails, short="cowork space show wiesenburg")
def show(context: Context, ref: SpaceArgument) -> Result:
    """Show all that is known of a space."""
    from cowork_cli.services.spaces import search as searching

    with asking(context) as (accounts, cache):
        space = searching.details(
            ref, store=context.store, accounts=accounts, cache=cache, now=context.now
        )
        notes = [*accounts.zones.said(), *searching.attributions([space], accounts)]
    return Result(space, notes=notes)


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
    desks = f" with {counted(leaving.desks, 'desk')}" if leaving.desks else ""
    context.confirm(f"Remove {leaving.name}{desks} from your directory?")
    removed = directory.remove(str(leaving.ref), store=context.store, dry_run=False)
    return Result(removed, notes=[f"Removed {removed.name}. Bring it back with `cowork undo`."])


@verb(app, "import", data=ImportReport, short="cowork space import hamburg.overpass.json")
def import_(
    context: Context,
    file: Annotated[str, Argument(metavar="FILE", help="Overpass JSON, GeoJSON or CSV.")],
    amenity: Annotated[
        list[str] | None,
        Option("--amenity", metavar="A", help="Store this one too; again for more."),
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Bring a file of spaces into your directory; again, it updates."""
    from pathlib import Path

    from cowork_cli.providers import registry
    from cowork_cli.services.spaces.facts import amenity_named
    from cowork_cli.services.spaces.importing import OSM, import_file

    report = import_file(
        Path(file),
        store=context.store,
        dry_run=dry_run,
        keep_amenities=[amenity_named(word) for word in amenity or ()],
    )
    notes = _reading(report)
    notes += [f"Skipped {row.ref}: {row.name or 'it'} {_why(row)}." for row in report.skipped[:5]]
    if len(report.skipped) > 5:
        notes.append(f"… and {len(report.skipped) - 5} more; see them with `--json`.")
    if report.format == "overpass" or any(row.ref.startswith(OSM) for row in report.skipped):
        notes.append(registry.source(OSM).attribution or "")
    if dry_run:
        notes.append("Nothing was changed (--dry-run).")
    return Result(report, notes=notes)


def _reading(report: ImportReport) -> list[str]:
    """How the columns were read, and what was not stored."""
    notes = []
    if report.format == "csv":
        used = ", ".join(
            name if name == meaning else f"{name} ({meaning.rstrip(':')})"
            for name, meaning in report.used.items()
        )
        notes.append(f"Columns used: {used}.")
    if report.not_used:
        notes.append(f"Columns not used: {', '.join(report.not_used)}.")
    for strange in report.unknown_amenities:
        guess = f", did you mean {strange.nearest}?" if strange.nearest else "."
        notes.append(
            f'The amenity "{strange.name}" is not known here and was not stored{guess}'
            f' Store it too with `--amenity "{strange.name}"`.'
        )
    return notes


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
    from cowork_cli.services.spaces.facts import counted
    from cowork_cli.services.spaces.importing import OSM
    from cowork_cli.store import spaces

    content = directory.exported(format_, store=context.store)
    lines = [registry.source(OSM).attribution or ""] if b"osm:" in content else []
    place = destination(context, out, force, f"spaces.{format_}", text=True)
    place.write(content)
    count = len(spaces.names(context.store))
    said = place.wrote(what=counted(count, "space"))
    done = Exported(place.shown, format_, count)
    return place.result(content, Result(done, notes=[*said, *lines]))


@verb(app, "sync", data=Region, short="cowork space sync --near Berlin --radius 50")
def sync(
    context: Context,
    near: Annotated[str, Option("--near", metavar="PLACE", help="A place, postcode or LAT,LON.")],
    radius: Annotated[float, Option("--radius", metavar="KM", help="Kilometres around it.")] = 50.0,
    account: Annotated[
        list[str] | None, Option("--account", metavar="NAME", help="Fetch only from this account.")
    ] = None,
    refresh: Annotated[
        bool, Option("--refresh", help="Fetch again also what is there already.")
    ] = False,
) -> Result:
    """Fetch a region to this machine; interrupted, it goes on where it stopped."""
    from cowork_cli.services.spaces.syncing import sync as fetch
    from cowork_cli.services.spaces.where import around

    check_radius(radius)
    with asking(context) as (accounts, cache):
        region = around(near, radius)
        done, problems = fetch(
            region,
            tuple(account or ()),
            accounts=accounts,
            cache=cache,
            now_s=context.store.now_s,
            tell=context.note,
            disclosure=disclosure_of(context),
            anew=refresh,
        )
        lines = [accounts.attribution(row.account) for row in done if row.spaces]
    held = Region(
        region.name, region.lat, region.lon, radius, sum(row.spaces for row in done), tuple(done)
    )
    notes = [line for line in lines if line]
    if problems:
        notes.append("Type the same line again later: it goes on where it stopped.")
    return Result(held, notes=notes, problems=problems, exit_code=exit_code_of(problems, done=True))
