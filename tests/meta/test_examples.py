"""Every line that the help or the README shows to be typed is read without a usage error."""

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cowork_cli import app, command_line, help_pages, typer_command
from cowork_cli.binding import bind
from cowork_cli.command_line import Line
from cowork_cli.commands import _markers
from cowork_cli.errors import CoworkError

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
START = "Example: "
EXAMPLES = {verb.path: verb.function.example for verb in app.all_verbs() if verb.function.example}
CONTEXT = SimpleNamespace(today=date(2026, 11, 25))


class Read(Exception):
    """What the verb would have been called with."""


def of_the_readme() -> Iterator[str]:
    """The lines of its blocks that begin with `cowork`; what follows `|`, `||` or `#` is the shell's."""
    for block in re.findall(r"^```\w*\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        for line in re.findall(r"^(?:\$ )?(cowork .*)$", block, re.MULTILINE):
            yield re.split(r" (?:\|\|?|#) ", line)[0].rstrip()


def read(example: str, monkeypatch: pytest.MonkeyPatch) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The verb and the values that a line gives it. Raises CoworkError or Typer's own error."""
    words = shlex.split(example)
    assert words.pop(0) == "cowork", example
    line = Line()
    command_line.split(words, line)
    if line.help or line.version:
        return line.path, {}

    def caught(*_: Any, **values: Any) -> None:
        raise Read(values)

    caught.__annotations__ = line.verb.function.__annotations__
    values = bind(line.verb.parameters, line.arguments)
    if values is None:
        monkeypatch.setattr(typer_command, "call", lambda function, _, given: caught(**given))
        try:
            typer_command.run(line.verb.command, line.verb.name, line.arguments, CONTEXT)  # type: ignore[arg-type]
        except Read as stop:
            values = stop.args[0]
    assert values is not None, "Typer neither called nor refused"
    with pytest.raises(Read) as stop_:
        _markers.call(caught, CONTEXT, values)  # type: ignore[arg-type]
    return line.path, stop_.value.args[0]


def test_every_verb_shows_an_example() -> None:
    assert {verb.path for verb in app.all_verbs()} == set(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES, ids=" ".join)
def test_the_example_of_a_verb_is_read(
    path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    example = EXAMPLES[path]
    assert read(example, monkeypatch)[0] == path


@pytest.mark.parametrize("path", EXAMPLES, ids=" ".join)
def test_the_help_shows_the_example_whole(path: tuple[str, ...]) -> None:
    shown = " ".join(help_pages.verb(app.find(path)).replace(" \\\n", " ").split())
    assert START + " ".join(EXAMPLES[path].split()) in shown


@pytest.mark.parametrize("example", sorted(set(of_the_readme())))
def test_a_line_of_the_readme_is_read(example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read(example, monkeypatch)


@pytest.mark.parametrize(
    "wrong",
    [
        "cowork nix",
        "cowork track start",
        "cowork track start acme/site --nix",
        "cowork track list --in nix",
        "cowork booking move b-1 b-2 --on 2026-12-02",
    ],
)
def test_a_line_that_is_wrong_is_seen(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises((CoworkError, typer_command.TyperException)):
        read(wrong, monkeypatch)
