"""`report origin`: what memberships and contracts cost in a time, and whose income is not said."""

import pytest

from tests.conftest import Cowork, Played

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def held(acme: Cowork, played: Played) -> Cowork:
    """Contracts by the month, without a price and by the week; ten days that were bought at once."""
    notice = ("--notice", "1m to month-end")
    return played(
        ("contract", "add", "Desk", "--starts", "2026-10-15", *notice, "--price", "100"),
        ("contract", "add", "Free", "--starts", "2026-01-01", *notice),
        ("contract", "add", "Post", "--starts", "2026-01-01", *notice, "--price", "10", "--per", "week"),
        ("space", "add", "Loft", "--city", "Berlin"),
        ("plan", "add", "loft", "Ten", "--kind", "bundle", "--count", "10", "--price", "150net"),
        ("membership", "add", "loft", "Mine", "--plan", "plan-1", "--starts", "2026-10-15"),
    )  # fmt: skip


DESK, MINE = ("Desk", "1 month begun, c-1", "-100.00"), ("Mine", "bought once, ms-1, plan-1 net", "-150.00")  # fmt: skip
UNSAID = [
    "c-2 (Free) has no price: what it cost is not in the rows.",
    "c-3 (Post) has a price a week: what it cost is not in the rows.",
]


@pytest.mark.parametrize(
    ("period", "rows", "unsaid"),
    [
        ("2025-12", [], []),
        ("2026-09", [], UNSAID),
        ("2026-10", [DESK, MINE], UNSAID),
        ("2026-11", [DESK], UNSAID),
        ("2026-10..2026-12", [("Desk", "2 months begun, c-1", "-200.00"), MINE], UNSAID),
    ],
)
def test_what_is_held_costs(
    held: Cowork, period: str, rows: list[tuple[str, str, str]], unsaid: list[str]
) -> None:
    told = held("report", "origin", "--in", period, "--json")
    assert [(row["key"], row["origin"], row["net"]["amount"]) for row in told.data] == rows
    assert [note for note in told.json["notes"] if note.startswith("c-")] == unsaid


def test_a_lead_of_nobodys_income_is_said_and_brings_nothing(acme: Cowork) -> None:
    assert acme("people", "add", "Ada Roth").code == 0
    noted = acme("people", "log", "ada", "lead")
    said = "Say whose income it is with `--client` or `--project`: `report origin` adds it up."
    assert noted.err == f"{said}\n"
    for words in (
        ("invoice", "draft", "acme", "--empty"),
        ("invoice", "line", "draft-1", "--text", "Work", "--price", "100"),
        ("invoice", "issue", "draft-1"),
    ):
        assert acme(*words).code == 0
    [row] = acme("report", "origin", "--in", "2026-11", "--json").data
    assert (row["key"], row["kind"], row["net"]["amount"]) == ("nobody noted", "none", "100.00")
