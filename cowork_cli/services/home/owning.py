"""`data owner`: whose the records are that name nobody; and what a machine is told when it says who sits there."""

from __future__ import annotations

from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import BadInput, Conflict, NotAllowed, RuleBroken
from cowork_cli.records import dataclass
from cowork_cli.store import persons

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the records are that name nobody. `before` was it until now; `joined` counts entries and records
    of the day log that stood under the owner's name beside them, and are among them now."""

    owner: str
    before: str | None
    joined: int
    dry_run: bool


def planned(store: Store, name: str, *, dry_run: bool = False) -> Owner:
    """What `make` would do. Raises BadInput for no name."""
    person = " ".join(name.split())
    if not person:
        raise BadInput("a name is missing", "as in `cowork data owner anna`")
    return Owner(person, store.owner, persons.count_under(store, person), dry_run)


def make(store: Store, owner: Owner) -> None:
    """Makes that person the owner. Raises Conflict where what is joined does not fit, NotAllowed."""
    try:
        with store.transaction():
            persons.make_owner(store, owner.owner)
    except RuleBroken as broken:
        raise Conflict(
            f"what {owner.owner} recorded by name does not fit to what names nobody: {broken.message}; "
            "nothing was changed",
            f"look at both: `cowork track list --person {shell_word(owner.owner)}`, `cowork track list`",
        ) from broken
    except NotAllowed as error:
        raise NotAllowed(error.message, "whoever made the store says whose it is") from error


def told(store: Store, name: str) -> list[str]:
    """What who says that `name` sits here should know of what was recorded before. Claims a free file."""
    if store.journal.founder:
        with store.transaction():
            persons.found(store, name)
        return [f"What was recorded so far is {name}'s."] if persons.has_records(store) else []
    return [*_of_another(store, name)]


def _of_another(store: Store, name: str) -> list[str]:
    owner = store.owner
    if owner == name:
        return []
    whose = f"is {owner}'s" if owner else "names nobody"
    return [
        f"What was recorded without a name {whose}, and stays so; what is recorded from now on is "
        f"{name}'s. If that is the same person: `cowork data owner {shell_word(name)}`."
    ]
