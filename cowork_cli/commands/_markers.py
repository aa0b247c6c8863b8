"""What a verb says of its parameters: the names, the value and the meaning of an option or argument.

The markers stand in the annotations: `note: Annotated[str | None, Option("--note", help="…")] = None`.
They are all there is of a command line. `binding` reads a plain line by them, and Typer's own objects
are built from them (`typer_command`) where Typer is wanted: for help, errors and what is generated.

A keystroke waits for this module, so it loads nothing: `Annotated` is that of `typing` for who checks
the types, and a pair of type and marker for who runs the program.
"""

__all__ = [
    "Annotated",
    "Argument",
    "Option",
    "Parameter",
    "Required",
    "Several",
    "call",
    "parameters_of",
    "place_of",
    "placed",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Annotated, Any

    from cowork_cli.context import Context
else:

    class Annotated:
        """`Annotated[type, marker]` is the pair of both."""

        def __class_getitem__(cls, pair):
            return pair


class Option:
    """An option: its spellings (`-n`, `--dry-run`; `--yes/--no` for both ways of a flag).

    `metavar` stands for its value in the help, which also shows the default unless told not to. One that
    stands `after` another belongs to the last of those on the line; its values say to which (`place_of`).
    """

    __slots__ = ("after", "help", "metavar", "names", "show_default")

    def __init__(
        self,
        *names: str,
        metavar: str | None = None,
        help: str = "",
        show_default: bool = True,
        after: str | None = None,
    ):
        self.names = names
        self.after = after
        self.metavar = metavar
        self.help = help
        self.show_default = show_default


class Argument:
    """A positional argument; a list takes all the words that are left."""

    __slots__ = ("help", "metavar", "show_default")

    def __init__(self, *, metavar: str | None = None, help: str = "", show_default: bool = True):
        self.metavar = metavar
        self.help = help
        self.show_default = show_default


def place_of(value: str) -> tuple[int, str]:
    """Of a value of an option with `after`: how many of those stood before it, and the value itself."""
    place, mark, text = value.partition(PLACED)
    return (int(place), text) if mark else (1, value)


PLACED = "\x1f"


class Several:
    """Options that make one value together: `make` is given the context and what each of them is.

    `options` is annotation and default of each, by name, as if they were parameters of the verb.
    """

    __slots__ = ("make", "options")

    def __init__(
        self,
        options: "Mapping[str, tuple[Any, Any]]",
        make: "Callable[[Context, dict[str, Any]], Any]",
    ):
        self.options = options
        self.make = make


class Required:
    """Stands for the default of a parameter that has none."""


class Parameter:
    """One option or argument of a verb. `kind` is the type of its value, None of it set aside.

    `on` are the spellings of an option, `off` those by which a flag says no.
    """

    __slots__ = ("annotation", "default", "kind", "many", "marker", "name", "off", "on")

    def __init__(self, name: str, pair: "tuple[Any, Any]", default: "Any"):
        self.name = name
        self.annotation, self.marker = pair
        self.default = default
        self.kind, self.many = _KINDS[self.annotation]
        names = self.marker.names if self.is_option else ()
        self.on = [spelling.partition("/")[0] for spelling in names]
        self.off = [spelling.partition("/")[2] for spelling in names if "/" in spelling]

    @property
    def is_option(self) -> bool:
        """Whether it is named on the line; else its place tells."""
        return type(self.marker) is Option

    @property
    def takes_value(self) -> bool:
        """Whether it is an option with a value, not a flag."""
        return self.is_option and self.kind is not bool


def placed(parameters: "Sequence[Parameter]", words: "Sequence[str]") -> "Sequence[str]":
    """The words with a mark on each value of an option that belongs to the one it stands after.

    `--line A --qty 2 --line B` → the 2 belongs to the first line: neither reader keeps that order.
    """
    valued = {name: one for one in parameters if one.takes_value for name in one.on}
    openers = {one.marker.after for one in valued.values() if one.marker.after}
    if not openers:
        return words
    counts = dict.fromkeys(openers, 0)
    found: list[str] = []
    left = iter(words)
    for word in left:
        found.append(word)
        name, equals, value = word.partition("=")
        if word == "--":
            return [*found, *left]
        if name not in valued or (equals and not name.startswith("--")):
            continue
        after = valued[name].marker.after
        if name in counts:
            counts[name] += 1
        if equals and after:
            found[-1] = f"{name}={counts[after]}{PLACED}{value}"
        elif not equals:
            following = next(left, None)
            if following is not None:
                found.append(f"{counts[after]}{PLACED}{following}" if after else following)
    return found


_KINDS: "dict[Any, tuple[type, bool]]" = {
    **{kind: (kind, False) for kind in (str, int, float, bool)},
    **{kind | None: (kind, False) for kind in (str, int, float, bool)},
    list[str]: (str, True),
    list[str] | None: (str, True),
}


def parameters_of(function: "Callable[..., Any]") -> "list[Parameter]":
    """The options and arguments of a verb in their order; those of a `Several` come last."""
    own: list[Parameter] = []
    added: list[Parameter] = []
    for name, pair in _marked(function):
        if isinstance(pair[1], Several):
            several = pair[1].options.items()
            added += [Parameter(name, one, default) for name, (one, default) in several]
        else:
            own.append(Parameter(name, pair, _default(function, name)))
    return own + added


def call(function: "Callable[..., Any]", context: "Context", values: "dict[str, Any]") -> "Any":
    """Calls a verb with the values of its options and arguments; who is not named has its default."""
    for name, (_, marker) in _marked(function):
        if isinstance(marker, Several):
            words = {
                option: values.pop(option, default)
                for option, (_, default) in marker.options.items()
            }
            values[name] = marker.make(context, words)
    return function(context, **values)


def _marked(function: "Callable[..., Any]") -> "list[tuple[str, tuple[Any, Any]]]":
    """Each parameter but the context, with the pair of its annotation."""
    annotations = function.__annotations__
    return [(name, pair) for name, pair in annotations.items() if type(pair) is tuple]


def _default(function: "Callable[..., Any]", name: str) -> "Any":
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    if name in positional:
        defaults = function.__defaults__ or ()
        place = positional.index(name) - len(positional) + len(defaults)
        return defaults[place] if place >= 0 else Required
    return (function.__kwdefaults__ or {}).get(name, Required)
