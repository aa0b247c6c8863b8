"""`cowork space map`: spaces on a web page, beside their list."""

from cowork_cli.commands._asking import asking
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import ASKED, Asked, app
from cowork_cli.context import Context
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.output.result import Result
from cowork_cli.output.text import count
from cowork_cli.services.spaces.results import MapMade


@verb(app, "map", data=MapMade, short="cowork space map --near Hamburg --out map.html")
def map_(
    context: Context,
    where: Annotated[
        list[str] | None,
        Argument(metavar="WHERE|REF…", help="A place or a name as in a search, or refs."),
    ] = None,
    limit: Annotated[int, Option("--limit", metavar="N", help="Show at most N.")] = 500,
    tiles: Annotated[
        str | None,
        Option("--tiles", metavar="URL", help="Where map images come from, or none at all."),
    ] = None,
    out: Out = None,
    force: Force = False,
    *,
    asked: Annotated[Asked, ASKED],
) -> Result:
    """Write spaces as a web page with a map; without a place, the whole directory."""
    from cowork_cli.commands.space.search import search
    from cowork_cli.documents.space_map import TILES
    from cowork_cli.services.spaces import mapping
    from cowork_cli.services.spaces.search import attributions

    if out not in (None, "-") and not str(out).lower().endswith((".html", ".htm")):
        raise BadInput(f'"{out}" is no name of a web page', "name it as in `--out map.html`")
    place = destination(context, out, force, "map.html", text=False)
    place.check(b"")
    refs = _refs(where)
    if refs:
        if asked.near is not None:
            raise UsageError("refs and --near were both given", "give one of them")
        found = _named(context, refs)
    else:
        found = search(context, where=where, limit=limit, asked=asked)
    spaces = list(found.records)
    if not spaces:
        return Result(
            problems=found.problems, notes=found.notes, exit_code=found.exit_code, empty=found.empty
        )
    title = f"Spaces near {asked.near}" if asked.near else " ".join(["Spaces", *(where or ())])
    with asking(context) as (accounts, _):
        content = mapping.page(
            spaces,
            title=title,
            zones=accounts.zones,
            now=context.now,
            credits_=attributions(spaces, accounts),
            countries=context.paths.gazetteers(),
            tiles=None if tiles == "none" else tiles or TILES,
        )
    place.write(content)
    nowhere = sum(space.lat is None for space in spaces)
    made = MapMade(place.shown, len(spaces), nowhere)
    notes = [*found.notes, *place.wrote(what=count(len(spaces), "space"))]
    if nowhere:
        notes.append(
            f"{count(nowhere, 'space')} of them have no point: in the list, not on the map."
        )
    if place.path is not None:
        notes.append(f"Open {place.shown} in a browser; it needs no network.")
    return place.result(
        content, Result(made, notes=notes, problems=found.problems, exit_code=found.exit_code)
    )


def _refs(words: list[str] | None) -> list[Ref]:
    """The words as refs, if all of them are some."""
    refs = [Ref.parse(word) for word in words or ()]
    return [ref for ref in refs if ref is not None] if all(refs) else []


def _named(context: Context, refs: list[Ref]) -> Result:
    """The spaces of these refs, once each. Raises NotFound, BadInput."""
    from cowork_cli.services.identifiers import naming
    from cowork_cli.services.spaces import search

    if len(set(refs)) < len(refs):
        raise BadInput("a space was named twice", "name each space once")
    with asking(context) as (accounts, cache):
        spaces = [naming.find_space(context.store, str(ref), cache=cache) for ref in refs]
        return Result(spaces, notes=search.attributions(spaces, accounts))
