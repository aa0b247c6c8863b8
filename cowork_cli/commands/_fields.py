"""The fields of a client or a project as options of a command, from their one declaration."""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar, cast

from cowork_cli.commands._markers import Option
from cowork_cli.context import Context
from cowork_cli.domain.fields import Field
from cowork_cli.output.result import Result

Command = TypeVar("Command", bound=Callable[..., Result])

Since = Annotated[str | None, Option("--from", metavar="DATE", help="First day of the rate.")]
Rename = Annotated[
    str | None, Option("--rename", metavar="NEWID", help="Another id; all else stays.")
]


def with_fields(declared: Sequence[Field]) -> Callable[[Command], Command]:
    """Gives a command an option for each field; its parameter `fields` holds them, None: not given."""
    options = {field.name: _annotation(field) for field in declared}

    def decorate(function: Command) -> Command:
        signature = inspect.signature(function, eval_str=True)
        own = [each for name, each in signature.parameters.items() if name != "fields"]
        added = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation
            )
            for name, annotation in options.items()
        ]

        def command(context: Context, **values: Any) -> Result:
            fields = {name: values.pop(name) for name in options}
            return function(context, fields=fields, **values)

        command.__doc__, command.__name__ = function.__doc__, function.__name__
        command.__module__ = function.__module__
        command.__signature__ = signature.replace(parameters=[*own, *added])  # type: ignore[attr-defined]
        named = {each.name: each.annotation for each in (*own, *added)}
        command.__annotations__ = {**named, "return": Result}
        return cast(Command, command)

    return decorate


def _annotation(field: Field) -> Any:
    kind = bool | None if field.kind == "bool" else str | None
    return Annotated[kind, Option(field.option, metavar=field.metavar, help=field.help)]
