"""Both ways to read a line agree: over every verb and over random lines, the same call or Typer's error.

The short way may leave a line to Typer; what it takes, Typer must read to the very same values. Plain
lines must be taken, or there would be no short way at all.
"""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cowork_cli import app, typer_command
from cowork_cli.app import Verb
from cowork_cli.binding import bind
from cowork_cli.commands import _markers
from cowork_cli.commands._markers import Parameter, Required

VERBS = list(app.all_verbs())
BY_NAME = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb.path))
WORDS = ("", "-", "--", "-3", "-1.5", "-x", "-nn", "=", "a=b", "ö", "1", "1_0", " 2 ", "2.5", "nan",
         "inf", "0x1", "١", "--unknown", "--unknown=1", "e-12", "acme/site", "a b", "true")  # fmt: skip


class Stop(Exception):
    """What the verb was called with."""


def called_by_typer(verb: Verb, words: list[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The values that Typer hands to the verb, or its error."""

    def caught(function: Any, context: object, values: dict[str, Any]) -> None:
        assert function is verb.function
        raise Stop(values)

    monkeypatch.setattr(typer_command, "call", caught)
    try:
        typer_command.run(verb.command, verb.name, words, object())  # type: ignore[arg-type]
    except Stop as stop:
        return stop.args[0]
    except typer_command.TyperException as error:
        return error
    raise AssertionError("neither called nor refused")


def completed(parameters: list[Parameter], values: dict[str, Any]) -> dict[str, Any]:
    """`values` with the defaults that Python fills in."""
    given = {one.name: one.default for one in parameters if one.default is not Required}
    return {**given, **values}


def agree(verb: Verb, words: list[str], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Holds both ways against each other; says whether the short way took the line."""
    values = bind(verb.parameters, words)
    if values is None:
        return False
    expected = called_by_typer(verb, list(words), monkeypatch)
    assert not isinstance(expected, Exception), f"{words}: Typer says {expected}"
    own = completed(verb.parameters, values)
    assert repr(own) == repr({name: expected[name] for name in own}), words  # nan is not nan
    assert set(own) == set(expected)
    return True


def value(one: Parameter) -> str:
    """A plain value for a parameter."""
    return {str: "acme/site", int: "3", float: "2.5", bool: ""}[one.kind]


def plain_line(verb: Verb) -> list[str]:
    """Every option once and every argument."""
    words = [value(one) for one in verb.parameters if not one.is_option]
    for one in verb.parameters:
        if one.is_option:
            words += [one.on[0]] if one.kind is bool else [one.on[0], value(one)]
    return words


@BY_NAME
def test_a_plain_line_goes_the_short_way(verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
    assert agree(verb, plain_line(verb), monkeypatch)
    required = [
        value(one) for one in verb.parameters if one.default is Required and not one.is_option
    ]
    options = [word for one in verb.parameters if one.default is Required and one.is_option
               for word in (f"{one.on[0]}={value(one)}",)]  # fmt: skip
    assert agree(verb, [*options, *required], monkeypatch)


@BY_NAME
def test_what_is_missing_or_too_much_is_left_to_typer(
    verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    if any(one.default is Required for one in verb.parameters):
        assert not agree(verb, [], monkeypatch)
        assert isinstance(called_by_typer(verb, [], monkeypatch), typer_command.TyperException)
    if not any(one.many and not one.is_option for one in verb.parameters):
        assert not agree(verb, [*plain_line(verb), "too", "much"], monkeypatch)
    assert not agree(verb, [*plain_line(verb), "--no-such-option"], monkeypatch)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Verb, list[str]]:
    """A verb, and words such as people and scripts write behind it, right and wrong."""
    verb = draw(st.sampled_from(VERBS))
    names = sorted(verb.option_names)
    values = st.one_of(st.sampled_from(WORDS), st.text(max_size=6))
    pieces = [values.map(lambda word: [word])]
    if names:
        name = st.sampled_from(names)
        pieces += [
            name.map(lambda name: [name]),
            st.tuples(name, values).map(list),
            st.tuples(name, values).map(lambda pair: [f"{pair[0]}={pair[1]}"]),
            st.tuples(name, values).map(lambda pair: [f"{pair[0]}{pair[1]}"]),
            st.tuples(name, st.integers(1, 8)).map(lambda pair: [pair[0][: pair[1]]]),
        ]
    plain = st.just(plain_line(verb)) if draw(st.booleans()) else st.just([])
    parts = draw(st.lists(st.one_of(pieces), max_size=5))
    words = [*draw(plain), *(word for part in parts for word in part)]
    return verb, draw(st.permutations(words)) if draw(st.booleans()) else words


@settings(max_examples=400, deadline=None)
@given(line=lines())
def test_both_ways_read_the_same(line: tuple[Verb, list[str]]) -> None:
    verb, words = line
    with pytest.MonkeyPatch.context() as monkeypatch:
        agree(verb, words, monkeypatch)


def test_a_verb_is_called_with_what_was_bound() -> None:
    verb = app.find(("track", "start"))
    values = bind(verb.parameters, ["acme/site", "Concept", "--tag", "a", "--at=9:00", "--tag=b"])
    assert values == {"project": "acme/site", "note": "Concept", "tag": ["a", "b"], "at": "9:00"}


def test_options_of_a_period_become_one_value(monkeypatch: pytest.MonkeyPatch) -> None:
    verb = app.find(("report", "hours"))
    values = bind(verb.parameters, ["--in", "2026-11"])
    assert values is not None
    kept: dict[str, Any] = {}

    def hours(context: Any, **given: Any) -> None:
        kept.update(given)

    hours.__annotations__ = verb.function.__annotations__
    context = SimpleNamespace(today=date(2026, 11, 25))
    _markers.call(hours, context, values)  # type: ignore[arg-type]
    assert str(kept["period"]) == "2026-11-01 to 2026-11-30"
    assert set(kept) == {"period"}
