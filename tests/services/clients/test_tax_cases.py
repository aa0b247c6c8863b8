"""The tax case of a client and its country agree, or somebody is asked; nothing is assumed in silence."""

from pathlib import Path

import pytest

from cowork_cli.services.clients.tax_cases import Facts, MustBeSaid, changed, settled
from tests.conftest import Cowork, Outcome

pytestmark = pytest.mark.usefixtures("november")

HOME = "DE"
ALPS = ("client", "add", "alps", "--name", "Alps", "--rate", "100")


def client(type_: str, country: str, vat_id: str | None = None, tax: str | None = None) -> Facts:
    return Facts("alps", type_, country, vat_id, tax)


@pytest.mark.parametrize(
    ("facts", "case", "words"),
    [
        (client("business", "DE"), None, ""),
        (client("private", "DE"), None, ""),
        (client("business", "FR", "FR40303265045"), "reverse-charge", "§ 14a (1)"),
        (client("public", "GR", "EL094259216"), "reverse-charge", "EL094259216"),
        (client("business", "CH"), "outside-eu", "outside the EU"),
        (client("business", "GB", "XI366303068"), "outside-eu", "outside the EU"),
        (client("public", "US"), "outside-eu", "§ 3a (2)"),
        (client("private", "FR"), "standard", "§ 3a (1)"),
        (client("private", "US"), "standard", "§ 3a (4)"),
        (client("business", "FR", None, "standard"), "standard", "§ 14c"),
        (client("business", "CH", None, "reduced"), "reduced", "§ 14c"),
        (client("business", "FR", None, "reverse-charge"), "reverse-charge", "no VAT id yet"),
        (client("business", "DE", None, "reverse-charge"), "reverse-charge", "no VAT id yet"),
        (client("business", "FR", "DE136695976", "standard"), "standard", "§ 14c"),
        (client("business", "DE", None, "exempt"), "exempt", "--exempt-reason"),
    ],
)
def test_a_case_is_taken_and_told(facts: Facts, case: str | None, words: str) -> None:
    found = settled(facts, HOME)
    assert found.tax == case
    assert words in " ".join(found.notes)
    assert bool(found.notes) == bool(words)


@pytest.mark.parametrize(
    "facts",
    [
        client("business", "FR"),
        client("public", "AT"),
        client("business", "FR", "DE136695976"),
        client("business", "FR", None, "outside-eu"),
        client("private", "FR", None, "reverse-charge"),
        client("business", "FR", "DE136695976", "reverse-charge"),
        client("business", "CH")._replace(tax="standard", exempt_reason="§ 4 Nr. 21 UStG"),
    ],
)
def test_a_case_that_cannot_be_known_or_does_not_fit_is_refused(facts: Facts) -> None:
    with pytest.raises(Exception, match="alps") as raised:
        settled(facts, HOME)
    assert "`--" in raised.value.hint
    assert isinstance(raised.value, MustBeSaid) == (facts.tax is None)


@pytest.mark.parametrize(
    ("before", "after", "case"),
    [
        (client("business", "DE"), client("business", "US"), "outside-eu"),
        (client("business", "US", None, "outside-eu"), client("business", "DE"), "standard"),
        (client("business", "US", None, "outside-eu"), client("business", "AT", "ATU13585627"), "reverse-charge"),
        (client("private", "FR", None, "standard"), client("business", "FR", "FR40303265045"), "reverse-charge"),
        (client("business", "DE", None, "reduced"), client("business", "CH", None, "reduced"), "reduced"),
        (client("business", "FR", None, "standard"), client("business", "FR", "FR40303265045", "standard"), "standard"),
        (client("business", "FR", None, None), client("business", "FR", None, None), None),
    ],
)  # fmt: skip
def test_a_case_that_followed_from_the_facts_follows_them(
    before: Facts, after: Facts, case: str | None
) -> None:
    found = changed(before, after._replace(tax=before.tax), HOME, said=False)
    assert found.tax == case
    assert bool(found.notes) == (case not in (None, "standard") or before.tax == "standard")


def refused(outcome: Outcome, *words: str) -> None:
    assert outcome.code == 2, str(outcome)
    for word in words:
        assert word in outcome.err


def test_a_script_is_told_what_to_say(acme: Cowork) -> None:
    refused(acme(*ALPS, "--country", "FR"), "FR without a VAT id", "--vat-id", "--tax standard")
    assert acme("client", "show", "alps").code == 5
    refused(acme("client", "edit", "acme", "--country", "FR"), "how VAT is treated must be said")
    assert acme("client", "show", "acme", "--json").data["address"]["country"] == "DE"
    said = acme("client", "edit", "acme", "--country", "FR", "--vat-id", "FR40303265045", "--json")
    assert said.data["tax"] == "reverse-charge"
    assert "no VAT is charged" in said.err
    assert 'Its postcode "50667"' not in said.err  # five figures in France too
    moved = acme("client", "edit", "acme", "--country", "CH", "--json")
    assert moved.data["tax"] == "outside-eu"
    assert 'Its postcode "50667" has not the form of one in CH' in moved.err


def test_on_a_terminal_it_is_asked(acme: Cowork) -> None:
    done = acme(*ALPS, "--country", "FR", terminal=True, stdin="FR40303265045\n")
    assert done.code == 0, str(done)
    assert acme("client", "show", "alps", "--json").data["tax"] == "reverse-charge"
    words = ("client", "add", "b", "--name", "B", "--country", "FR", "--vat-id", "DE136695976")
    assert acme(*words, terminal=True, stdin="standard\n").code == 0
    assert acme("client", "show", "b", "--json").data["tax"] == "standard"
    words = ("client", "add", "c", "--name", "C", "--tax", "exempt")
    assert acme(*words, terminal=True, stdin="§ 4 Nr. 21 UStG\n").code == 0
    assert acme("client", "show", "c", "--json").data["exempt_reason"] == "§ 4 Nr. 21 UStG"


def test_import_asks_by_line_and_tells_by_line(acme: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("id,name,country\nfr,F,FR\nxx,X,Atlantis\n", encoding="utf-8")
    refused(acme("client", "import", str(file)), "line 2: fr is a business client in FR",
            'line 3: country: "Atlantis" is not a country')  # fmt: skip
    file.write_text("id,name,country,vat-id\nfr,F,FR,FR40303265045\nus,U,US,\n", encoding="utf-8")
    done = acme("client", "import", str(file))
    assert done.code == 0
    assert "Line 2: fr is in FR with the VAT id" in done.err
    assert "Line 3: us is in US, outside the EU" in done.err
    assert acme("client", "show", "us", "--json").data["tax"] == "outside-eu"


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_client_from_before_is_asked_about_when_it_is_billed(acme: Cowork, home: Path) -> None:
    import sqlite3

    acme("track", "add", "acme/site", "--from", "9:00", "--to", "11:00")
    acme("invoice", "list")
    with sqlite3.connect(home / "data" / "cowork.db") as store:
        store.execute("UPDATE clients SET country = 'US', tax = NULL")
    refused(acme("invoice", "draft", "acme"), "never said", "client edit acme --tax outside-eu")
    assert acme("invoice", "list", "--json").data == []
    done = acme("invoice", "draft", "acme", terminal=True, stdin="outside-eu\n")
    assert done.code == 0, str(done)
    assert "not taxable in Germany" in done.out
    draft = acme("invoice", "show", "draft-1", "--json").data
    assert draft["tax_case"] == "no VAT: not taxable in Germany (§ 3a (2) UStG)"


def test_the_draft_shows_the_case_in_words(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "11:00")
    made = acme("invoice", "draft", "acme", "--json")
    assert made.data["tax_case"] == "19 % VAT"
    assert "How VAT is treated: 19 % VAT." in made.err


def test_the_paragraph_of_an_exempt_client(acme: Cowork) -> None:
    acme("client", "edit", "acme", "--tax", "exempt", "--exempt-reason", "§ 4 Nr. 21 UStG")
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "11:00")
    draft = acme("invoice", "draft", "acme", "--json").data
    assert draft["vat"][0]["reason"] == "Steuerfrei nach § 4 Nr. 21 UStG"
    assert draft["tax_case"] == "no VAT: Steuerfrei nach § 4 Nr. 21 UStG"
    issued = acme("invoice", "issue", "draft-1", "--json").data
    for form in ("cii", "html"):
        page = acme("invoice", "export", issued["number"], "--format", form).out
        assert "Steuerfrei nach § 4 Nr. 21 UStG" in page
    (row,) = [row for row in acme("report", "vat", "--json").data if row["kind"] == "output"]
    assert (row["case"], row["reason"]) == ("exempt", "Steuerfrei nach § 4 Nr. 21 UStG")
    refused(acme("client", "edit", "acme", "--tax", "standard", "--exempt-reason", "x"), "needs no")
    back = acme("client", "edit", "acme", "--tax", "standard", "--json").data
    assert (back["tax"], back["exempt_reason"]) == ("standard", None)


@pytest.mark.parametrize("rate", ["95 CHF", "CHF 95", "1.500", "-5"])
def test_a_rate_is_in_the_currency_of_the_client(acme: Cowork, rate: str) -> None:
    refused(acme("client", "edit", "acme", "--rate", rate), "rate")
    refused(acme("project", "edit", "acme/site", "--day-rate", rate), "day rate")


def test_a_rate_may_name_its_currency(acme: Cowork, tmp_path: Path) -> None:
    assert acme("client", "edit", "acme", "--rate", "99 EUR", "--json").data["rate"] == "99"
    new = acme(*ALPS[:-1], "1.500,00 CHF", "--currency", "CHF", "--json")
    assert new.data["rate"] == "1500.00", str(new)
    file = tmp_path / "clients.csv"
    file.write_text("id;rate\nalps;95 EUR\n", encoding="utf-8")
    refused(acme("client", "import", str(file)), "line 2: rate 95 EUR is in EUR")


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("DE", "D-10115", "10115"),
        ("DE", "DE 10115", "10115"),
        ("CH", "CH-8001", "8001"),
        ("AT", "a-1010", "1010"),
        ("GB", "sw1a 1aa", "SW1A 1AA"),
        ("NL", "1011 ab", "1011 AB"),
        ("PL", "00-001", "00-001"),
        ("SE", "11122", "11122"),
        ("LI", "9490", "9490"),
        ("US", "10001-1234", "10001-1234"),
        ("JP", "100-0001", "100-0001"),
        ("DE", "1011", None),
        ("DE", "00999", None),
        ("DE", "SW1A 1AA", None),
        ("CH", "10115", None),
        ("LI", "8001", None),
        ("NO", "10115", None),
        ("US", "1234", None),
        ("GB", "10115", None),
        ("FR", "D-75001", None),
    ],
)
def test_a_postcode_has_the_form_of_its_country(
    acme: Cowork, tmp_path: Path, country: str, typed: str, kept: str | None
) -> None:
    file = tmp_path / "c.csv"
    file.write_text(f"id;name;country;tax;postcode\nx;X;{country};standard;{typed}\n")
    outcomes = [
        acme(*ALPS, "--country", country, "--tax", "standard", "--postcode", typed, "--json"),
        acme("space", "add", "Werk", "--country", country, "--postcode", typed, "--json"),
        acme("address", "add", "Hof", "--street", "S 1", "--city", "O", "--country", country,
             "--postcode", typed, "--json"),
        acme("init", "--no-input", "--country", country, "--postcode", typed, "--json"),
    ]  # fmt: skip
    imported = acme("client", "import", str(file))
    if kept is None:
        for outcome in (*outcomes, imported):
            refused(outcome, "postcode", f"in {country}")
        return
    for outcome in outcomes:
        assert outcome.code == 0, str(outcome)
    assert [outcome.data["address"]["postcode"] for outcome in outcomes[:2]] == [kept] * 2
    assert outcomes[3].data["postcode"] == kept
    assert imported.code == 0
    assert acme("client", "show", "x", "--json").data["address"]["postcode"] == kept
    assert acme("config", "set", "seller.postcode", typed, "--json").data["value"] == kept


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("seller.postcode", "1011"), ("hours.week", "whenever"), ("datev.consultant", "12"),
        ("datev.consultant", "x"), ("datev.client", "0"), ("datev.client", "²"),
        ("datev.client", "100000"), ("invoice.font", "/no/font.ttf"), ("seller.address", "home"),
    ],
)  # fmt: skip
def test_a_setting_that_its_reader_refuses_is_not_accepted(
    acme: Cowork, name: str, text: str
) -> None:
    before = acme("config", "get", name, "--json").data["value"]
    refused(acme("config", "set", name, text), name)
    assert acme("config", "get", name, "--json").data["value"] == before
