"""The fields of a record as options of a command, from their one declaration."""

from cowork_cli.commands._markers import Annotated, Option, Several

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cowork_cli.domain.fields import Field

Since = Annotated[str | None, Option("--from", metavar="DATE", help="First day of the rate.")]
Rename = Annotated[
    str | None, Option("--rename", metavar="NEWID", help="Another id; all else stays.")
]


_TYPES: "dict[str, Any]" = {"bool": bool | None, "number": float | None, "many": list[str] | None}


def field_options(declared: "Sequence[Field]") -> Several:
    """An option for each field; together they are one parameter, None for a field not given."""
    return Several(parameters(declared), lambda context, words: words)


def parameters(declared: "Sequence[Field]") -> "dict[str, tuple[Any, Any]]":
    """The parameter of each field, by its name, with its default: for a verb that has more beside them."""
    return {field.name: (_annotation(field), None) for field in declared}


def _annotation(field: "Field") -> "Any":
    return Annotated[
        _TYPES.get(field.kind, str | None),
        Option(field.option, *field.also, metavar=field.metavar, help=field.help),
    ]
