"""The tree of commands: every verb says what it does and what it returns; table and modules agree."""

import re
from pathlib import Path

import pytest

from cowork_cli import app, command_line, help_pages
from cowork_cli.app import Verb
from cowork_cli.output.result import Result

ROOT = Path(__file__).resolve().parents[2]
VERBS = list(app.all_verbs())
BY_NAME = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb.path))
LISTS = {"list", "find", "search", "free", "due"}
DESTRUCTIVE = {"cancel", "restore", "import"}


@BY_NAME
def test_it_has_a_help_text(verb: Verb) -> None:
    lines = (verb.function.__doc__ or "").strip().splitlines()
    assert lines
    assert lines[0].endswith("."), "the first line is a sentence"
    assert len(lines[0]) <= 90


@BY_NAME
def test_its_parameters_have_help_texts(verb: Verb) -> None:
    for parameter in verb.command.params:
        assert parameter.help, parameter.name


@BY_NAME
def test_every_parameter_has_a_marker(verb: Verb) -> None:
    """What is read without Typer are the annotations: one that is forgotten would never be given."""
    code = verb.function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    own = {name for name, pair in verb.function.__annotations__.items() if type(pair) is tuple}
    assert set(names[1:]) <= own


@BY_NAME
def test_it_says_what_it_returns(verb: Verb) -> None:
    assert isinstance(verb.function.data_type, type)
    assert isinstance(verb.function.data_many, bool)
    assert verb.function.__annotations__["return"] is Result


@BY_NAME
def test_lists_are_lists(verb: Verb) -> None:
    """`data` is a list for `list find search free due report`, an object for the rest (cli.md 3)."""
    if verb.path[-1] in LISTS or verb.path[0] == "report":
        assert verb.function.data_many


@BY_NAME
def test_its_example_is_a_command_that_there_is(verb: Verb) -> None:
    epilog = verb.command.epilog
    if not epilog:
        return
    example = epilog.removeprefix("Example: ")
    words = example.split()
    assert words[0] == "cowork"
    path = app.SHORTCUTS.get(words[1], tuple(words[1 : 1 + len(verb.path)]))
    assert path == verb.path, example
    for name in re.findall(r"(?<!\S)(--[a-z-]+)", example):
        assert name in verb.option_names | {"--json", "--yes"}, example


@BY_NAME
def test_no_option_hides_a_global_flag(verb: Verb) -> None:

    taken = {*command_line.FLAGS, *command_line.VALUES, "--json", "--help", "-h", "--version", "-V"}
    assert not verb.option_names & taken


@BY_NAME
def test_its_help_comes_without_a_home(verb: Verb) -> None:
    shown = help_pages.verb(verb)
    assert shown.startswith("Example: cowork ")
    assert "\nUsage: cowork " + " ".join(verb.path) in shown


@BY_NAME
def test_destructive_and_outward_commands_have_a_dry_run(verb: Verb) -> None:
    """cli.md 1, Safety; what `cowork undo` takes back again needs none."""
    if verb.path[-1] in DESTRUCTIVE and verb.path != ("track", "cancel"):
        assert "--dry-run" in verb.option_names


def test_every_module_is_in_the_table_and_has_an_app() -> None:
    modules = {
        path.stem
        for path in (ROOT / "cowork_cli" / "commands").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
        if not path.stem.startswith("_")
    }
    words = [*app.NOUNS, *app.VERBS]
    named = {app.module_of(word).__name__.rpartition(".")[2] for word in words}
    assert named == modules
    for word in words:
        assert app.verbs_of(word)


def test_every_verb_of_the_root_is_in_its_module_and_no_more() -> None:
    for module in {app.module_of(word) for word in app.VERBS}:
        here = {word for word in app.VERBS if app.module_of(word) is module}
        assert set(module.app) == here


def test_no_word_means_two_things() -> None:
    words = [*app.NOUNS, *app.VERBS, *app.SHORTCUTS]
    assert len(words) == len(set(words))


def test_shortcuts_lead_to_verbs() -> None:
    paths = {verb.path for verb in VERBS}
    assert set(app.SHORTCUTS.values()) <= paths
