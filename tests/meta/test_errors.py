"""Every error class: drawn in the tree, with its exit code, and shown rightly by the real funnel."""

import inspect
import json
import re
from collections.abc import Iterator

import pytest

from cowork_cli import errors
from cowork_cli.errors import CoworkError, ExitCode
from tests.conftest import Cowork

HINT = "run `cowork status`"


def below(kind: type[CoworkError]) -> Iterator[type[CoworkError]]:
    for one in kind.__subclasses__():
        if one.__module__ == errors.__name__:
            yield one
            yield from below(one)


CLASSES = [CoworkError, *below(CoworkError)]
EVERY = pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)


def drawn() -> dict[str, tuple[int, str, int]]:
    """Name → exit code, code in JSON and depth, as the docstring of `errors` draws them."""
    found = {}
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"([ │├└─]+)(\w+) +(\d+)  ([\w-]+)$", line)
        if match:
            found[match[2]] = (int(match[3]), match[4], len(match[1]) // 4)
    return found


def test_the_tree_that_is_drawn_is_the_tree() -> None:
    real = {
        kind.__name__: (
            int(kind.exit_code),
            kind.code,
            len(kind.__mro__) - len(CoworkError.__mro__),
        )
        for kind in CLASSES[1:]
    }
    assert {name: (exit_, code) for name, (exit_, code, _) in drawn().items()} == {
        name: (exit_, code) for name, (exit_, code, _) in real.items()
    }
    steps = {name: depth for name, (_, _, depth) in drawn().items()}
    first = steps["Failed"]
    assert {name: depth - first for name, depth in steps.items()} == {
        name: depth - 1 for name, (_, _, depth) in real.items()
    }


def test_every_class_of_the_module_belongs_to_the_tree() -> None:
    classes = {
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == errors.__name__
    }
    assert classes == set(CLASSES)


def test_codes_are_unique_and_every_exit_code_has_a_meaning() -> None:
    codes = [kind.code for kind in CLASSES if kind is not CoworkError]
    assert len(codes) == len(set(codes))
    assert set(errors.MEANINGS) == set(ExitCode)
    raised = {kind.exit_code for kind in CLASSES}
    assert set(ExitCode) - raised == {
        ExitCode.DONE,
        ExitCode.PARTIAL,
        ExitCode.BUG,
        ExitCode.INTERRUPTED,
    }


@EVERY
def test_it_says_when_it_is_raised(kind: type[CoworkError]) -> None:
    text = inspect.getdoc(kind)
    assert text
    assert text.partition("\n")[0].endswith(".")


def make_track_status_raise(raised: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    from cowork_cli.store import entries

    def running(*_: object) -> None:
        raise raised

    monkeypatch.setattr(entries, "running", running)


@EVERY
def test_the_funnel_shows_it(
    kind: type[CoworkError], cowork: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = kind("the desk\nis gone", HINT, account="hafen")
    make_track_status_raise(error, monkeypatch)
    for form in ("plain", "table", "csv"):
        outcome = cowork("track", "status", "-o", form)
        assert outcome.code == kind.exit_code
        assert outcome.out == ""
        assert outcome.err == f"error: the desk is gone\nhint: {HINT}\n"
    outcome = cowork("track", "status", "--json")
    assert outcome.code == kind.exit_code
    assert outcome.err == f"error: the desk is gone\nhint: {HINT}\n"
    assert json.loads(outcome.out) == {
        "cowork": 1,
        "command": ["track", "status"],
        "status": "error",
        "exit_code": int(kind.exit_code),
        "data": None,
        "truncated": False,
        "problems": [
            {"code": kind.code, "message": "the desk\nis gone", "hint": HINT, "account": "hafen"}
        ],
    }


@EVERY
def test_quiet_leaves_the_error_and_drops_the_hint(
    kind: type[CoworkError], cowork: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_track_status_raise(kind("gone", HINT), monkeypatch)
    assert cowork("track", "status", "-q").err == "error: gone\n"


def test_an_error_without_a_hint(cowork: Cowork, monkeypatch: pytest.MonkeyPatch) -> None:
    make_track_status_raise(errors.NotFound("gone"), monkeypatch)
    assert cowork("track", "status").err == "error: gone\n"
    problem = cowork("track", "status", "--json").json["problems"][0]
    assert problem == {"code": "not-found", "message": "gone", "hint": None, "account": None}


def test_what_is_no_error_of_ours(cowork: Cowork, monkeypatch: pytest.MonkeyPatch) -> None:
    make_track_status_raise(KeyboardInterrupt(), monkeypatch)
    outcome = cowork("track", "status", "--json")
    assert (outcome.code, outcome.json["problems"][0]["code"]) == (130, "interrupted")

    make_track_status_raise(RuntimeError("boom"), monkeypatch)
    outcome = cowork("track", "status", "--json")
    assert (outcome.code, outcome.json["problems"][0]["code"]) == (70, "bug")
    assert "crash-" in outcome.err
    assert "Traceback" not in outcome.err

    make_track_status_raise(OSError(28, "No space left on device", "/x"), monkeypatch)
    outcome = cowork("track", "status", "--json")
    assert (outcome.code, outcome.json["problems"][0]["code"]) == (1, "disk-full")

    make_track_status_raise(BrokenPipeError(), monkeypatch)
    assert cowork("track", "status").code == 0
