"""Of several problems the gravest decides: exit code, first line, what is raised."""

import pytest

from cowork_cli.errors import (
    AuthRejected,
    Conflict,
    CoworkError,
    Declined,
    ExitCode,
    NotFound,
    OutcomeUnknown,
    ProviderUnavailable,
    SlotTaken,
    by_gravity,
    exit_code_of,
    raise_if_all_failed,
)
from cowork_cli.output.result import Result


@pytest.mark.parametrize(
    ("problems", "done", "code"),
    [
        ([], True, 0),
        ([], False, 0),
        ([Conflict("a")], True, 8),
        ([Conflict("a")], False, 6),
        ([OutcomeUnknown("a")], True, 9),
        ([OutcomeUnknown("a")], False, 9),
        ([Conflict("a"), OutcomeUnknown("b"), ProviderUnavailable("c")], True, 9),
        ([ProviderUnavailable("a"), SlotTaken("b")], False, 6),
        ([NotFound("a"), ProviderUnavailable("b")], False, 7),
        ([ProviderUnavailable("a"), ProviderUnavailable("b")], False, 7),
        ([Declined("a"), NotFound("b"), AuthRejected("c")], False, 4),
    ],
)
def test_the_exit_code(problems: list[CoworkError], done: bool, code: int) -> None:
    assert exit_code_of(problems, done=done) == code


def test_the_gravest_stands_first_and_equals_keep_their_order() -> None:
    problems = [NotFound("a"), SlotTaken("b"), OutcomeUnknown("c"), Conflict("d")]
    assert [problem.message for problem in by_gravity(problems)] == ["c", "b", "d", "a"]


def test_it_is_raised_only_where_nothing_was_done() -> None:
    raise_if_all_failed([], done=False)
    raise_if_all_failed([Conflict("a")], done=True)
    with pytest.raises(OutcomeUnknown):
        raise_if_all_failed([Conflict("a"), OutcomeUnknown("b")], done=False)


def test_every_exit_code_of_an_error_has_its_gravity() -> None:
    kinds = [CoworkError]
    for kind in kinds:
        kinds += kind.__subclasses__()
        problem = kind.__new__(kind)  # some are made of other things than a message
        assert exit_code_of([problem], done=False) == kind.exit_code


def test_what_succeeded_beside_an_unknown_outcome_is_partial() -> None:
    problem = OutcomeUnknown("lost")
    assert Result([1], problems=[problem], exit_code=ExitCode.UNKNOWN).status == "partial"
    assert Result(None, problems=[problem], exit_code=ExitCode.UNKNOWN).status == "error"
    assert Result([], problems=[problem], exit_code=ExitCode.UNKNOWN).status == "error"
