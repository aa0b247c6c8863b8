"""The answers to TAB: `_names KIND[,KIND…] [PREFIX]`, a line for each name with its description.

Names of your own come from `state/names.tsv`, places from the gazetteer's index, accounts from the
settings, backups from their folder; what changes with every command, the hours, from the store itself.
Whatever goes wrong, a shell line is not disturbed: nothing is said then.
"""

import os
import sys

from cowork_cli.store.names import printable, when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Said = Iterable[tuple[str, str]]

SHORTEST_INSIDE = 3  # two letters stand inside of nearly every name
LAST_ENTRIES = 60
_NAMED = ("space", "desk")  # what is offered by its name where no other bears it


def print_names(words: "list[str]", env: "Mapping[str, str]") -> int:
    """Prints the matching names for a completion script. Never fails."""
    kinds = words[0].split(",") if words else []
    prefix = words[1] if len(words) > 1 else ""
    for name, description in offered(kinds, prefix, env):
        sys.stdout.write(f"{name}\t{description}\n")
    sys.stdout.flush()
    return 0


def offered(
    kinds: "list[str]", prefix: str, env: "Mapping[str, str]"
) -> "Iterator[tuple[str, str]]":
    """The things of some kinds that begin so, as they are typed and described. Never fails."""
    for answer in (_own, *(_OTHERS[kind] for kind in kinds if kind in _OTHERS)):
        try:
            for name, description in answer(kinds, prefix, env):
                if name.isprintable():
                    yield name, printable(description)
        except Exception:  # a missing, odd or locked file must not break somebody's shell line
            continue


# ---- names of your own


def _own(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    """The things of one's own: those whose id begins so, then those whose name does, then inside it.

    A space or a desk is offered by its name where the name was begun, if no other bears it; else by
    its ref.
    """
    if all(kind in _OTHERS for kind in kinds):
        return []
    from cowork_cli.paths import locate

    with open(locate(env).names_path, encoding="utf-8") as file:
        lines = file.read().split("\n")[1:]
    rows = [(*line.split("\t"), "")[:4] for line in lines if line.count("\t") >= 2]
    return ranked([(kind, *cells) for kind, *cells in rows if kind in kinds], prefix)


def ranked(rows: "list[tuple[str, ...]]", prefix: str) -> "Said":
    """Of rows of kind, id, description and name those that fit what was typed, the likeliest first."""
    start = prefix.casefold()
    found = [(0, id_, said) for _, id_, said, _ in rows if id_.casefold().startswith(start)]
    if start:
        found += _by_name(rows, prefix, {id_ for _, id_, _ in found})
    return [(name, said) for now in RANKS for rank, name, said in found if rank == now]


def _by_name(
    rows: "list[tuple[str, ...]]", prefix: str, taken: "set[str]"
) -> "Iterator[tuple[int, str, str]]":
    from cowork_cli.store.place_names import key_of

    key = key_of(prefix)
    bearers: dict[str, int] = {}
    for _, _, said, name in rows:
        called = (name or said).casefold()
        bearers[called] = bearers.get(called, 0) + 1
    for kind, id_, said, name in rows:
        rank = _rank(key_of(said), key)
        if not rank or id_ in taken:
            continue
        called = name or said
        only = kind in _NAMED and bearers[called.casefold()] == 1
        if only and _can_be_typed(called, prefix):
            yield (
                rank,
                called,
                id_ if called == said else f"{said.removeprefix(f'{called}, ')}, {id_}",
            )
        else:
            yield rank, id_, said


def _can_be_typed(name: str, prefix: str) -> bool:
    """Whether a shell takes the name for what was begun: it drops what does not hold the letters typed.

    `muehle` was not typed for `Mühle`; its ref holds it. A name like an option would be taken for one.
    """
    return prefix.casefold() in name.casefold() and name.isprintable() and name[0] not in "-~"


RANKS = range(4)


def _rank(folded: str, key: str) -> int:
    """1: the name begins so; 2: a word of it does; 3: it stands inside; 0: not at all."""
    if not key:
        return 0
    if folded.startswith(key):
        return 1
    if f" {key}" in folded:
        return 2
    return 3 if len(key) >= SHORTEST_INSIDE and key in folded else 0


# ---- hours, straight from the store


def _entries(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    """The last entries with their day, times, project and note, the newest first."""
    from cowork_cli.store.peek import rows

    found = rows(
        env,
        "SELECT 'e-' || e.id, e.from_at, e.to_at, e.timezone, c.slug || '/' || p.slug, e.note "
        "FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
        f"ORDER BY e.from_at DESC LIMIT {LAST_ENTRIES}",
    )
    return ranked(
        [
            ("entry", id_, "  ".join(filter(None, (when(*times), project, note))), "")
            for id_, *times, project, note in found
        ],
        prefix,
    )


def _tags(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    from cowork_cli.store.peek import rows

    found = rows(env, "SELECT DISTINCT tags FROM entries WHERE tags <> ''")
    tags = {tag for (cell,) in found for tag in cell.split(",")}
    return [(tag, "") for tag in sorted(tags) if tag.casefold().startswith(prefix.casefold())]


def _workplaces(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    from cowork_cli.store.peek import rows

    found = rows(env, "SELECT DISTINCT place FROM entries WHERE place IS NOT NULL ORDER BY place")
    return [(place, "") for (place,) in found if place.casefold().startswith(prefix.casefold())]


def _persons(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    from cowork_cli.store.peek import rows

    found = rows(
        env,
        "SELECT person FROM entries UNION SELECT person FROM changes "
        "UNION SELECT person FROM bookings UNION SELECT value FROM meta WHERE key = 'owner' ORDER BY 1",
    )
    return [
        (person, "") for (person,) in found
        if person and person.casefold().startswith(prefix.casefold())
    ]  # fmt: skip


# ---- places, accounts, backups


def _places(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    from cowork_cli.paths import locate
    from cowork_cli.store.place_names import beginning

    known = beginning(prefix)
    folder = locate(env).places_path
    abroad = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in abroad:
        if name.endswith(".tsv") and not name.startswith("."):
            known += beginning(prefix, os.path.join(folder, name))
    return known


def _accounts(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    """Those that stand in the settings, with their provider; the built-in ones stand in the script."""
    from cowork_cli.paths import locate

    paths = locate(env)
    found: dict[str, str] = {}
    for path in (paths.config_path, paths.settings_path):
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8") as file:
            name = ""
            for line in map(str.strip, file):
                if line.startswith("["):
                    inside = line.startswith("[accounts.") and line.endswith("]")
                    name = line[10:-1].strip("\"'") if inside else ""
                    found |= {name: found.get(name, "")} if name else {}
                elif name and line.partition("=")[0].strip() == "provider":
                    found[name] = line.partition("=")[2].strip().strip("\"'")
    return [(name, said) for name, said in sorted(found.items()) if name.startswith(prefix)]


def _backups(kinds: "list[str]", prefix: str, env: "Mapping[str, str]") -> "Said":
    """The files in the folder of backups, the newest first: their name is enough to restore one."""
    from cowork_cli.paths import locate

    folder = locate(env).backups_path
    names = [name for name in os.listdir(folder) if not name.startswith(".")]
    ages = sorted(
        ((os.stat(os.path.join(folder, name)).st_mtime, name) for name in names), reverse=True
    )
    for _, name in ages:
        if name.startswith(prefix):
            yield name, f"{os.stat(os.path.join(folder, name)).st_size // 1000 + 1} kB"


_OTHERS: "dict[str, Callable[[list[str], str, Mapping[str, str]], Said]]" = {
    "entry": _entries,
    "tag": _tags,
    "workplace": _workplaces,
    "person": _persons,
    "place": _places,
    "account": _accounts,
    "backup": _backups,
}
