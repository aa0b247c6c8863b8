"""What a hint tells to type can be typed: every option it names is one of the verb it names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli import app
from cowork_cli.app import all_verbs
from cowork_cli.command_line import FLAGS, VALUES

ROOT = Path(app.__file__).parent
GLOBAL = {*FLAGS, *VALUES, "--json", "--help", "-h", "--version", "-n"}
OPTIONS = {verb.path: verb.option_names for verb in all_verbs()}
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The line and text of every string of a module; what an f-string fills in is `X`."""
    tree = ast.parse(path.read_text())
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            yield node.lineno, node.value


def commands(text: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The verb and the options of each `cowork …` in backticks."""
    for quoted in re.findall(r"`(cowork [^`]*)`", text):
        words = quoted.split()[1:]
        while words and words[0].startswith("-"):
            words = words[1:]
        if not words or "X" in words[:2] or "NOUN" in words:
            continue
        length = 3 if " ".join(words[:2]) in app.BRANCHES else 2
        path = app.SHORTCUTS.get(words[0]) or (
            tuple(words[:length]) if words[0] in app.NOUNS else (words[0],)
        )
        yield path, _OPTION.findall(quoted)


MODULES = sorted(ROOT.rglob("*.py"))


def faults(path: Path) -> list[str]:
    found = []
    for line, text in texts(path):
        for verb, options in commands(text):
            where = f"{path.relative_to(ROOT)}:{line}: `{' '.join(verb)}`"
            if verb not in OPTIONS:
                if len(verb) > 1 or verb[0] not in app.NOUNS:
                    found.append(f"{where} is no command")
                continue
            found += [
                f"{where} has no {option}"
                for option in options
                if option not in OPTIONS[verb] | GLOBAL
            ]
        # A name may hold a quote or `$`; a time does not.
        for command in re.findall(r"`cowork (?!stop)[^`]*[\"']X[\"'][^`]*`", text):
            found.append(f"{path.relative_to(ROOT)}:{line}: {command}: quote it with shell_word")
        for option in re.findall(r"`(--[a-z][a-z-]*)(?![^`]*X)[^`]*`", text):
            if option not in may_name(path) | GLOBAL:
                found.append(f"{path.relative_to(ROOT)}:{line}: nothing here has {option}")
    return found


def may_name(path: Path) -> set[str]:
    """The options that a bare `--option` can mean: of the verbs of a noun in its module, else of any."""
    parts = path.relative_to(ROOT).parts
    noun = parts[1].removesuffix(".py") if parts[0] == "commands" else ""
    own = {name for verb, names in OPTIONS.items() if verb[0] == noun for name in names}
    return own or {name for names in OPTIONS.values() for name in names}


@pytest.mark.parametrize("package", sorted({path.relative_to(ROOT).parts[0] for path in MODULES}))
def test_hints_name_options_that_their_verb_has(package: str) -> None:
    found = [
        fault
        for path in MODULES
        if path.relative_to(ROOT).parts[0] == package
        for fault in faults(path)
    ]
    assert found == []


def test_the_check_finds_what_is_wrong(tmp_path: Path) -> None:
    assert list(commands("do `cowork start a/b --adjust` or `cowork track edit e-1 --adjust`")) == [
        (("track", "start"), ["--adjust"]),
        (("track", "edit"), ["--adjust"]),
    ]
    module = tmp_path / "m.py"
    module.write_text("""say = f'book it with `cowork book "{name}"`'""")
    assert list(texts(module)) == [(1, 'book it with `cowork book "X"`')]
    assert "--adjust" not in OPTIONS["track", "start"]
    assert "--adjust" in OPTIONS["track", "edit"]
