"""A verb as Typer sees it: a command built from the markers on the function's parameters.

Only this module knows Typer. It is loaded where its words are wanted: help texts, usage errors,
lines out of the ordinary, and everything that is generated from the tree of commands.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

import typer
from typer.main import get_command_from_info
from typer.models import CommandInfo

from cowork_cli.commands._markers import Argument, Option
from cowork_cli.context import Context

TyperException = typer.TyperException


def build(name: str, function: Callable[..., Any], example: str | None) -> Any:
    """The Typer command of a verb; it calls `function` with the Context in Typer's `obj`."""
    info = CommandInfo(
        name=name,
        callback=_as_typer_wants(function),
        epilog=f"Example: {example}" if example else None,
    )
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


def run(command: Any, name: str, arguments: list[str], context: Context) -> Any:
    """Parses `arguments` and runs the command. Returns what it returns; Typer's errors pass."""
    with command.make_context(name, arguments, obj=context) as typer_context:
        return command.invoke(typer_context)


def _as_typer_wants(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that Typer can read: Typer's markers for ours, its context for ours."""
    own = inspect.signature(function, eval_str=True).parameters.values()
    parameters = [_parameter(each) for each in own]

    def callback(typer_context: typer.Context, **values: Any) -> Any:
        return function(typer_context.obj, **values)

    callback.__doc__ = function.__doc__
    callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    callback.__annotations__ = {each.name: each.annotation for each in parameters}
    return callback


def _parameter(own: inspect.Parameter) -> inspect.Parameter:
    if own.annotation is Context:
        return own.replace(name="typer_context", annotation=typer.Context)
    assert get_origin(own.annotation) is Annotated, f"{own.name} has no marker"
    kind, marker = get_args(own.annotation)
    return own.replace(annotation=Annotated[kind, _of_typer(marker)])


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
