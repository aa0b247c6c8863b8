"""`cowork booking watch`: whole commands, with a clock that nobody waits for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cowork_cli.services.bookings.watching import Waiting
from tests.conftest import Cowork

ON = ("--on", "2026-12-01")
WATCH = ("booking", "watch", "Desk 1", *ON, "--json")


class Evening:
    """What happens while one waits: `then` is called at each wait, with how many there were."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.then: Callable[[int], object] = lambda count: None

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.then(len(self.slept))

    def clock(self) -> float:
        return 1_000_000.0 + sum(self.slept)


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Evening:
    night = Evening()
    defaults = Waiting.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "sleep", night.sleep)
    monkeypatch.setitem(defaults, "clock", night.clock)
    return night


@pytest.fixture
def taken(cowork: Cowork, evening: Evening) -> Cowork:
    """Desk 1 is taken by Max that day, b-1."""
    cowork("space", "add", "Alte Mühle", "--country", "DE")
    cowork("desk", "add", "mühle", "Desk 1")
    cowork("desk", "add", "mühle", "Desk 2")
    assert cowork("book", "Desk 1", *ON, "--for", "Max").code == 0
    return cowork


def freed_after(cowork: Cowork, looks: int) -> Callable[[int], object]:
    return lambda count: count == looks and cowork("booking", "cancel", "b-1", "--yes")


def test_a_freed_desk_is_booked(taken: Cowork, evening: Evening) -> None:
    evening.then = freed_after(taken, 2)
    outcome = taken(*WATCH)
    assert outcome.code == 0, str(outcome)
    assert [(row["id"], row["state"]) for row in outcome.data] == [("b-2", "confirmed")]
    assert outcome.err.splitlines() == [
        'Booked b-2: "Desk 1" at Alte Mühle, Tue 2026-12-01 00:00–24:00.'
    ]
    assert evening.slept == [60.0, 75.0]


def test_on_a_terminal_it_says_what_it_waits_for(taken: Cowork, evening: Evening) -> None:
    outcome = taken(*WATCH[:-1], "--for-at-most", "20m", terminal=True)
    assert outcome.code == 6
    first, *_, last = outcome.err.splitlines()
    assert first == ('Waiting for "Desk 1" on Tue 2026-12-01, for 20 min at most (Ctrl-C to stop).')
    assert "--for-at-most" in last
    assert sum(evening.slept) == 1200
    assert taken("booking", "list", "--json").data[0]["id"] == "b-1"


def test_any_of_several_desks_and_days(taken: Cowork, evening: Evening) -> None:
    taken("book", "Desk 2", *ON, "--for", "Eva")
    evening.then = lambda count: count == 1 and taken("booking", "cancel", "b-2", "--yes")
    outcome = taken(
        "booking", "watch", "Desk 1", "Desk 2", "--on", "2026-12-01,2026-12-02", "--json"
    )
    assert outcome.code == 0, str(outcome)
    booked = {row["from"][:10]: row["desk_name"] for row in outcome.data}
    assert booked == {"2026-12-02": "Desk 1", "2026-12-01": "Desk 2"}


def test_an_interrupt_ends_it_and_leaves_nothing_half(taken: Cowork, evening: Evening) -> None:
    def interrupted(count: int) -> None:
        raise KeyboardInterrupt

    evening.then = interrupted
    assert taken(*WATCH).code == 130
    assert [row["id"] for row in taken("booking", "list", "--past", "--json").data] == ["b-1"]


def test_a_command_is_run_with_the_booking_beside_it(
    taken: Cowork, evening: Evening, tmp_path: Path
) -> None:
    evening.then = freed_after(taken, 1)
    line = f'echo "$COWORK_BOOKING_ID $COWORK_BOOKING_FROM" > "{tmp_path}/seen"'
    assert taken(*WATCH, "--exec", line).code == 0
    assert (tmp_path / "seen").read_text() == "b-2 2026-12-01T00:00:00+01:00\n"


def test_a_command_that_fails_is_told_and_the_booking_stands(
    taken: Cowork, evening: Evening
) -> None:
    evening.then = freed_after(taken, 1)
    outcome = taken(*WATCH, "--exec", "exit 4")
    assert outcome.code == 8
    assert outcome.data[0]["id"] == "b-2"
    assert "b-2 is booked, but the command of --exec ended with exit 4" in outcome.err
    assert taken("booking", "show", "b-2", "--json").data["state"] == "confirmed"


def test_a_dry_run_waits_for_nothing(taken: Cowork, evening: Evening) -> None:
    outcome = taken("booking", "watch", "Desk 1", "--on", "2026-12-01,2026-12-02", "-n", "--json")
    assert outcome.code == 0, str(outcome)
    assert [row["from"][:10] for row in outcome.data] == ["2026-12-02"]
    assert 'Would be waiting for "Desk 1" on Tue 2026-12-01' in outcome.err
    assert evening.slept == []
    assert len(taken("booking", "list", "--json").data) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--for-at-most", "8000h"), 2),
        (("--for-at-most", "-1h"), 2),
        (("--for-at-most", "soon"), 2),
        (("--exec", " "), 2),
        (("--max-price", "-3"), 2),
        (("--fallback", "none"), 2),
        (("--from", "09:00"), 2),
    ],
)
def test_bad_input(taken: Cowork, evening: Evening, words: tuple[str, ...], code: int) -> None:
    outcome = taken(*WATCH, *words)
    assert outcome.code == code, str(outcome)
    assert evening.slept == []


def test_days_and_desks_must_be_there(taken: Cowork, evening: Evening) -> None:
    assert taken("booking", "watch", "Desk 1").code == 2
    assert taken("booking", "watch", "Desk 9", *ON).code == 5
    assert taken("booking", "watch", "Desk 1", "--on", "2026-11-01").code == 2
    assert evening.slept == []
