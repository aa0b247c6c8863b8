"""A verb as Typer sees it: a command built from the markers on the function's parameters.

Only this module knows Typer. It is loaded where its words are wanted: help texts, usage errors,
lines out of the ordinary, and everything that is generated from the tree of commands.
"""

from collections.abc import Callable
from inspect import Parameter as Declared
from inspect import Signature
from typing import Annotated, Any

import typer
from typer.main import get_command_from_info
from typer.models import CommandInfo

from cowork_cli.commands._markers import (
    Argument,
    Option,
    Parameter,
    Required,
    call,
    parameters_of,
    placed,
)
from cowork_cli.context import Context

TyperException = typer.TyperException


def build(name: str, function: Callable[..., Any], example: str | None) -> Any:
    """The Typer command of a verb; it calls `function` with the Context in Typer's `obj`."""
    info = CommandInfo(
        name=name,
        callback=_as_typer_wants(function),
        epilog=f"Example: {example}" if example else None,
    )
    command: Any = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    command.parameters = parameters_of(function)
    return command


def run(command: Any, name: str, arguments: list[str], context: Context) -> Any:
    """Parses `arguments` and runs the command. Returns what it returns; Typer's errors pass."""
    words = list(placed(command.parameters, arguments))
    with command.make_context(name, words, obj=context) as typer_context:
        return command.invoke(typer_context)


def _as_typer_wants(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that Typer can read: Typer's markers for ours, its context for ours."""

    def callback(typer_context: typer.Context, **values: Any) -> Any:
        return call(function, typer_context.obj, values)

    first = Declared("typer_context", Declared.KEYWORD_ONLY, annotation=typer.Context)
    declared = [first, *(_declared(one) for one in parameters_of(function))]
    callback.__doc__ = function.__doc__
    callback.__signature__ = Signature(declared)  # type: ignore[attr-defined]
    callback.__annotations__ = {each.name: each.annotation for each in declared}
    return callback


def _declared(own: Parameter) -> Declared:
    return Declared(
        own.name,
        Declared.KEYWORD_ONLY,
        default=Declared.empty if own.default is Required else own.default,
        annotation=Annotated[own.annotation, _of_typer(own.marker)],
    )


def _of_typer(marker: Option | Argument) -> Any:
    if isinstance(marker, Option):
        return typer.Option(
            *marker.names,
            metavar=marker.metavar,
            help=marker.help,
            show_default=marker.show_default,
        )
    return typer.Argument(
        metavar=marker.metavar, help=marker.help, show_default=marker.show_default
    )
