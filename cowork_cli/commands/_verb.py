"""Registering a verb: its Typer command, and the type of the data it returns.

The type is what `cowork help json` documents, so no verb is without one.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import typer

from cowork_cli.context import Context
from cowork_cli.output.result import Result

Command = TypeVar("Command", bound=Callable[..., Result])


def new_app() -> typer.Typer:
    """The Typer app of one noun."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def verb(
    app: typer.Typer,
    name: str,
    *,
    data: type,
    many: bool = False,
    short: str | None = None,
    takes_entry: bool = False,
) -> Callable[[Command], Command]:
    """Registers the function as `name`. `data` is the type it returns, `many` a list of them.

    `short` is an example line shown under the help text. `takes_entry`: an argument may be `-3`, the
    third last entry; for every other verb it is a word like any other.
    """

    def register(function: Command) -> Command:
        function.data_type = data  # type: ignore[attr-defined]
        function.data_many = many  # type: ignore[attr-defined]
        function.takes_entry = takes_entry  # type: ignore[attr-defined]
        app.command(name, epilog=f"Example: {short}" if short else None, no_args_is_help=False)(
            function
        )
        return function

    return register


def office(ctx: typer.Context) -> Context:
    """The context that the funnel put into Typer's."""
    context: Any = ctx.obj
    assert isinstance(context, Context)
    return context
