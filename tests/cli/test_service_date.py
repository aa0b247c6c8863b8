"""When the work was done (§ 14 (4) no. 6 UStG): said, asked for, or told that it is not known."""

import pytest

from tests.conftest import Cowork

UNKNOWN = "when the work was done is not known"


@pytest.fixture
def flat(acme: Cowork) -> Cowork:
    """draft-1 with a line and without hours."""
    acme("invoice", "draft", "acme", "--empty")
    acme("invoice", "line", "draft-1", "--text", "Logo", "--price", "500")
    return acme


@pytest.mark.parametrize("words", [("-n",), ()])
def test_without_a_time_of_service_it_is_told(flat: Cowork, words: tuple[str, ...]) -> None:
    outcome = flat("invoice", "issue", "draft-1", *words)
    assert outcome.code == 0, str(outcome)
    assert f"draft-1: {UNKNOWN}, so the invoice date, 2026-11-25" in outcome.err
    assert "`--in 2026-10` says the month or the days" in outcome.err


def test_it_is_told_before_the_question(flat: Cowork) -> None:
    asked = flat("invoice", "issue", "draft-1", terminal=True, stdin="n\n")
    assert asked.code == 1
    assert 0 < asked.err.index(UNKNOWN) < asked.err.index("[y/N]")
    assert flat("invoice", "list", "--json").data[0]["number"] is None


def test_the_month_that_it_proposes_is_the_one_before(flat: Cowork) -> None:
    january = {"COWORK_NOW": "2027-01-10T12:00:00+01:00"}
    asked = flat("invoice", "issue", "draft-1", terminal=True, stdin="n\n", env=january)
    assert "`--in 2026-12` says the month or the days" in asked.err


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2026-10", {"from": "2026-10-01", "to": "2026-10-31"}),
        ("october", {"from": "2026-10-01", "to": "2026-10-31"}),
        ("2026-Q3", {"from": "2026-07-01", "to": "2026-09-30"}),
    ],
)
def test_it_can_be_said_when_it_is_issued(flat: Cowork, typed: str, period: dict[str, str]) -> None:
    outcome = flat("invoice", "issue", "draft-1", "--in", typed, "--json")
    assert (outcome.code, outcome.data["period"]) == (0, period)
    assert UNKNOWN not in outcome.err


def test_a_draft_that_says_it_is_not_doubted(acme: Cowork) -> None:
    acme("invoice", "draft", "acme", "--empty", "--in", "2026-11")
    acme("invoice", "line", "draft-1", "--text", "Logo", "--price", "500")
    assert UNKNOWN not in acme("invoice", "issue", "draft-1").err


def test_hours_say_when_they_were(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "1h", "--on", "2026-11-24")
    acme("invoice", "draft", "acme")
    refused = acme("invoice", "issue", "draft-1", "--in", "2026-10")
    assert refused.code == 6
    assert "draft-1 has hours, which say when the work was done" in refused.err
    issued = acme("invoice", "issue", "draft-1")
    assert issued.code == 0
    assert UNKNOWN not in issued.err
