"""Lines and reasons speak the language of the invoice, also where only the setting names it."""

import pytest

from tests.conftest import Cowork


@pytest.mark.parametrize(
    ("setting", "client", "reason"),
    [
        ("en", None, "Not taxable in Germany (§ 3a (2) UStG)"),
        ("de", None, "Nicht steuerbar in Deutschland (§ 3a Abs. 2 UStG)"),
        ("en", "de", "Nicht steuerbar in Deutschland (§ 3a Abs. 2 UStG)"),
        ("de", "en", "Not taxable in Germany (§ 3a (2) UStG)"),
    ],
)
def test_why_no_vat_is_charged(acme: Cowork, setting: str, client: str | None, reason: str) -> None:
    acme("config", "set", "invoice.language", setting)
    language = ("--language", client) if client else ()
    added = acme("client", "add", "uhr", "--name", "Uhr AG", "--country", "CH", *language)
    assert added.code == 0, str(added)
    acme("invoice", "draft", "uhr", "--empty")
    line = ("invoice", "line", "draft-1", "--text", "A", "--price", "1", "--json")
    assert acme(*line).data["vat"][0]["reason"] == reason


@pytest.mark.parametrize(
    ("setting", "text"),
    [("en", "acme/day: Travel time 50 %"), ("de", "acme/day: Reisezeit 50 %")],
)
def test_the_words_of_a_line(acme: Cowork, setting: str, text: str) -> None:
    acme("config", "set", "invoice.language", setting)
    acme("client", "edit", "acme", "--travel-factor", "0.5")
    acme("project", "add", "acme/day")
    acme("track", "add", "acme/day", "2h", "--on", "2026-11-24", "--tag", "travel")
    assert acme("invoice", "draft", "acme", "--json").data["lines"][0]["text"] == text
