"""What a line lacks: named with what there is; at a terminal a person picks one of it.

What there is are the names that TAB offers, so nothing is asked of anybody and no store is made.
"""

from cowork_cli.app import NEEDED_UNLESS, lacks
from cowork_cli.commands._markers import Parameter
from cowork_cli.context import Context
from cowork_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.app import Verb

    Known = list[tuple[str, str]]  # as it is typed, and its description

SHOWN = 5
# What an argument holds, by the word that the help shows for it.
_BY_WORD = {
    "CLIENT": "client",
    "CLIENT/ID": "project",
    "PROJECT": "project",
    "DRAFT": "draft",
    "DESK": "desk",
    "SPACE": "space",
    "SPACE|DESK": "space,desk",
    "PLAN": "plan",
    "PERSON": "people",
    "JOB": "job",
    "MEMBER": "team",
}
# Of a noun's own things (ID, REF, NAME), where they are not called as the noun.
_BY_NOUN = {"track": "entry", "tour": "space"}
_NEW_BELOW = ("project", "add")  # names a thing that is there, and one that is not yet
# By verb, where its word would mean another thing.
_BY_VERB = {
    _NEW_BELOW: "client",
    ("invoice", "show"): "draft,invoice",
    ("space", "visit"): "space,visit",
    ("data", "restore"): "backup",
    ("data", "owner"): "person",
    ("invoice", "plan", "show"): "recurring",
    ("invoice", "plan", "edit"): "recurring",
    ("invoice", "plan", "remove"): "recurring",
}
_NAMED_ANEW = (
    "add",
    "import",
    "verify",
    "find",
    "update",
    "restore",
)  # what they name is no thing yet
# What has to be there before.
_NEEDS = {"project": "client", "draft": "client", "entry": "project", "desk": "space", "plan": "space",
          "booking": "desk", "quote": "client", "recurring": "client", "job": "people",
          "feedback": "space"}  # fmt: skip
_FIRST = {
    "client": "cowork client add ID --name NAME",
    "project": "cowork project add CLIENT/NAME",
    "space": "cowork space add NAME --city CITY",
    "desk": "cowork desk add SPACE NAME",
    "draft": "cowork invoice draft CLIENT",
    "quote": "cowork quote add CLIENT --line TEXT --price P",
    "recurring": "cowork invoice plan add CLIENT --every month --line TEXT --price P",
    "booking": "cowork book DESK --on DATE",
    "entry": "cowork start PROJECT",
    "people": "cowork people add NAME",
    "job": "cowork job open NAME --client CLIENT --with PERSON:SHARE",
    "team": "cowork team add NAME",
    "feedback": "cowork feedback add SPACE TEXT",
    "address": "cowork address add NAME --space SPACE",
    "plan": "cowork plan add SPACE NAME",
}


def completed(verb: "Verb", arguments: list[str], context: Context) -> list[str]:
    """The arguments with what a person picked for those that were missing.

    Raises UsageError, which names what there is, where nobody can be asked.
    """
    while lacking := lacks(verb, arguments):
        one = lacking[0]
        kinds = kinds_of(verb.path, one)
        known = _known(kinds, context)
        if one.is_option or not known or verb.path == _NEW_BELOW or not _can_pick(context):
            raise _error(verb, one, kinds, known, arguments, context)
        from cowork_cli.picking import pick

        chosen = pick(context, f"{verb.name} {_word(one)}", known)
        context.note(f"cowork {' '.join((*verb.path, *arguments, _quoted(chosen)))}")
        arguments = [*arguments, chosen]
    return arguments


def kinds_of(path: tuple[str, ...], one: Parameter) -> str:
    """What TAB calls the things that an argument may name, with commas; empty for free words."""
    if one.is_option or len(path) < 2:
        return ""
    if path in _BY_VERB and one.default is not None:
        return _BY_VERB[path]
    word = _word(one)
    if word in _BY_WORD:
        return _BY_WORD[word]
    if word not in ("ID", "REF", "NAME", "NUMBER") or path[1] in _NAMED_ANEW:
        return ""
    return _BY_NOUN.get(path[0], path[0])


def _known(kinds: str, context: Context) -> "Known":
    from cowork_cli.store.completing import offered

    home = context.options.home
    world = {**context.env, "COWORK_HOME": home} if home else context.env
    return list(offered(kinds.split(","), "", world)) if kinds else []


def _first_step(kind: str, context: Context) -> str | None:
    """The command that makes one; of what that needs itself, where there is none of that either."""
    below = _NEEDS.get(kind)
    if below and not _known(below, context):
        return _first_step(below, context)
    return _FIRST.get(kind)


def offers(kinds: str) -> bool:
    """Whether all there is of these kinds is known: else that there is none cannot be said."""
    from cowork_cli.store.names import KINDS

    return set(kinds.split(",")) <= set(KINDS)


def _can_pick(context: Context) -> bool:
    """Whether a person sits at a real terminal; a stand-in of one has no descriptor."""
    import os

    try:
        return context.interactive and os.isatty(context.stdin.fileno())
    except (OSError, ValueError):
        return False


def _error(
    verb: "Verb",
    one: Parameter,
    kinds: str,
    known: "Known",
    arguments: list[str],
    context: Context,
) -> UsageError:
    name = f"{one.on[-1]} {_word(one)}" if one.is_option else _word(one)
    message = f"`{verb.name}` needs {'an' if name[0] in 'AEIO' else 'a'} {name}"
    if known:
        shown = [f"{name} ({said})" if said else name for name, said in known[:SHOWN]]
        more = len(known) - SHOWN
        message += f": {', '.join(shown)}{f' and {more} more' if more > 0 else ''}"
        name = f"{known[0][0]}/NAME" if verb.path == _NEW_BELOW else _quoted(known[0][0])
        line = " ".join([verb.name, *map(_quoted, arguments), name])
        instead = NEEDED_UNLESS.get(verb.path)
        other = f", or give `{instead[1]}`" if instead else ""
        return UsageError(message, f"type for example `{line}`{other}")
    first = _first_step(kinds.partition(",")[0], context)
    if first and offers(kinds):
        return UsageError(f"{message}, and there is none yet", f"begin with `{first}`")
    return UsageError(message, f"for example `{verb.function.example}`; see `{verb.name} --help`")


def _word(one: Parameter) -> str:
    """`DESK` for an argument that the help shows as `[DESK…]`."""
    word = one.marker.metavar or one.name.upper()
    return word.strip("[]").replace("…", "").replace("...", "")


def _quoted(word: str) -> str:
    from cowork_cli.domain.shell_words import shell_word

    return shell_word(word)
