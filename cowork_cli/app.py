"""The tree of commands: a table of nouns, each loaded only when it is run.

What a noun is about stands here, so that `cowork --help` imports none of them. Typer's command of a
verb is built when it is asked for; a noun with fourteen verbs costs no more than one with two.
"""

from importlib import import_module

from cowork_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from cowork_cli.commands._markers import Parameter
    from cowork_cli.context import Context

NOUNS: dict[str, str] = {
    "space": "find spaces, keep your own directory of them",
    "place": "look up a town or a postcode, offline",
    "plan": "what spaces charge, kept by hand, and the cheapest mix of it",
    "membership": "what a membership includes, and what is left of it",
    "compare": "a lease beside desks by the day or month",
    "event": "events, trial days and open days",
    "tour": "several spaces on one day, to look at them",
    "desk": "what can be booked in a space",
    "booking": "book, list and cancel desks and rooms",
    "standing": "desks that are booked on the same days of every week",
    "absence": "days off, which no series and no standing order books",
    "address": "virtual-office addresses you hold",
    "contract": "what you agreed, and the last day to send a notice",
    "post": "paper mail, its states and its deadlines",
    "client": "who pays you",
    "project": "what you work on for a client",
    "people": "whom you met, what was asked and given, what came of it",
    "job": "jobs done with others: hours, shares, what is settled",
    "team": "for whom you pay desks, up to which sum",
    "survey": "your own answers on what a region needs, without your name",
    "feedback": "what you tell the operators of spaces",
    "profile": "who you are, for directories",
    "track": "record hours",
    "day": "where the days go: home, space, client, and what follows",
    "trial": "something tried for a while, before and since",
    "report": "hours, days and money, summed up",
    "quote": "what you offer, from the draft to the yes",
    "invoice": "from hours to an issued invoice",
    "expense": "what you spent, with its receipts",
    "bank": "statements of your bank, matched with invoices and expenses",
    "books": "everything for the tax adviser",
    "account": "places to ask: a provider and its settings",
    "provider": "the providers cowork can ask",
    "config": "settings and where they come from",
    "data": "back up, restore and check your data",
    "completion": "TAB completion for your shell",
}
# Verbs of a noun that are named by two words; they stand together in the help of the noun.
BRANCHES: dict[str, str] = {
    "invoice plan": "invoices that are written again in every period",
}
VERBS: dict[str, str] = {
    "init": "set up who you are, guided",
    "status": "timer, bookings, deadlines, overdue invoices",
    "deadlines": "contracts, post, taxes, reviews: what is due, in one list",
    "demo": "the whole job on sample data, in a throwaway home",
    "undo": "take back the last change",
    "redo": "take back the last undo",
    "history": "what was changed, when, by which command",
    "prompt": "the running timer, for a shell prompt",
    "mcp": "the commands as tools of an assistant",
    "help": "topics: json, columns, exit-codes, environment, times, providers, words",
}
SHORTCUTS: dict[str, tuple[str, str]] = {
    "search": ("space", "search"),
    "book": ("booking", "add"),
    "start": ("track", "start"),
    "stop": ("track", "stop"),
}
# An argument that has to be there unless an option stands for it.
NEEDED_UNLESS: dict[tuple[str, ...], tuple[str, str]] = {
    ("invoice", "issue"): ("draft", "--all"),
    ("desk", "free"): ("things", "--near"),
}
# Verbs of the root that share a module.
_MODULES = {"undo": "history", "redo": "history", "init": "setup", "help": "topics"}


class Verb:
    """One command: its long name, the function behind it, and what the function is given."""

    def __init__(self, path: tuple[str, ...], function: "Any"):
        from cowork_cli.commands._markers import parameters_of

        self.path = path
        self.function = function
        self.parameters: list[Parameter] = parameters_of(function)
        self._command: Any = None

    @property
    def name(self) -> str:
        """As it is typed: `cowork track stop`."""
        return "cowork " + " ".join(self.path)

    @property
    def command(self) -> "Any":
        """Typer's command, which knows the help and every way to be wrong. Built on first use."""
        if self._command is None:
            from cowork_cli.typer_command import build

            self._command = build(self.path[-1], self.function, self.function.example)
        return self._command

    @property
    def value_options(self) -> set[str]:
        """The spellings of options that take a value."""
        return {name for one in self.parameters if one.takes_value for name in one.on}

    @property
    def option_names(self) -> set[str]:
        """The spellings of all options."""
        return {name for one in self.parameters for name in (*one.on, *one.off)}


def module_of(word: str) -> "Any":
    """The module of a noun or of a verb of the root. Raises UsageError for another word."""
    if word not in NOUNS and word not in VERBS:
        raise _unknown("command", word, [*NOUNS, *VERBS, *SHORTCUTS], "cowork --help")
    return import_module(f"cowork_cli.commands.{_MODULES.get(word, word)}")


def verbs_of(noun: str, only: str | None = None) -> "dict[str, Any]":
    """The function of each verb of a noun.

    Of a noun in several parts, `only` loads the part that holds this one verb.
    """
    module = module_of(noun)
    parts: dict[str, str] = getattr(module, "PARTS", {})
    wanted = [parts[only]] if only in parts else dict.fromkeys(parts.values())
    for part in wanted:
        import_module(f"{module.__name__}.{part}")
    order = parts or module.app
    return {name: module.app[name] for name in order if name in module.app}


def find(path: tuple[str, ...]) -> Verb:
    """The command of a long name. Raises UsageError naming the nearest one."""
    if len(path) == 1:
        if path[0] in VERBS:
            return Verb(path, verbs_of(path[0])[path[0]])
        raise _unknown("command", path[0], [*NOUNS, *VERBS, *SHORTCUTS], "cowork --help")
    noun, *words = path
    name = " ".join(words)
    verbs = verbs_of(noun, only=name)
    if name not in verbs:
        above = " ".join(path[:-1])
        known = dict.fromkeys(
            verb.split()[len(path) - 2] for verb in verbs if _is_below(verb, words)
        )
        raise _unknown(f"{above} command", words[-1], list(known), f"cowork {above} --help")
    return Verb(path, verbs[name])


def _is_below(verb: str, words: "list[str]") -> bool:
    """Whether a verb of the noun stands where the last of these words was looked for."""
    return verb.split()[: len(words) - 1] == words[:-1] and len(verb.split()) >= len(words)


def all_verbs() -> "Iterator[Verb]":
    """Every command, for what is generated from them. Loads every module."""
    for noun in NOUNS:
        for name in verbs_of(noun):
            yield find((noun, *name.split()))
    for name in VERBS:
        yield find((name,))


def verb_words(path: tuple[str, ...]) -> dict[str, str]:
    """What can follow a noun or a group, with its meaning; the verbs of a group are one row."""
    noun, *group = path
    rows: dict[str, str] = {}
    for name, function in verbs_of(noun).items():
        words = name.split()
        if words[: len(group)] != group:
            continue
        word, *more = words[len(group) :]
        text = (function.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        rows.setdefault(word, BRANCHES[" ".join((*path, word))] if more else text)
    return rows


def nearest(word: str, known: list[str]) -> str:
    """`, did you mean "x"?` or nothing."""
    from cowork_cli.domain.spelling import guess

    return guess(word, known)


def _unknown(what: str, word: str, known: list[str], help_command: str) -> UsageError:
    return UsageError(
        f'there is no {what} "{word}"{nearest(word, known)}', f"list them with `{help_command}`"
    )


def lacks(verb: Verb, arguments: list[str]) -> "list[Parameter]":
    """What a line lacks that is right but for that."""
    from cowork_cli.binding import missing

    name, instead = NEEDED_UNLESS.get(verb.path, ("", ""))
    given = {word.partition("=")[0] for word in arguments}
    return missing(verb.parameters, arguments, "" if instead in given else name)


_CHOOSE = frozenset(("list", "find", "search", "free", "due", "gaps", "map", "sheet", "history"))
"""Verbs whose options choose what is shown; where something is changed, an empty word may take a fact away."""


def invoke(verb: Verb, arguments: list[str], context: "Context") -> "Any":
    """Runs the verb and returns what it returns. Typer sees only lines out of the ordinary.

    Raises UsageError where what is to be shown is chosen by a word of nothing (`--client "$CLIENT"` of a
    script): left out in silence it would show everything.
    """
    from cowork_cli.binding import bind, without_a_word
    from cowork_cli.commands._markers import call

    chooses = verb.path[-1] in _CHOOSE or verb.path[0] == "report"
    if chooses and (empty := without_a_word(verb.parameters, arguments)) is not None:
        option = empty.on[0]
        raise UsageError(
            f"{option} is empty, and chooses nothing",
            f"leave it out, or give a value: `{option} {empty.marker.metavar or 'WORD'}`",
        )
    values = bind(verb.parameters, arguments)
    if values is not None:
        return call(verb.function, context, values)
    from cowork_cli.typer_command import run

    return run(verb.command, verb.name, arguments, context)
