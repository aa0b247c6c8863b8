"""`report zm`: what is no service to a business in another EU state is not in it."""

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")

NOTHING = "Nothing to tell: no services to the EU in this range."


def told(cowork: Cowork) -> tuple[str, str]:
    outcome = cowork("report", "zm", "--in", "2026-Q4")
    assert outcome.code == 0, str(outcome)
    return outcome.out, outcome.err.splitlines()[0]


def test_neither_nothing_nor_a_business_at_home(acme: Cowork) -> None:
    assert told(acme) == ("", NOTHING)
    for words in (
        ("client", "edit", "acme", "--vat-id", "DE136695976"),
        ("invoice", "draft", "acme", "--empty"),
        ("invoice", "line", "draft-1", "--text", "Work", "--price", "1000"),
        ("invoice", "issue", "draft-1"),
    ):
        assert acme(*words).code == 0
    assert told(acme) == ("", NOTHING)
