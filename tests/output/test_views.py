"""What a view shows of one thing: nothing that its JSON says of it is dropped."""

from tests.conftest import Cowork


def test_an_entry_says_its_rate_or_that_it_is_not_billable(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--for", "1h")
    acme("track", "add", "acme/site", "--from", "11:00", "--for", "1h", "--non-billable")
    listed = acme("track", "list", "-o", "table").out
    assert "Billable" in listed
    assert [line.split()[-1] for line in listed.splitlines() if "11:00" in line] == ["no"]
    plain = acme("track", "list", "-o", "csv").out.splitlines()
    assert plain[0].endswith(",Billable,Rate,Person")
    assert [row.rsplit(",", 3)[1:3] for row in plain[1:]] == [["yes", "95"], ["no", "95"]]
    assert "not billable" in acme("track", "edit", "e-2", "--note", "free", "-o", "table").out
    assert "95 an hour" in acme("track", "edit", "e-1", "--note", "paid", "-o", "table").out
    acme("track", "remove", "e-2", "--yes")
    assert "Billable" not in acme("track", "list", "-o", "table").out


def test_an_invoice_says_the_rate_of_its_currency(acme: Cowork) -> None:
    for words in (
        ("client", "edit", "acme", "--currency", "CHF"),
        ("invoice", "draft", "acme", "--empty"),
        ("invoice", "line", "draft-1", "--text", "A", "--price", "1000"),
        ("invoice", "rate", "draft-1", "--to", "EUR", "0.9231", "--on", "2026-11-03"),
    ):
        assert acme(*words).code == 0
    shown = acme("invoice", "show", "draft-1", "-o", "table").out
    assert "1 CHF is 0.9231 EUR on Tue 2026-11-03" in " ".join(shown.split())


def test_an_address_says_its_country(cowork: Cowork) -> None:
    words = ("--street", "Rue 5", "--postcode", "75001", "--city", "Paris", "--country", "FR")
    assert cowork("address", "add", "Bureau", *words).code == 0
    shown = cowork("address", "show", "a-1", "-o", "table").out
    assert ["country", "FR"] in [line.split() for line in shown.splitlines()]
