"""The fields of a client or a project as options of a command, from their one declaration."""

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


def field_options(declared: "Sequence[Field]") -> Several:
    """An option for each field; together they are one parameter, None for a field not given."""
    options = {field.name: (_annotation(field), None) for field in declared}
    return Several(options, lambda context, words: words)


def _annotation(field: "Field") -> "Any":
    kind = bool | None if field.kind == "bool" else str | None
    return Annotated[kind, Option(field.option, metavar=field.metavar, help=field.help)]
