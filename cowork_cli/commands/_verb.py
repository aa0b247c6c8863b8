"""Registering a verb: its name, and the type of the data it returns.

The type is what `cowork help json` documents, so no verb is without one.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from cowork_cli.output.result import Result

    Command = TypeVar("Command", bound=Callable[..., Result])


def new_app() -> "dict[str, Callable[..., Result]]":
    """The verbs of one noun, by name."""
    return {}


def verb(
    app: "dict[str, Callable[..., Result]]",
    name: str,
    *,
    data: type,
    many: bool = False,
    short: str | None = None,
    takes_entry: bool = False,
    rows: str | None = None,
    offline: bool = False,
) -> "Callable[[Command], Command]":
    """Registers the function as `name`. `data` is the type it returns, `many` a list of them.

    `short` is an example line shown under the help text. `takes_entry`: an argument may be `-3`, the
    third last entry; for every other verb it is a word like any other. `rows` names the type of the records
    that plain output and CSV show, where `data` is one object around a list of them. `offline`: it can do
    with the local copy of a store on a server that is out of reach; of what it writes, hours alone wait there.
    """

    def register(function: "Command") -> "Command":
        function.data_type = data  # type: ignore[attr-defined]
        function.data_many = many  # type: ignore[attr-defined]
        function.takes_entry = takes_entry  # type: ignore[attr-defined]
        function.row_type = rows or data.__name__  # type: ignore[attr-defined]
        function.offline = offline  # type: ignore[attr-defined]
        function.example = short  # type: ignore[attr-defined]
        app[name] = function
        return function

    return register
