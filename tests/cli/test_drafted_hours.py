"""A draft is never issued for other hours than those that are recorded, and bills none twice."""

import pytest

from tests.conftest import Cowork


@pytest.fixture
def drafted(acme: Cowork) -> Cowork:
    """draft-1 with e-1 (4 h on 24 November) and e-2, e-3 (1 h each on the 23rd)."""
    for words in (
        ("client", "add", "bree", "--name", "Bree", "--rate", "50"),
        ("project", "add", "bree/app"),
        ("project", "add", "acme/app"),
        ("track", "add", "acme/site", "4h", "A", "--on", "2026-11-24"),
        ("track", "add", "acme/site", "1h", "B", "--on", "2026-11-23"),
        ("track", "add", "acme/site", "1h", "C", "--on", "2026-11-23"),
        ("invoice", "draft", "acme"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    return acme


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        (("edit", "e-1", "--project", "acme/app"), "e-1"),
        (("edit", "e-1", "--project", "bree/app"), "e-1"),
        (("edit", "e-1", "--on", "2026-11-20"), "e-1"),
        (("edit", "e-1", "--tag", "travel"), "e-1"),
        (("edit", "e-1", "--tag", "reise"), "e-1"),
        (("edit", "e-1", "--to", "10:00"), "e-1"),
        (("edit", "e-1", "--non-billable"), "e-1"),
        (("split", "e-1", "--at", "10:00"), "e-1"),
        (("join", "e-2", "e-3"), "e-2, e-3"),
        (("remove", "e-2", "-y"), "e-2"),
    ],
)
def test_hours_that_changed_are_not_billed_as_they_were(
    drafted: Cowork, change: tuple[str, ...], entry: str
) -> None:
    changed = drafted("track", *change)
    assert changed.code == 0, str(changed)
    assert "draft-1 holds them as they were and cannot be issued any more" in changed.err
    for words in (("-n",), ()):
        refused = drafted("invoice", "issue", "draft-1", *words)
        assert refused.code == 6, str(refused)
        assert f"error: {entry} changed since draft-1 was made" in refused.err
    drafted("undo")
    assert drafted("invoice", "issue", "draft-1", "--json").data["net"]["amount"] == "570.00"


@pytest.mark.parametrize(
    "change", [("--note", "D"), ("--tag", "deep"), ("--place", "home"), ("--from", "9:10", "--to", "13:10")]
)  # fmt: skip
def test_what_no_line_is_made_of_may_change(drafted: Cowork, change: tuple[str, ...]) -> None:
    changed = drafted("track", "edit", "e-1", *change)
    assert changed.code == 0, str(changed)
    assert "draft-1" not in changed.err
    assert drafted("invoice", "issue", "draft-1").code == 0


def test_the_second_half_of_a_cut_entry_is_billed_once(drafted: Cowork) -> None:
    drafted("track", "split", "e-1", "--at", "11:00")
    assert "6 h 0 min" not in drafted("report", "unbilled").err
    assert "4 h 0 min of it are in draft-1" in drafted("report", "unbilled").err
    drafted("invoice", "discard", "draft-1", "-y")
    again = drafted("invoice", "draft", "acme", "--json").data
    assert (again["lines"][0]["quantity"], again["net"]["amount"]) == ("6.00", "570.00")
