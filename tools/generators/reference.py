"""The pages of `docs/reference/`: each says what the code says, in the order of the code."""

import inspect
from collections.abc import Iterable

from cowork_cli import app, errors
from cowork_cli.commands._field_types import fields_of, type_name
from cowork_cli.commands.topics import ENVIRONMENT, plain_columns
from cowork_cli.config import SETTINGS
from cowork_cli.providers.base import CAPABILITIES
from cowork_cli.providers.registry import COMMON_SETTINGS, PROVIDERS, SettingSpec
from tools.generators.tree import GLOBALS, NOUNS, SHORTCUTS, Command, Option, of_noun, of_root

MADE = "<!-- Made by tools/generate.py: change the code, not this page. -->"


def commands(tree: tuple[Command, ...]) -> str:
    """Every command with its arguments and options."""
    lines = _page("Commands", "`cowork [GLOBAL] NOUN VERB [THING…] [--options]`")
    lines += ["## Global flags", "", "They may stand anywhere on the line before `--`.", ""]
    lines += [*_options(GLOBALS), ""]
    lines += ["## Short forms", "", *_table(("short", "long"), _shortcuts()), ""]
    for noun, text in NOUNS.items():
        lines += [f"## {noun}", "", _sentence(text), ""]
        for row in of_noun(tree, noun):
            lines += _command(row)
    lines += ["## Without a noun", ""]
    for row in of_root(tree):
        lines += _command(row)
    return _text(lines)


def usage(row: Command) -> str:
    """`cowork track add [OPTIONS] PROJECT [NOTE]`."""
    words = ["cowork", *row.path]
    if row.options:
        words.append("[OPTIONS]")
    for argument in row.arguments:
        name = argument.metavar + ("…" if argument.many and "…" not in argument.metavar else "")
        words.append(name if argument.required else f"[{name}]")
    return " ".join(words)


def options_spelled(option: Option) -> str:
    """`-o, --output FORM`, with `…` where it may be given again."""
    value = f" {option.metavar}" if option.metavar else ""
    return ", ".join(option.names) + value + ("…" if option.repeated else "")


def json_fields(tree: tuple[Command, ...]) -> str:
    """The fields of the data of every command."""
    lines = _page(
        "JSON",
        "With `--json`, stdout holds one document, also on failure. `data` is what this page lists "
        "for each command; it is `null` on error. `notes` holds the lines that are said beside the data "
        "(the range of a report, what it leaves out), and is left out where nothing is said. Within "
        "version 1 fields are only added.",
    )
    lines += [
        "```json",
        '{"cowork": 1, "command": ["space", "search"], "status": "ok", "exit_code": 0,',
        ' "data": [], "truncated": false,',
        ' "problems": [{"code": "auth-rejected", "message": "…", "hint": "…", "account": "…"}]}',
        "```",
        "",
    ]
    for row in tree:
        kind = "A list of objects." if row.data_many else "One object."
        fields = list(fields_of(row.data_type))
        lines += [f"## {row.name}", ""]
        if [name for name, _ in fields] == ["data"]:
            shown = type_name(row.data_type)
            lines += [f"{'A list of' if row.data_many else 'One'} {shown}.", ""]
        else:
            lines += [kind, "", *_table(("field", "type"), _coded(fields)), ""]
    return _text(lines)


def columns(_tree: tuple[Command, ...]) -> str:
    """The columns of plain output and CSV of every command."""
    lines = _page(
        "Columns",
        "In a pipe every record is a line, its cells parted by tabs, in this order; with `--header` the "
        "names come first, as in CSV. New columns are added at the end alone. An amount of money is "
        "there twice: as it is read (`12.50 EUR`), and further on as amount and currency. "
        "`cowork help columns NOUN [VERB]` says the same.",
    )
    named = [
        (f"`{' '.join(verb.path)}`", ", ".join(plain_columns(verb.function)))
        for verb in app.all_verbs()
    ]
    return _text([*lines, *_table(("command", "columns"), named)])


def exit_codes(_tree: tuple[Command, ...]) -> str:
    """The exit codes, and the errors of each."""
    lines = _page("Exit codes", "What a script can rely on.")
    meanings = [(str(int(code)), meaning) for code, meaning in errors.MEANINGS.items()]
    lines += [*_table(("exit", "meaning"), meanings), ""]
    lines += [
        "## Errors",
        "",
        "The code stands in `problems[].code` of the JSON document. An error below another one is a "
        "narrower case of it.",
        "",
    ]
    rows = []
    for depth, kind in error_tree():
        meaning = (inspect.getdoc(kind) or "").partition("\n")[0]
        rows.append(("&nbsp;" * 4 * depth + f"`{kind.code}`", str(int(kind.exit_code)), meaning))
    return _text([*lines, *_table(("code", "exit", "meaning"), rows)])


def error_tree(
    kind: type[errors.CoworkError] = errors.CoworkError, depth: int = 0
) -> Iterable[tuple[int, type[errors.CoworkError]]]:
    """Every error class of `errors` below `kind` with its depth, in the order of the file."""
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield depth, below
            yield from error_tree(below, depth + 1)


def settings(_tree: tuple[Command, ...]) -> str:
    """Every setting with its default."""
    lines = _page(
        "Settings",
        "Order: option, environment, `settings.toml`, `config.toml`, default. Change one with "
        "`cowork config set NAME VALUE`, see where a value comes from with `cowork config get NAME`. "
        "`*` stands for any word.",
    )
    rows = [(f"`{row.name}`", row.kind, _default(row.default), row.help) for row in SETTINGS]
    lines += [*_table(("setting", "form", "default", "meaning"), rows), ""]
    lines += [
        "## Of an account",
        "",
        "`[accounts.NAME]` in the file; set with `cowork account add NAME --set KEY=VALUE`. Each "
        "provider has more of its own: [providers](providers.md).",
        "",
    ]
    return _text([*lines, *_specs(COMMON_SETTINGS)])


def environment(_tree: tuple[Command, ...]) -> str:
    """The variables that are read."""
    lines = _page("Environment", "Variables that cowork reads. An option wins over its variable.")
    rows = [(f"`{name}`", meaning) for name, meaning in ENVIRONMENT.items()]
    return _text([*lines, *_table(("variable", "meaning"), rows)])


def providers(_tree: tuple[Command, ...]) -> str:
    """What each provider can do, and its settings."""
    lines = _page("Providers", "What each provider can do. `built in`: asked without set-up.")
    rows = [
        (
            f"[`{row.name}`](#{row.name})",
            *("yes" if name in row.capabilities else "" for name in CAPABILITIES),
            ("yes" if row.enabled else "yes, off") if row.built_in else "",
        )
        for row in PROVIDERS
    ]
    lines += [*_table(("provider", *CAPABILITIES, "built in"), rows), ""]
    for row in PROVIDERS:
        lines += [f"## {row.name}", "", _sentence(row.title), ""]
        need = " (optional)" if row.secret_optional else ""
        secret = f"a {row.secret.replace('_', ' ')}{need}" if row.secret else "none"
        facts = [f"- Secret: {secret}", f"- Described at: {row.docs}"]
        if row.attribution:
            facts.append(f"- Shown with its data: {row.attribution}")
        lines += [*facts, ""]
        if row.settings:
            lines += [*_specs(row.settings), ""]
    lines += ["## Every account", "", *_specs(COMMON_SETTINGS)]
    return _text(lines)


# ---- parts of a page


def _page(title: str, text: str) -> list[str]:
    return [MADE, "", f"# {title}", "", text, ""]


def _text(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [_row(head), _row(tuple("---" for _ in head))]
    return [*lines, *(_row(tuple(cell.replace("|", "\\|") for cell in row)) for row in rows)]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _coded(rows: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((f"`{name}`", meaning) for name, meaning in rows)


def _shortcuts() -> Iterable[tuple[str, str]]:
    return ((f"`cowork {name}`", f"`cowork {' '.join(path)}`") for name, path in SHORTCUTS.items())


def _options(options: Iterable[Option]) -> list[str]:
    return _table(("option", "meaning"), ((f"`{options_spelled(o)}`", o.help) for o in options))


def _command(row: Command) -> list[str]:
    lines = [f"### {row.name}", "", row.help, "", "```", usage(row), "```", ""]
    if row.arguments:
        rows = ((f"`{one.metavar}`", one.help) for one in row.arguments)
        lines += [*_table(("argument", "meaning"), rows), ""]
    if row.options:
        lines += [*_options(row.options), ""]
    if row.example:
        lines += [f"Example: `{row.example}`", ""]
    anchor = row.name.replace(" ", "-")
    return [*lines, f"[Fields of its JSON](json.md#{anchor})", ""]


def _specs(specs: Iterable[SettingSpec]) -> list[str]:
    rows = ((f"`{row.name}`", row.kind, _default(row.default), row.help) for row in specs)
    return _table(("setting", "form", "default", "meaning"), rows)


def _default(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"`{value}`"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
