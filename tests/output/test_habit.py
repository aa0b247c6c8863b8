"""Amounts on a terminal in the habit of the reader; in what programs read, never."""

from decimal import Decimal

import pytest

from cowork_cli.output import habit
from tests.conftest import Cowork

GERMAN = {"LANG": "de_DE.UTF-8"}


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MONETARY", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("de_DE.UTF-8", "-1.419,08 €"),
        ("de", "-1.419,08 €"),
        ("de_AT.UTF-8", "-€ 1.419,08"),
        ("de_CH.UTF-8", "-€ 1’419.08"),
        ("de_DE@euro", "-1.419,08 €"),
        ("en_US.UTF-8", "-€1,419.08"),
        ("en_GB.UTF-8", "-€1,419.08"),
        ("fr_FR.UTF-8", "-1 419,08 €"),
        ("nl_NL.UTF-8", "-€ 1.419,08"),
        ("C.UTF-8", "-1,419.08 EUR"),
        ("POSIX", "-1,419.08 EUR"),
        ("", "-1,419.08 EUR"),
        ("xx_XX.UTF-8", "-1,419.08 EUR"),
    ],
)
def test_an_amount_where_it_is_read(locale: str, shown: str) -> None:
    habit.read_by({"LANG": locale})
    assert habit.amount(Decimal("-1419.08"), "EUR") == shown


@pytest.mark.parametrize(
    ("locale", "currency", "shown"),
    [
        ("de_DE", "CHF", "1.419,08 CHF"),
        ("en_GB", "CHF", "CHF 1,419.08"),
        ("en_US", "USD", "$1,419.08"),
        ("en_CA", "USD", "USD 1,419.08"),
        ("de_CH", "CHF", "CHF 1’419.08"),
        ("de_DE", "GBP", "1.419,08 £"),
    ],
)
def test_only_signs_that_mean_one_currency(locale: str, currency: str, shown: str) -> None:
    habit.read_by({"LANG": locale})
    assert habit.amount(Decimal("1419.08"), currency) == shown


def test_the_locale_is_the_one_of_money() -> None:
    world = {"LANG": "en_US.UTF-8", "LC_MONETARY": "de_DE.UTF-8"}
    assert habit.habit_of(world).point == ","
    assert habit.habit_of({**world, "LC_ALL": "C"}).signs == {}
    assert habit.habit_of({"LC_ALL": "", "LC_MONETARY": "", "LANG": "de_AT"}).before


def test_sentences_follow_and_commands_do_not() -> None:
    habit.read_by(GERMAN)
    assert habit.sentence("500.00 EUR are open, -1,190.00 EUR were credited.") == (
        "500,00 € are open, -1.190,00 € were credited."
    )
    command = "give `cowork invoice pay 2026-0001 500.00 EUR`"
    assert habit.sentence(command) == command
    for same in ("2026 was good", "in 2026 MAY 12", "1.5 GBX", "10.2026 EUR-Rechner"):
        assert habit.sentence(same) == same
    habit.read_by(None)
    assert habit.sentence("500.00 EUR") == "500.00 EUR"


def test_one_form_on_one_screen(acme: Cowork) -> None:
    assert acme("client", "edit", "acme", "--rate", "1234.5").code == 0
    assert acme("track", "add", "acme/site", "--from", "9:00", "--for", "2h").code == 0
    screen = acme("report", "hours", "-o", "table", env=GERMAN)
    assert "2.469,00 €" in screen.out
    assert "EUR" not in screen.out + screen.err
    draft = acme("invoice", "draft", "acme", "-o", "table", env=GERMAN)
    assert "1.234,50 €" in draft.out
    assert "2,00   hour" in draft.out
    assert "EUR" not in draft.out + draft.err, draft
    rates = acme("project", "edit", "acme/site", "--rate", "90", "-o", "plain", env=GERMAN)
    assert rates.code == 0
    listed = acme("project", "list", "-o", "table", env=GERMAN)
    assert "90,00 €/hour" in listed.out
    assert acme("report", "hours", "-o", "table").out.count("EUR") > 0


@pytest.mark.parametrize("form", ["plain", "csv", "json"])
def test_programs_read_the_same_everywhere(acme: Cowork, form: str) -> None:
    assert acme("track", "add", "acme/site", "--from", "9:00", "--for", "2h").code == 0
    for words in (("report", "hours"), ("report", "unbilled"), ("client", "list")):
        assert acme(*words, "-o", form, env=GERMAN) == acme(*words, "-o", form)


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "", "xx_XX"])
def test_sentences_group_as_tables_do_without_a_habit(locale: str) -> None:
    habit.read_by({"LANG": locale})
    table = habit.amount(Decimal("5000.00"), "EUR")
    assert table == "5,000.00 EUR"
    assert habit.sentence("5000.00 EUR are open") == f"{table} are open"
    assert habit.sentence("`invoice pay 1 5000.00 EUR`") == "`invoice pay 1 5000.00 EUR`"
