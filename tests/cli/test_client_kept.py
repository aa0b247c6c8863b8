"""A client gets another currency or tax case: what stays as it was is said, and nothing is converted."""

from pathlib import Path

from tests.conftest import Cowork


def test_what_keeps_its_figure_is_said(acme: Cowork) -> None:
    acme("project", "add", "acme/app", "--day-rate", "800", "--budget", "5000 EUR")
    acme("invoice", "draft", "acme", "--empty")
    changed = acme("client", "edit", "acme", "--currency", "CHF")
    assert changed.code == 0, str(changed)
    assert "Its rate of 95 EUR an hour counts as 95 CHF now" in changed.err
    assert "`cowork client edit acme --rate …`" in changed.err
    assert "Its figure stays and is CHF now: day rate and budget of acme/app" in changed.err
    assert "draft-1 stays in EUR" in changed.err
    assert "acme/site" not in changed.err


def test_a_rate_that_is_given_is_not_doubted(acme: Cowork) -> None:
    changed = acme("client", "edit", "acme", "--currency", "CHF", "--rate", "110 CHF")
    assert changed.code == 0, str(changed)
    assert "counts as" not in changed.err


def test_the_same_currency_says_nothing(acme: Cowork) -> None:
    assert "counts as" not in acme("client", "edit", "acme", "--currency", "EUR").err


def test_an_imported_currency_is_said_too(acme: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("id,currency\nacme,USD\n", encoding="utf-8")
    imported = acme("client", "import", str(file))
    assert "Line 2: Its rate of 95 EUR an hour counts as 95 USD now" in imported.err


def test_a_draft_keeps_its_vat(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "1h", "--on", "2026-11-24")
    acme("invoice", "draft", "acme")
    changed = acme("client", "edit", "acme", "--tax", "reduced")
    assert changed.code == 0, str(changed)
    assert "draft-1 keeps the VAT that it has" in changed.err
    assert "`cowork invoice discard draft-1`" in changed.err
    assert "draft-1" not in acme("client", "edit", "acme", "--note", "x").err
    acme("invoice", "discard", "draft-1", "-y")
    again = acme("invoice", "draft", "acme", "--json").data
    assert (again["vat"][0]["rate"], again["gross"]["amount"]) == ("7", "101.65")
