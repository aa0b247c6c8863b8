"""The verbs that keep the own directory: `cowork space add`, `cowork space edit`, `cowork space remove`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cowork_cli.commands import _options as options
from cowork_cli.commands._asking import accounts_of, asking
from cowork_cli.commands._fields import field_options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import verb
from cowork_cli.commands.space._app import SpaceArgument, app
from cowork_cli.context import Context
from cowork_cli.domain.fields import SPACE
from cowork_cli.domain.space import AMENITIES, NotedSpace
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.output.result import Result
from cowork_cli.output.text import count
from cowork_cli.services.spaces.results import Removed

if TYPE_CHECKING:
    from cowork_cli.domain.space import Space
    from cowork_cli.services.spaces.directory import SpaceFacts


@verb(
    app,
    "add",
    data=NotedSpace,
    short='cowork space add "Alte Mühle" --postcode 14827 --price day=18',
)
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What it is called.")],
    *,
    fields: Annotated["dict[str, Any]", field_options(SPACE)],
) -> Result:
    """Add a space to your directory."""
    from cowork_cli.services.spaces import directory
    from cowork_cli.services.spaces.notes import noted

    facts = _facts(name, fields)
    questioned = _question_amenities(context, facts)
    added, notes = directory.add(facts, store=context.store)
    notes = [*notes, *questioned, *_zone_note(context, added)]
    record = noted(added, store=context.store)
    return Result(record, notes=[*notes, f'Next: `cowork desk add {added.ref} "Desk 1"`.'])


@verb(
    app, "edit", data=NotedSpace, short='cowork space edit wiesenburg --hours "Mo-Sa 08:00-20:00"'
)
def edit(
    context: Context,
    ref: SpaceArgument,
    name: Annotated[str | None, Option("--name", help="What it is called.")] = None,
    remove_note: Annotated[
        list[str] | None,
        Option("--remove-note", metavar="N", help="Take out a note, by its number in space show."),
    ] = None,
    *,
    fields: Annotated["dict[str, Any]", field_options(SPACE)],
) -> Result:
    """Change what is given of a space of your own, `none` takes it away; notes of any."""
    from cowork_cli.services.spaces import directory
    from cowork_cli.services.spaces.notes import noted

    if name is not None and not name.strip():
        raise BadInput("a space needs a name", "give it, as in `--name Hafen`")
    facts = _facts(name, fields, remove_note)
    if facts == directory.SpaceFacts():
        raise UsageError("nothing to change was given", "see `cowork space edit --help`")
    questioned = _question_amenities(context, facts)
    with asking(context) as (_, cache):
        changed, notes = directory.edit(ref, facts, store=context.store, cache=cache)
    zone = _zone_note(context, changed) if facts.beyond_notes else []
    record = noted(changed, store=context.store)
    return Result(record, notes=[*notes, *questioned, *zone])


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


def _zone_note(context: Context, space: "Space") -> list[str]:
    """Where its time zone does not follow from what is known: said when it is added."""
    accounts = accounts_of(context)
    accounts.zones.of(space)
    return accounts.zones.said()


def _facts(
    name: str | None, fields: "dict[str, Any]", without_notes: "Sequence[str] | None" = None
) -> "SpaceFacts":
    from cowork_cli.domain.amounts import parse_price
    from cowork_cli.services.spaces.directory import SpaceFacts
    from cowork_cli.services.spaces.facts import parse_amenities
    from cowork_cli.services.spaces.notes import lines, numbers

    many = {field.name: fields.pop(field.name) or () for field in SPACE if field.kind == "many"}
    cleared = {key for key, value in fields.items() if isinstance(value, str) and _is_none(value)}
    for key, plural in (("kind", "kinds"), ("amenity", "amenities"), ("price", "prices")):
        said = [text for text in many[key] if not _is_none(text)]
        if len(said) < len(many[key]):
            cleared.add(plural)
        many[key] = said
    return SpaceFacts(
        **{key: None if key in cleared else value for key, value in fields.items()},
        cleared=frozenset(cleared),
        name=name,
        kinds=tuple(many["kind"]),
        amenities=parse_amenities(many["amenity"]),
        prices=tuple(parse_price(text) for text in many["price"]),
        notes=lines(many["note"]),
        without_notes=numbers(without_notes or ()),
    )


def _is_none(text: str) -> bool:
    """Whether a fact is taken away, as with clients and people."""
    return text.strip().lower() in ("", "none")


@verb(app, "remove", data=Removed, short='cowork space remove "Alte Mühle"')
def remove(
    context: Context,
    ref: Annotated[str, Argument(metavar="REF", help="Its ref or its exact name.")],
    dry_run: options.DryRun = False,
) -> Result:
    """Take a space and its desks out of your directory."""
    from cowork_cli.services.spaces import directory

    leaving = directory.remove(ref, store=context.store, dry_run=True)
    if dry_run:
        return Result(leaving, notes=[f"{leaving.name} would be removed (--dry-run)."])
    counts = (
        (leaving.desks, "desk"),
        (leaving.plans, "plan"),
        (leaving.visits, "visit"),
        (leaving.notes, "note"),
    )
    held = " and ".join(count(number, noun) for number, noun in counts if number)
    context.confirm(f"Remove {leaving.name}{f' with {held}' if held else ''} from your directory?")
    removed = directory.remove(str(leaving.ref), store=context.store, dry_run=False)
    return Result(removed, notes=[f"Removed {removed.name}. Bring it back with `cowork undo`."])
