"""The manual page cowork(1), in roff with the macros of man(7)."""

from cowork_cli import errors
from cowork_cli.commands.topics import ENVIRONMENT
from tools.generators.reference import options_spelled, usage
from tools.generators.tree import GLOBALS, NOUNS, SHORTCUTS, Command, Option, of_noun, of_root


def generate(tree: tuple[Command, ...]) -> str:
    """The whole page."""
    lines = [
        '.\\" Made by tools/generate.py: change the code, not this page.',
        # No date and no version: the page changes when a command does.
        '.TH COWORK 1 "" "cowork" "User Commands"',
        ".SH NAME",
        _escaped("cowork - the terminal office of a freelancer"),
        ".SH SYNOPSIS",
        ".B cowork",
        _escaped("[GLOBAL] NOUN VERB [THING…] [--options]"),
        ".SH DESCRIPTION",
        "Find a space, book a desk, hold an address, track hours, invoice them.",
        _escaped("Start with `cowork demo`, which shows the whole job on sample data."),
        ".SH GLOBAL FLAGS",
        "They may stand anywhere on the line before",
        ".BR \\-\\- .",
    ]
    for option in GLOBALS:
        lines += _option(option)
    lines += [".SH COMMANDS"]
    for noun, text in NOUNS.items():
        lines += [f".SS {noun}: {_escaped(text)}"]
        lines += _commands(of_noun(tree, noun))
    lines += [".SS Without a noun"]
    lines += _commands(of_root(tree))
    lines += [".SS Short forms"]
    for word, path in SHORTCUTS.items():
        lines += _item(f"cowork {word}", f"cowork {' '.join(path)}")
    lines += [".SH ENVIRONMENT"]
    for name, meaning in ENVIRONMENT.items():
        lines += _item(name, meaning)
    lines += [".SH EXIT STATUS"]
    for code, meaning in errors.MEANINGS.items():
        lines += _item(str(int(code)), meaning)
    lines += [".SH FILES", "See", ".B cowork data path", "and", '.BR "cowork config path" .']
    return "\n".join(lines) + "\n"


def _commands(rows: list[Command]) -> list[str]:
    """Commands with a paragraph break between them."""
    lines = [line for row in rows for line in (".PP", *_command(row))]
    return lines[1:]


def _command(row: Command) -> list[str]:
    lines = [f".B {_escaped(usage(row))}", ".br", *_paragraph(row.help)]
    if row.options or row.arguments:
        lines.append(".RS")
        for argument in row.arguments:
            lines += _item(argument.metavar, argument.help)
        for option in row.options:
            lines += _option(option)
        lines.append(".RE")
    if row.example:
        lines += [".PP", "Example:", f".B {_escaped(row.example)}"]
    return lines


def _option(option: Option) -> list[str]:
    return _item(options_spelled(option), option.help)


def _item(term: str, text: str) -> list[str]:
    return [".TP", f".B {_escaped(term)}", _escaped(text) or "\\&"]


def _paragraph(text: str) -> list[str]:
    """The lines of a docstring; an empty one begins a paragraph."""
    lines = [line.strip() for line in text.splitlines()]
    return [_escaped(line) if line else ".PP" for line in lines]


def _escaped(text: str) -> str:
    """Text that roff leaves as it is: no escapes, no requests, hyphens that can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    escaped = escaped.replace("`", "").replace("'", "\\(aq")
    # groff reads its input as Latin-1 unless told otherwise; this name every roff knows.
    escaped = "".join(one if one.isascii() else f"\\[u{ord(one):04X}]" for one in escaped)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
