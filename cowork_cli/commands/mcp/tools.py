"""A verb as a tool: what a call may hold, what comes back, and the command line that a call stands for."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from cowork_cli.commands._markers import Parameter, Required
from cowork_cli.commands.mcp.powers import CHANGE, NEVER, PERSON, READ, SPEND, is_hidden, power_of
from cowork_cli.domain.json_schema import Schema, schema_of
from cowork_cli.errors import UsageError
from cowork_cli.records import dataclass

CONFIRM = "confirm"
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_FIRST = {
    READ: "",
    CHANGE: " Shows first what it would change; call it again with the token `confirm` to do it.",
    SPEND: " May cost money: needs `max_price`, and shows first what it would book.",
    PERSON: " Only the person can allow it: the client asks.",
}


@dataclass(frozen=True, slots=True)
class Tool:
    """A verb that is offered. `parameters` are its options and arguments by the name in a call."""

    verb: Any
    parameters: Mapping[str, Parameter]

    @property
    def name(self) -> str:
        """`space_search`; letters and `_` only, as clients want it."""
        return "_".join(self.verb.path).replace("-", "_")

    @property
    def power(self) -> str:
        """What it may do at least."""
        return power_of(self.verb.path)

    @property
    def description(self) -> str:
        """The help of the verb, and what happens first."""
        text = " ".join((self.verb.function.__doc__ or "").split())
        example = self.verb.function.example
        shown = f" Example: `{example}`." if example else ""
        return f"{text}{shown}{_FIRST[self.power]}"

    @property
    def can_rehearse_itself(self) -> bool:
        """Whether the verb has a dry run of its own."""
        return any(one.name == "dry_run" for one in self.verb.parameters)

    def input_schema(self) -> Schema:
        """What a call may hold."""
        required = [
            name
            for name, one in self.parameters.items()
            if one.default is Required or (self.power == SPEND and name == "max_price")
        ]
        properties: Schema = {name: _value(one) for name, one in self.parameters.items()}
        if self.power in (CHANGE, SPEND):
            properties[CONFIRM] = {
                "type": "string",
                "description": "The token of the preview of this very call.",
            }
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def output_schema(self) -> Schema:
        """The document that comes back: the envelope of `--json`, its notes, and a preview's token."""
        data = schema_of(self.verb.function.data_type)
        if self.verb.function.data_many:
            data = {"type": "array", "items": data}
        text, words = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
        return {
            "type": "object",
            "properties": {
                "cowork": {"type": "integer"},
                "command": words,
                "status": {"enum": ["ok", "partial", "error"]},
                "exit_code": {"type": "integer"},
                "data": {"anyOf": [data, {"type": "object"}, {"type": "array"}, {"type": "null"}]},
                "truncated": {"type": "boolean"},
                "problems": {"type": "array", "items": {"type": "object"}},
                "notes": words,
                "preview": {"type": "boolean"},
                CONFIRM: {"anyOf": [text, {"type": "null"}]},
            },
            "required": ["status", "exit_code", "data", "problems", "preview"],
        }

    def words(self, given: Mapping[str, Any]) -> list[str]:
        """The words of the command line that a call stands for. Raises UsageError."""
        options: list[str] = []
        places: list[str] = []
        for name in given:
            if name not in self.parameters:
                raise UsageError(f"{self.name} takes no {name}", f"it takes {self._known()}")
        for name, one in self.parameters.items():
            if given.get(name) is None:
                if one.default is Required:
                    raise UsageError(f"{self.name} needs {name}", one.marker.help or None)
            elif one.is_option:
                options += _option(name, one, given[name])
            else:
                places += [str(item) for item in _listed(name, one, given[name])]
        dashed = any(word.startswith("-") for word in places)
        return [*self.verb.path, *options, *(["--"] if dashed else []), *places]

    def _known(self) -> str:
        return ", ".join(self.parameters) or "nothing"


def offered(only: tuple[str, ...] = ()) -> dict[str, Tool]:
    """Every verb that an assistant may be offered, by the name of its tool. Raises UsageError."""
    tree = import_module("cowork_cli.app")
    for noun in only:
        if noun not in tree.NOUNS and noun not in tree.VERBS:
            raise UsageError(f'there is no command "{noun}"', "list them with `cowork --help`")
    tools = (Tool(verb, dict(_parameters(verb))) for verb in tree.all_verbs())
    return {
        tool.name: tool
        for tool in tools
        if tool.power != NEVER and (not only or tool.verb.path[0] in only)
    }


def _parameters(verb: Any) -> Iterator[tuple[str, Parameter]]:
    for one in verb.parameters:
        long = [name for name in one.on if name.startswith("--")]
        name = long[0][2:].replace("-", "_") if long else one.name.strip("_")
        if not is_hidden(verb.path, name):
            yield name, one


def _value(one: Parameter) -> Schema:
    schema: Schema = {"type": _TYPES[one.kind]}
    if one.many:
        schema = {"type": "array", "items": schema}
    metavar = one.marker.metavar
    said = f"{metavar}: {one.marker.help}" if metavar else one.marker.help
    return {**schema, "description": said} if said else schema


def _option(name: str, one: Parameter, value: Any) -> list[str]:
    spelling = next((word for word in one.on if word.startswith("--")), one.on[0])
    if one.kind is bool:
        if not isinstance(value, bool):
            raise UsageError(f"{name} is true or false", None)
        return [spelling] if value else one.off[:1]
    return [f"{spelling}={item}" for item in _listed(name, one, value)]


def _listed(name: str, one: Parameter, value: Any) -> list[Any]:
    items = value if one.many and isinstance(value, list) else [value]
    for item in items:
        if isinstance(item, bool) or not isinstance(item, str | int | float):
            raise UsageError(f"{name} is not what it should be: {_TYPES[one.kind]}", None)
    return items
