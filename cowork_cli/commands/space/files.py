"""`cowork space import` and `cowork space export`: the own directory from and to files."""

from typing import Any

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import app
from cowork_cli.context import Context
from cowork_cli.output.result import Result
from cowork_cli.output.text import count
from cowork_cli.services.spaces.results import Exported, ImportReport


@verb(app, "import", data=ImportReport, short="cowork space import hamburg.overpass.json")
def import_(
    context: Context,
    file: Annotated[
        str, Argument(metavar="FILE", help="Overpass JSON, GeoJSON or CSV; - is stdin.")
    ],
    amenity: Annotated[
        list[str] | None,
        Option("--amenity", metavar="A", help="Store this one too; again for more."),
    ] = None,
    dry_run: options.DryRun = False,
) -> Result:
    """Bring a file of spaces into your directory; again, it updates."""
    from cowork_cli.commands._in import file_of
    from cowork_cli.providers import registry
    from cowork_cli.services.spaces.facts import amenity_named
    from cowork_cli.services.spaces.importing import OSM, import_file

    report = import_file(
        file_of(context, file),
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
    from cowork_cli.services.spaces.importing import OSM
    from cowork_cli.store import spaces

    content, changed = directory.exported(format_, store=context.store)
    lines = [f"For spreadsheets, {cell}." for cell in changed]
    lines += [registry.source(OSM).attribution or ""] if b"osm:" in content else []
    place = destination(context, out, force, f"spaces.{format_}", text=True)
    place.write(content)
    written = len(spaces.names(context.store))
    said = place.wrote(what=count(written, "space"))
    done = Exported(place.shown, format_, written)
    return place.result(content, Result(done, notes=[*said, *lines]))
