"""What a verb may do when an assistant calls it.

READ    done at once.
CHANGE  changes the own store, can be undone: shown first, done when the same call comes with its token.
SPEND   may cost money: needs `max_price`, then as CHANGE; a client that can ask the person asks.
PERSON  ends, removes, pays, sends or writes a file: only the person says yes, through the client.
NEVER   not offered: secrets, settings that run programs, what asks at a terminal, the whole store.

A verb that stands nowhere here is PERSON: who adds one decides whether it is less.
"""

from collections.abc import Collection

READ, CHANGE, SPEND, PERSON, NEVER = "read", "change", "spend", "person", "never"

# Nouns of which only what stands below is offered: secrets, programs that are run, the whole store.
_CLOSED = ("account", "config", "data", "completion")
# By the name of the verb, whatever its noun.
_BY_NAME = {
    READ: {"list", "show", "find", "due", "free", "compare", "calendar"},
    CHANGE: {"add", "edit"},
}
_BY_PATH = {
    READ: {
        "space search", "space map", "space export", "booking export", "address plans",
        "address imprint", "contract letter", "account list", "account show", "config list",
        "track status", "track gaps", "track export", "report hours", "report unbilled",
        "report budget", "report vat", "invoice export", "invoice verify", "account check",
        "config get", "config path", "data path", "data verify", "status", "deadlines", "history",
        "help", "books export", "quote export", "day places", "day reminder", "report origin",
        "people intro", "profile text", "survey export", "team sheet",
    },
    CHANGE: {
        "space visit", "space import", "space sync", "place update", "booking sync",
        "booking checkin", "booking confirm", "standing pause", "standing resume", "address check",
        "address onboard", "address move", "post done", "client import", "track start",
        "track stop", "track resume", "track split", "track join", "track import", "invoice draft",
        "invoice line", "invoice prepaid", "invoice rate", "data backup", "quote line",
        "bank import", "day log", "day place", "people log",
        "people import", "job open", "job hours", "job settle",
    },
    SPEND: {"booking add", "booking move", "standing add", "standing edit", "address register"},
    NEVER: {"standing install", "booking watch", "init", "demo", "prompt", "mcp"},
}  # fmt: skip
# Options with which a verb does more than it does without them.
_MORE = {
    "out": PERSON,
    "send": PERSON,
    "keep": PERSON,
    "force": PERSON,
    "remove": PERSON,
    "issue": PERSON,
}
FETCHING = ("place update", "space sync", "booking sync")
"""Verbs that fetch what there is: to rehearse them would be to do them, and to ask others twice."""
_HIDDEN = ("dry_run", "exec", "open")

_ORDER = (READ, CHANGE, SPEND, PERSON, NEVER)


def is_hidden(path: tuple[str, ...], option: str) -> bool:
    """Whether no tool has the option: the preview is not the assistant's choice, nor are other programs.

    `open` of a list starts nothing: it picks what is open.
    """
    return option in _HIDDEN and (option != "open" or path[-1] != "list")


def power_of(path: tuple[str, ...], given: Collection[str] = ()) -> str:
    """What the verb may do, called with these options."""
    name = " ".join(path)
    power = next((power for power, names in _BY_PATH.items() if name in names), None)
    if power is None and path[0] in _CLOSED:
        power = NEVER
    elif power is None:
        power = next((power for power, names in _BY_NAME.items() if path[-1] in names), PERSON)
    more = [_MORE[option] for option in given if option in _MORE]
    return max([power, *more], key=_ORDER.index)
