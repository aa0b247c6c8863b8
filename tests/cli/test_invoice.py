"""From hours to an issued invoice, through the funnel."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import Cowork, Played


@pytest.fixture
def hours(acme: Cowork, played: Played) -> Cowork:
    """The hours of the tour: 2.5 h and 3.25 h at 95 euro."""
    return played(
        ("track", "add", "acme/site", "Konzept", "--from", "09:00", "--to", "11:30"),
        ("track", "add", "acme/site", "Umsetzung", "--on", "yesterday", "--from", "14:00",
         "--to", "17:15"),
    )  # fmt: skip


@pytest.fixture
def issued(hours: Cowork, played: Played) -> Cowork:
    """An issued invoice 2026-0001."""
    return played(("invoice", "draft", "acme"), ("invoice", "issue", "draft-1"))


def test_the_fields_of_an_invoice_are_a_contract(hours: Cowork) -> None:
    draft = hours("invoice", "draft", "acme", "--json").data
    assert list(draft) == [
        "number", "id", "type", "state", "client", "date", "due", "period", "currency", "lines", "net",
        "vat", "gross", "paid", "open", "cancels", "cancelled_by", "replaces", "files", "sha256",
        "prepaid", "skonto_taken", "exchange", "reminders", "tax_case", "quote",
        "plan", "mailed",
    ]  # fmt: skip
    assert list(draft["lines"][0]) == [
        "text", "quantity", "unit", "price", "discount", "vat_rate", "vat_category", "net",
        "duration_s", "discount_percent",
    ]  # fmt: skip
    assert list(draft["vat"][0]) == ["rate", "category", "base", "amount", "reason"]


def test_draft(hours: Cowork) -> None:
    draft = hours("invoice", "draft", "acme", "--json").data
    assert (draft["id"], draft["number"], draft["state"]) == ("draft-1", None, "draft")
    (line,) = draft["lines"]
    assert (line["text"], line["quantity"], line["price"]) == (
        "acme/site: Umsetzung, Konzept",
        "5.75",
        "95",
    )
    assert draft["net"]["amount"] == "546.25"
    assert draft["vat"][0]["amount"]["amount"] == "103.79"
    assert draft["gross"]["amount"] == "650.04"
    assert draft["period"] == {"from": "2026-11-24", "to": "2026-11-25"}
    entry = hours("track", "list", "--json").data[0]
    assert entry["billed_on"] is None, "a draft bills nothing"


def test_issue_writes_one_page_with_the_right_totals(hours: Cowork, home: Path) -> None:
    hours("invoice", "draft", "acme")
    invoice = hours("invoice", "issue", "draft-1", "--json").data
    assert invoice["number"] == "2026-0001"
    assert (invoice["date"], invoice["due"]) == ("2026-11-25", "2026-12-09")
    assert invoice["state"] == "issued"
    assert invoice["open"]["amount"] == "650.04"
    file = home / "data" / "invoices" / "2026-0001.pdf"
    assert invoice["files"] == ["2026-0001.pdf", "2026-0001.xml"]
    content = file.read_bytes()
    import hashlib

    assert invoice["sha256"] == hashlib.sha256(content).hexdigest()
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    text = reader.pages[0].extract_text()
    for expected in (
        "2026-0001",
        "546,25",
        "103,79",
        "650,04",
        "25.11.2026",
        "ACME GmbH",
        "27/123/45678",
    ):
        assert expected in text
    assert file.stat().st_mode & 0o777 == 0o600


def test_issued_hours_are_locked(issued: Cowork) -> None:
    assert {row["billed_on"] for row in issued("track", "list", "--json").data} == {"2026-0001"}
    outcome = issued("track", "remove", "e-1", "-y")
    assert outcome.code == 6
    assert "billed on invoice 2026-0001" in outcome.err
    assert "invoice cancel 2026-0001" in outcome.err
    assert issued("invoice", "draft", "acme").code == 5, "nothing is left to bill"
    assert issued("report", "unbilled", "--json").data == []


def test_undo_stops_at_the_issued_invoice(issued: Cowork) -> None:
    issued(
        "track",
        "add",
        "acme/site",
        "Versehen",
        "--on",
        "yesterday",
        "--from",
        "18:00",
        "--to",
        "18:30",
    )
    assert issued("undo").code == 0
    outcome = issued("undo")
    assert outcome.code == 6
    assert "invoice cancel" in outcome.err
    assert len(issued("track", "list", "--json").data) == 2


def test_cancel_makes_a_second_document_and_frees_the_hours(issued: Cowork, home: Path) -> None:
    cancellation = issued(
        "invoice", "cancel", "2026-0001", "--reason", "Falscher Satz", "-y", "--json"
    ).data
    assert cancellation["number"] == "2026-0002"
    assert (cancellation["type"], cancellation["state"]) == (384, "cancellation")
    assert cancellation["cancels"] == "2026-0001"
    assert cancellation["lines"][0]["quantity"] == "-5.75"
    assert cancellation["lines"][0]["price"] == "95", "never a negative price (BR-27)"
    assert cancellation["gross"]["amount"] == "-650.04"
    original = issued("invoice", "show", "2026-0001", "--json").data
    assert (original["state"], original["cancelled_by"], original["open"]["amount"]) == (
        "cancelled",
        "2026-0002",
        "0.00",
    )
    text = PdfReader(home / "data" / "invoices" / "2026-0002.pdf").pages[0].extract_text()
    assert "Stornorechnung" in text
    assert "2026-0001" in text
    assert {row["billed_on"] for row in issued("track", "list", "--json").data} == {None}
    again = issued("invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    assert again.code == 6
    issued("invoice", "draft", "acme")
    assert issued("invoice", "issue", "draft-3", "--json").data["number"] == "2026-0003"


def test_a_number_is_never_used_again_and_can_begin_later(hours: Cowork) -> None:
    assert hours("config", "set", "invoice.next.invoice", "17").code == 0
    hours("invoice", "draft", "acme")
    assert hours("invoice", "issue", "draft-1", "--json").data["number"] == "2026-0017"
    hours("track", "add", "acme/site", "--on", "mon", "--from", "9:00", "--to", "10:00")
    hours("invoice", "draft", "acme")
    assert hours("invoice", "issue", "draft-2", "--json").data["number"] == "2026-0018"


def test_missing_seller_data_is_named_at_once(cowork: Cowork) -> None:
    cowork("client", "add", "acme", "--name", "ACME", "--rate", "95")
    cowork("project", "add", "acme/site")
    cowork("track", "add", "acme/site", "--from", "9:00", "--to", "17:00")
    cowork("invoice", "draft", "acme")
    outcome = cowork("invoice", "issue", "draft-1")
    assert outcome.code == 6
    for name in (
        "seller.name",
        "seller.street",
        "seller.postcode",
        "seller.city",
        "seller.tax_number",
        "city of acme",
    ):
        assert name in outcome.err
    assert "cowork config set seller.street" in outcome.err
    assert "cowork client edit acme --city" in outcome.err
    assert cowork("invoice", "list", "--json").data[0]["state"] == "draft"


def test_a_draft_whose_hours_changed_is_not_issued(hours: Cowork) -> None:
    hours("invoice", "draft", "acme")
    hours("track", "remove", "e-1", "-y")
    outcome = hours("invoice", "issue", "draft-1")
    assert outcome.code == 6
    assert "e-1 changed since draft-1 was made" in outcome.err


def test_two_drafts_never_hold_the_same_hours(hours: Cowork) -> None:
    hours("invoice", "draft", "acme")
    outcome = hours("invoice", "draft", "acme")
    assert outcome.code == 5
    assert "draft-1" in outcome.err
    assert hours("invoice", "discard", "draft-1", "-y").code == 0
    assert hours("invoice", "draft", "acme").code == 0


def test_small_business_never_charges_vat(hours: Cowork, home: Path) -> None:
    hours("config", "set", "seller.small_business", "true")
    hours("invoice", "draft", "acme")
    invoice = hours("invoice", "issue", "draft-1", "--json").data
    assert invoice["gross"]["amount"] == "546.25"
    assert invoice["vat"][0]["category"] == "E"
    assert "§ 19 UStG" in invoice["vat"][0]["reason"]
    assert (
        "§ 19 UStG"
        in PdfReader(home / "data" / "invoices" / "2026-0001.pdf").pages[0].extract_text()
    )


def test_a_draft_with_vat_is_refused_to_a_small_business(hours: Cowork) -> None:
    hours("invoice", "draft", "acme")
    hours("config", "set", "seller.small_business", "true")
    assert hours("invoice", "issue", "draft-1").code == 6


def test_reverse_charge_needs_both_vat_ids(hours: Cowork) -> None:
    hours("client", "edit", "acme", "--tax", "reverse-charge")
    hours("invoice", "draft", "acme")
    outcome = hours("invoice", "issue", "draft-1")
    assert outcome.code == 6
    assert "seller.vat_id" in outcome.err
    assert "VAT id of acme" in outcome.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("invoice", "issue", "draft-9"), 5),
        (("invoice", "issue"), 2),
        (("invoice", "issue", "draft-1", "--date", "2026-11-26"), 6),
        (("invoice", "issue", "draft-1", "--due", "2026-11-01"), 2),
        (("invoice", "pay", "draft-1", "--amount", "10"), 6),
        (("invoice", "cancel", "draft-1", "--reason", "x", "-y"), 6),
        (("invoice", "export", "draft-1"), 6),
        (("invoice", "draft", "acme", "--group", "moon"), 2),
        (("invoice", "draft", "nobody"), 5),
    ],
)
def test_refused_with_nothing_changed(hours: Cowork, words: tuple[str, ...], code: int) -> None:
    hours("invoice", "draft", "acme")
    before = hours("history", "--json").data
    outcome = hours(*words)
    assert outcome.code == code, str(outcome)
    assert outcome.err.startswith("error: ")
    assert hours("history", "--json").data == before


def test_dates_before_the_last_one_need_force(issued: Cowork) -> None:
    issued("track", "add", "acme/site", "--on", "mon", "--from", "9:00", "--to", "10:00")
    issued("invoice", "draft", "acme")
    assert issued("invoice", "issue", "draft-2", "--date", "2026-11-24").code == 6
    assert issued("invoice", "issue", "draft-2", "--date", "2026-11-24", "--force").code == 0


def test_payments_make_the_state(issued: Cowork) -> None:
    assert (
        issued("invoice", "pay", "2026-0001", "--amount", "100", "--json").data["state"]
        == "part-paid"
    )
    late = {"COWORK_NOW": "2027-01-10T12:00:00+01:00"}
    assert issued("invoice", "show", "2026-0001", "--json", env=late).data["state"] == "overdue"
    assert issued("status", "--exit-code", env=late).code == 6
    paid = issued("invoice", "pay", "2026-0001", "--amount", "550.04", "--json").data
    assert (paid["state"], paid["open"]["amount"]) == ("paid", "0.00")
    assert issued("invoice", "pay", "2026-0001", "--amount", "-9999").code == 6
    assert issued("invoice", "list", "--unpaid", "--json").data == []


def test_a_dry_run_takes_no_number(hours: Cowork, home: Path) -> None:
    hours("invoice", "draft", "acme")
    outcome = hours("invoice", "issue", "draft-1", "--dry-run")
    assert outcome.code == 0
    text = PdfReader(home / "data" / "invoices" / "ENTWURF-draft-1.pdf").pages[0].extract_text()
    assert "ENTWURF" in text
    assert "2026-0001" not in text
    assert hours("invoice", "issue", "draft-1", "--json").data["number"] == "2026-0001"


def several(cowork: Cowork) -> None:
    """draft-1 and draft-3 can be issued; the client of draft-2 has no VAT id for reverse charge."""
    added = cowork("client", "add", "dupont", "--name", "Dupont", "--country", "FR", "--street", "Rue 1",
                   "--postcode", "75001", "--city", "Paris", "--tax", "reverse-charge")  # fmt: skip
    assert added.code == 0, str(added)
    for number, client in enumerate(("acme", "dupont", "acme"), 1):
        cowork("invoice", "draft", client, "--empty")
        line = ("--text", "Work", "--price", "100")
        assert cowork("invoice", "line", f"draft-{number}", *line).code == 0


@pytest.mark.parametrize("words", [("--all",), ("draft-1", "draft-2", "draft-3")])
def test_of_several_drafts_what_can_be_issued_is(acme: Cowork, words: tuple[str, ...]) -> None:
    several(acme)
    outcome = acme("invoice", "issue", *words, "--json")
    assert (outcome.code, outcome.json["status"]) == (8, "partial")
    assert sorted(row["number"] for row in outcome.data) == ["2026-0001", "2026-0002"]
    (problem,) = outcome.json["problems"]
    assert "VAT id of dupont" in problem["message"]
    assert "Issued 2026-0001" in outcome.err
    left = acme("invoice", "list", "--json").data
    assert [row["id"] for row in left if row["state"] == "draft"] == ["draft-2"]


def test_several_drafts_that_all_fail_change_nothing(acme: Cowork) -> None:
    several(acme)
    assert acme("invoice", "issue", "draft-2", "draft-9").code == 6
    assert {row["state"] for row in acme("invoice", "list", "--json").data} == {"draft"}


def test_what_an_invoice_lacks_is_said_before_its_number_is_taken(acme: Cowork) -> None:
    acme("config", "unset", "seller.iban")
    acme("track", "add", "acme/site", "--from", "9:00", "--for", "1h", "private remark")
    acme("invoice", "draft", "acme")
    declined = acme("invoice", "issue", "draft-1", terminal=True, stdin="n\n")
    for part in ("no IBAN will be printed", "acme/site has no name", "private remark"):
        assert part in declined.err, part
    script = acme("invoice", "issue", "draft-1")
    assert script.code == 0
    assert "`cowork config set seller.iban …`" in script.err
    assert "private remark" not in script.err


def test_german_vat_in_another_currency_wants_its_amount_in_euro(acme: Cowork) -> None:
    acme("client", "edit", "acme", "--currency", "CHF")
    acme("invoice", "draft", "acme", "--empty")
    acme("invoice", "line", "draft-1", "--text", "Work", "--price", "100")
    assert "2006/112/EC, article 230" in acme("invoice", "issue", "draft-1", terminal=True).err
    acme("invoice", "rate", "draft-1", "--to", "EUR", "1.0612")
    assert "article 230" not in acme("invoice", "issue", "draft-1").err


def test_a_terminal_is_asked_with_the_totals(hours: Cowork) -> None:
    hours("invoice", "draft", "acme")
    declined = hours("invoice", "issue", "draft-1", terminal=True, stdin="n\n")
    assert declined.code == 1
    assert "650.04 EUR" in declined.err
    assert "cannot be undone" in declined.err
    assert hours("invoice", "issue", "draft-1", terminal=True, stdin="\n").code == 1
    assert hours("invoice", "issue", "draft-1", terminal=True, stdin="y\n").code == 0


def test_a_lost_copy_is_written_again(issued: Cowork, home: Path) -> None:
    file = home / "data" / "invoices" / "2026-0001.pdf"
    content = file.read_bytes()
    file.unlink()
    issued("invoice", "list")
    assert file.read_bytes() == content


def test_export_to_stdout_gives_the_very_bytes(issued: Cowork, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "bill.pdf"
    assert issued("invoice", "export", "2026-0001", "--out", str(target)).code == 0
    assert target.read_bytes() == (home / "data" / "invoices" / "2026-0001.pdf").read_bytes()
    assert issued("invoice", "export", "2026-0001", "--json").code == 2


def test_issue_all(hours: Cowork) -> None:
    hours(
        "client",
        "add",
        "beta",
        "--name",
        "Beta",
        "--rate",
        "10",
        "--street",
        "A 1",
        "--postcode",
        "10115",
        "--city",
        "Berlin",
    )
    hours("project", "add", "beta/x")
    hours("track", "add", "beta/x", "--on", "mon", "--from", "9:00", "--to", "10:00")
    for client in ("acme", "beta"):
        hours("invoice", "draft", client)
    assert [row["number"] for row in hours("invoice", "issue", "--all", "--json").data] == [
        "2026-0001",
        "2026-0002",
    ]
    assert hours("invoice", "issue", "--all", "--json").data == []


def test_two_numbers_with_one_file_name_keep_both_files(hours: Cowork, home: Path) -> None:
    """`R/1` and, after the format was changed, `R-1` of another year."""
    hours("config", "set", "invoice.number_format", "{series}/{seq}")
    hours("track", "add", "acme/site", "--on", "mon", "--from", "9:00", "--to", "10:00")
    hours("invoice", "draft", "acme", "--series", "R", "--from", "2026-11-23", "--to", "2026-11-23")
    assert hours("invoice", "issue", "draft-1", "--json").data["number"] == "R/1"
    hours("config", "set", "invoice.number_format", "R-{seq}")
    hours("invoice", "draft", "acme")
    assert hours("invoice", "issue", "draft-2", "--json").data["number"] == "R-1"
    names = {file.name for file in (home / "data" / "invoices").iterdir()}
    assert names == {"R-1.pdf", "R-1.xml", "R-1-2.pdf", "R-1-2.xml"}
    assert hours("data", "verify").code == 0
