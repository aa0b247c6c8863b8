"""Quotes: made, sent, answered, billed; what was sent stays as it was, what is billed is billed once."""

import json
import sqlite3
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import Cowork

ADD = (
    "quote", "add", "acme", "--title", "Relaunch",
    "--line", "Konzept", "--price", "800",
    "--line", "Umsetzung", "--qty", "5", "--unit", "day", "--price", "760", "--discount", "5%",
    "--line", "Schulung", "--price", "450", "--choice", "optional",
)  # fmt: skip
ONE = ("quote", "add", "acme", "--line", "Konzept", "--price", "1000")
LATER = {"COWORK_NOW": "2026-12-26T09:00:00+01:00"}


def text_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


@pytest.fixture
def sent(acme: Cowork) -> Cowork:
    assert acme(*ADD).code == 0
    assert acme("quote", "send", "AN-2026-0001").code == 0
    return acme


@pytest.fixture
def accepted(sent: Cowork) -> Cowork:
    assert sent("quote", "accept", "AN-2026-0001").code == 0
    return sent


def bill(cowork: Cowork, *words: str) -> str:
    """Drafts and issues; returns the number of the invoice."""
    draft = cowork("invoice", "draft", "acme", "--quote", "AN-2026-0001", *words, "--json").data
    issued = cowork("invoice", "issue", draft["id"], "--json")
    assert issued.code == 0, str(issued)
    return str(issued.data["number"])


def test_each_line_takes_what_stands_after_it(acme: Cowork) -> None:
    quote = acme(*ADD, "--json").data
    assert [
        (
            row["text"],
            row["quantity"],
            row["unit"],
            row["price"],
            row["net"]["amount"],
            row["choice"],
        )
        for row in quote["lines"]
    ] == [
        ("Konzept", "1", "flat", "800", "800.00", None),
        ("Umsetzung", "5", "day", "760", "3610.00", None),
        ("Schulung", "1", "flat", "450", "450.00", "optional"),
    ]
    assert quote["number"] == "AN-2026-0001"
    assert (quote["id"], quote["state"], quote["title"]) == ("q-1", "draft", "Relaunch")
    assert (quote["date"], quote["valid_until"]) == ("2026-11-25", "2026-12-25")
    amounts = [quote[name]["amount"] for name in ("net", "gross", "billed")]
    assert amounts == ["4410.00", "5247.90", "0.00"]
    assert quote["vat"][0]["amount"]["amount"] == "837.90"
    assert quote["project"] is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "a quote needs a line"),
        (("--line", "A"), 2, "a new line needs --price"),
        (("--price", "5", "--line", "A"), 0, ""),
        (("--price", "5", "--line", "A", "--line", "B", "--price", "2"), 2, "before any --line"),
        (("--line", "A", "--price", "5", "--price", "6"), 2, '--price is given twice for "A"'),
        (("--line", "A", "--price", "x"), 2, '"x" is not'),
        (("--line", "A", "--price", "5", "--unit", "week"), 2, "is not a unit"),
        (("--line", "A", "--price", "5", "--choice", "maybe"), 2, '--choice "maybe" is not known'),
        (("--line", "A", "--price", "5", "--choice", "optional"), 6, "every line is a choice"),
        (
            ("--line", "A", "--price", "5", "--valid", "soon"),
            2,
            "neither a length of time nor a day",
        ),
        (("--line", "A", "--price", "5", "--valid", "0d"), 2, "0 days"),
        (("--line", "A", "--price", "5", "--valid", "2026-11-24"), 2, "has passed"),
        (("--line", "A", "--price", "5", "--project", "other/x"), 5, "other/x"),
        (("--line", "A", "--price", "5", "--project", "A B"), 2, "cannot be the id of a project"),
        (("--line", "A", "--price", "5", "--vat", "16"), 2, "no VAT rate"),
    ],
)
def test_what_cannot_be_offered_takes_no_number(
    acme: Cowork, words: tuple[str, ...], code: int, said: str
) -> None:
    done = acme("quote", "add", "acme", *words)
    assert done.code == code, str(done)
    assert said in done.err
    number = acme(*ONE, "--json").data["number"]
    assert number == ("AN-2026-0002" if code == 0 else "AN-2026-0001")


def test_a_number_is_never_used_again(acme: Cowork) -> None:
    assert acme(*ONE).code == 0
    assert acme("undo").code == 0
    assert acme(*ONE, "--json").data["number"] == "AN-2026-0002"
    assert acme("quote", "discard", "AN-2026-0002", "--yes").code == 0
    assert acme(*ONE, "--json").data["number"] == "AN-2026-0003"
    acme("config", "set", "quote.number_format", "Q-{seq}")
    acme("config", "set", "quote.next", "20")
    assert acme(*ONE, "--json").data["number"] == "Q-20"
    assert (
        acme(*ONE, "--json", env={"COWORK_NOW": "2027-01-02T09:00:00+01:00"}).data["number"]
        == "Q-21"
    )


def test_a_number_that_another_format_gave_is_passed_over(acme: Cowork) -> None:
    acme("config", "set", "quote.number_format", "Q{year}-{seq}")
    assert acme(*ONE, "--json").data["number"] == "Q2026-1"
    acme("config", "set", "quote.number_format", "Q2026-{seq}")
    assert acme(*ONE, "--json").data["number"] == "Q2026-2"


def test_options_may_be_written_with_an_equals_sign(acme: Cowork) -> None:
    quote = acme(
        "quote", "add", "acme", "--line=A", "--price=1", "--line=B", "--price=2", "--qty=3", "--json"
    ).data  # fmt: skip
    assert [(row["text"], row["price"], row["quantity"]) for row in quote["lines"]] == [
        ("A", "1", "1"), ("B", "2", "3"),
    ]  # fmt: skip
    shown = acme("history").rows[0][2]
    assert shown == "quote add acme --line=A --price=1 --line=B --price=2 --qty=3"


def test_numbers_begin_anew_with_the_year(acme: Cowork) -> None:
    acme(*ONE)
    acme(*ONE)
    new = {"COWORK_NOW": "2027-01-02T09:00:00+01:00"}
    assert acme(*ONE, "--json", env=new).data["number"] == "AN-2027-0001"
    assert acme("invoice", "draft", "acme", "--empty").code == 0
    acme("invoice", "line", "draft-1", "--text", "x", "--price", "1")
    assert acme("invoice", "issue", "draft-1", "--json").data["number"] == "2026-0001"


def test_a_draft_is_changed_line_by_line(acme: Cowork) -> None:
    acme(*ADD)
    added = acme("quote", "line", "q-1", "--text", "Reise", "--price", "100", "--json").data
    assert added["net"]["amount"] == "4510.00"
    changed = acme("quote", "line", "q-1", "--line", "1", "--qty", "2", "--json").data
    assert (changed["lines"][0]["net"]["amount"], changed["net"]["amount"]) == (
        "1600.00",
        "5310.00",
    )
    counted = acme("quote", "line", "q-1", "--line", "3", "--choice", "none", "--json").data
    assert (counted["lines"][2]["choice"], counted["net"]["amount"]) == (None, "5760.00")
    gone = acme("quote", "line", "q-1", "--line", "4", "--remove", "--json").data
    assert len(gone["lines"]) == 3
    assert acme("quote", "line", "q-1", "--line", "9", "--price", "1").code == 6
    assert acme("quote", "line", "q-1", "--line", "1").code == 2
    edited = acme("quote", "edit", "q-1", "--valid", "2027-01-31", "--note", "Hi", "--json").data
    assert (edited["valid_until"], edited["note"]) == ("2027-01-31", "Hi")
    assert acme("quote", "edit", "q-1", "--note", "", "--json").data["note"] is None
    assert acme("undo").code == 0
    assert acme("quote", "show", "q-1", "--json").data["note"] == "Hi"


@pytest.mark.file_store(reason="changes the file past the program")
def test_what_was_sent_stays_as_it_was(sent: Cowork, tmp_path: Path, home: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    sent("quote", "export", "AN-2026-0001", "--out", str(first))
    sent("client", "edit", "acme", "--name", "Other GmbH")
    sent("config", "set", "seller.name", "Somebody Else")
    sent("quote", "export", "AN-2026-0001", "--out", str(second))
    assert first.read_bytes() == second.read_bytes()
    for words in (("line", "q-1", "--text", "x", "--price", "1"), ("edit", "q-1", "--note", "x")):
        refused = sent("quote", *words)
        assert refused.code == 6
        assert "is sent, it cannot be changed any more" in refused.err
    assert sent("quote", "discard", "q-1", "--yes").code == 6
    connection = sqlite3.connect(home / "data" / "cowork.db")
    for change in ("net = 1", "number = 'X'", "state = 'draft'", "document = '{}'"):
        with pytest.raises(sqlite3.IntegrityError, match="the quote is sent"):
            connection.execute(f"UPDATE quotes SET {change}")
    for change in (
        "UPDATE quote_lines SET net = 1",
        "DELETE FROM quote_lines",
        "DELETE FROM quotes",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(change)
    connection.close()


def test_sending_cannot_be_undone_but_answers_can(sent: Cowork) -> None:
    sent("quote", "accept", "AN-2026-0001")
    assert sent("project", "show", "acme/relaunch").code == 0
    assert sent("undo").code == 0
    assert sent("project", "show", "acme/relaunch").code == 5
    assert sent("quote", "show", "q-1", "--json").data["state"] == "sent"
    assert (
        sent("quote", "decline", "q-1", "--reason", "Zu teuer", "--json").data["reason"]
        == "Zu teuer"
    )
    assert sent("undo").code == 0
    refused = sent("undo")
    assert refused.code == 6
    assert "quote AN-2026-0001 has left the house" in refused.err
    assert "cowork quote decline AN-2026-0001" in refused.err


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_says_what_is_offered(acme: Cowork, tmp_path: Path, language: str) -> None:
    acme("config", "set", "invoice.language", language)
    acme(*ADD, "--note", "Hinweis", "--order-ref", "RFQ 7")
    draft, page = tmp_path / "draft.pdf", tmp_path / "quote.pdf"
    acme("quote", "export", "q-1", "--out", str(draft))
    marks = {"de": "ENTWURF", "en": "DRAFT"}
    assert marks[language] in text_of(draft)
    acme("quote", "send", "q-1")
    assert acme("quote", "export", "q-1", "--format", "pdf", "--out", str(page)).code == 0
    shown = " ".join(text_of(page).split())
    wanted = {
        "de": (
            "Angebot", "Angebotsnummer", "AN-2026-0001", "Gültig bis", "25.12.2026", "Relaunch",
            "Optional, nicht in der Summe enthalten", "(450,00 €)", "Angebotssumme", "5.247,90 €",
            "19 % Umsatzsteuer", "837,90 €", "RFQ 7", "Hinweis", "bis zum 25.12.2026 gebunden",
            "innerhalb von 14 Tagen",
        ),
        "en": (
            "Quote", "Quote number", "AN-2026-0001", "Valid until", "25 December 2026",
            "Optional, not included in the total", "€5,247.90", "VAT 19", "binding until",
        ),
    }  # fmt: skip
    for words in wanted[language]:
        assert words in shown, (words, shown)
    for never in (
        "Rechnungsnummer",
        "Bitte überweisen",
        "Please transfer",
        "IBAN",
        marks[language],
    ):
        assert never not in shown
    html = acme("quote", "export", "q-1", "--format", "html").out
    assert "AN-2026-0001" in html
    assert json.loads(acme("quote", "export", "q-1", "--format", "json").out)["quote"]["number"]


@pytest.mark.parametrize(
    ("edit", "category", "said"),
    [
        (("--country", "FR", "--vat-id", "FR40303265045"), "AE", "Steuerschuldnerschaft"),
        (("--country", "CH", "--postcode", "8001", "--tax", "outside-eu"), "O", "Nicht steuerbar"),
        (("--tax", "exempt", "--exempt-reason", "§ 4 Nr. 21 UStG"), "E", "§ 4 Nr. 21"),
    ],
)
def test_vat_is_treated_as_on_the_invoice(
    acme: Cowork, tmp_path: Path, edit: tuple[str, ...], category: str, said: str
) -> None:
    acme("config", "set", "seller.vat_id", "DE136695976")
    edited = acme("client", "edit", "acme", *edit)
    assert edited.code == 0, str(edited)
    quote = acme(*ONE, "--json").data
    assert [(row["category"], row["amount"]["amount"]) for row in quote["vat"]] == [
        (category, "0.00")
    ]
    assert quote["gross"]["amount"] == "1000.00"
    acme("quote", "send", "q-1")
    acme("quote", "export", "q-1", "--out", str(tmp_path / "q.pdf"))
    assert said in " ".join(text_of(tmp_path / "q.pdf").split())
    acme("quote", "accept", "q-1")
    draft = acme("invoice", "draft", "acme", "--quote", "AN-2026-0001", "--json").data
    assert draft["vat"] == quote["vat"]


def test_a_small_business_offers_without_vat(acme: Cowork) -> None:
    acme("config", "set", "seller.small_business", "true")
    quote = acme(*ONE, "--json").data
    assert quote["gross"]["amount"] == "1000.00"
    assert "§ 19 UStG" in quote["vat"][0]["reason"]
    assert acme(*ONE, "--vat", "19").code == 6
    acme("config", "set", "seller.small_business", "false")
    refused = acme("quote", "send", "q-1")
    assert refused.code == 6
    assert "how VAT is treated for acme has changed" in refused.err


def test_a_client_that_is_not_there_or_abroad(seller: Cowork) -> None:
    seller("client", "add", "uk", "--name", "UK Ltd", "--country", "GB")
    seller("client", "add", "fr", "--name", "FR SARL", "--country", "FR", "--tax", "standard")
    assert seller("quote", "add", "fr", "--line", "A", "--price", "1").code == 0
    assert seller("quote", "add", "nobody", "--line", "A", "--price", "1").code == 5


def test_sending_by_mail_writes_the_mail_or_hands_it_over(acme: Cowork, tmp_path: Path) -> None:
    acme(*ONE)
    file = tmp_path / "q.eml"
    done = acme("quote", "send", "q-1", "--out", str(file))
    assert done.code == 0, str(done)
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == (
        "ACME GmbH <ap@acme.example>", "Angebot AN-2026-0001", "1",
    )  # fmt: skip
    (pdf,) = mail.iter_attachments()
    assert pdf.get_filename() == "AN-2026-0001.pdf"
    body = mail.get_body()
    assert body is not None
    assert "1.190,00" in body.get_content()
    again = acme("quote", "send", "q-1", "--out", str(file), "--json").data
    assert again["state"] == "sent"
    acme("client", "edit", "acme", "--email", "none")
    acme(*ONE)
    refused = acme("quote", "send", "q-2", "--out", str(tmp_path / "x.eml"))
    assert (refused.code, "has no e-mail address" in refused.err) == (6, True)
    assert acme("quote", "show", "q-2", "--json").data["state"] == "draft"
    dry = acme("quote", "send", "q-2", "--dry-run")
    assert (dry.code, acme("quote", "show", "q-2", "--json").data["state"]) == (0, "draft")
    assert acme("quote", "send", "q-2", "--json").data["state"] == "sent"


def test_an_expired_quote_is_known_by_the_clock_and_accepted_only_when_said(sent: Cowork) -> None:
    assert sent("quote", "show", "q-1", "--json", env=LATER).data["state"] == "expired"
    states = sent("quote", "list", "--state", "expired", "--json", env=LATER).data
    assert [row["number"] for row in states] == ["AN-2026-0001"]
    refused = sent("quote", "accept", "q-1", env=LATER)
    assert (refused.code, "--yes" in refused.err) == (2, True)
    in_time = sent("quote", "accept", "q-1", "--on", "2026-12-25", "--json", env=LATER)
    assert (in_time.code, in_time.data["decided"]) == (0, "2026-12-25")
    sent("undo", env=LATER)
    late = sent("quote", "accept", "q-1", "--yes", env=LATER)
    assert late.code == 0
    assert "valid until 2026-12-25; it is accepted nevertheless" in late.err


def test_a_draft_is_valid_from_the_day_it_is_sent(acme: Cowork) -> None:
    acme(*ONE, "--valid", "10d")
    acme(*ONE, "--valid", "2026-12-10")
    when = {"COWORK_NOW": "2026-12-08T09:00:00+01:00"}
    quote = acme("quote", "send", "q-1", "--json", env=when).data
    assert (quote["date"], quote["valid_until"]) == ("2026-12-08", "2026-12-18")
    named = acme("quote", "send", "q-2", "--json", env=when).data
    assert (named["date"], named["valid_until"]) == ("2026-12-08", "2026-12-10")
    acme(*ONE, "--valid", "2026-12-10")
    refused = acme("quote", "send", "q-3", env=LATER)
    assert (refused.code, "has passed" in refused.err) == (6, True)


def test_accepted_it_is_a_project_with_a_budget(sent: Cowork) -> None:
    done = sent("quote", "accept", "q-1", "--with", "3", "--without", "1", "--json")
    assert (done.data["state"], done.data["agreed"]["amount"]) == ("accepted", "4060.00")
    assert [row["taken"] for row in done.data["lines"]] == [False, True, True]
    assert done.data["project"] == "acme/relaunch"
    project = sent("project", "show", "acme/relaunch", "--json").data
    assert project["budget"] == {"amount": "4060.00", "currency": "EUR"}
    assert (project["name"], project["day_rate"]) == ("Relaunch", "760")
    for verb in ("accept", "decline"):
        refused = sent("quote", verb, "q-1")
        assert (refused.code, "was accepted on 2026-11-25" in refused.err) == (6, True)


def test_an_existing_project_gets_the_budget(acme: Cowork) -> None:
    acme(*ONE, "--project", "site")
    acme(*ONE)
    acme(*ONE)
    for number in ("q-1", "q-2", "q-3"):
        acme("quote", "send", number)
    first = acme("quote", "accept", "q-1", "--json")
    assert first.data["project"] == "acme/site"
    assert acme("project", "show", "acme/site", "--json").data["budget"]["amount"] == "1000.00"
    second = acme("quote", "accept", "q-2", "--project", "acme/site")
    assert "grew from 1000.00 EUR to 2000.00 EUR" in second.err
    third = acme("quote", "accept", "q-3", "--project", "shop", "--json").data
    assert third["project"] == "acme/shop"
    acme("client", "add", "beta", "--name", "Beta")
    acme("quote", "add", "beta", "--line", "A", "--price", "1")
    acme("quote", "send", "q-4")
    assert acme("quote", "accept", "q-4", "--project", "acme/site").code == 6
    plain = acme("quote", "accept", "q-4", "--no-project", "--json").data
    assert (plain["state"], plain["project"]) == ("accepted", None)


def test_a_project_to_come_is_named_with_the_quote(acme: Cowork) -> None:
    assert acme(*ONE, "--project", "acme/shop", "--json").data["project"] == "acme/shop"
    assert acme("project", "show", "acme/shop").code == 5
    acme("quote", "send", "q-1")
    assert acme("quote", "accept", "q-1", "--json").data["project"] == "acme/shop"
    assert acme("project", "show", "acme/shop", "--json").data["budget"]["amount"] == "1000.00"
    acme(*ONE, "--project", "acme/shop")
    assert acme("quote", "edit", "q-2", "--project", "", "--json").data["project"] is None


def test_what_waits_is_not_answered_and_a_draft_is_not_billed(acme: Cowork) -> None:
    acme(*ONE)
    assert "was not sent yet" in acme("quote", "accept", "q-1").err
    refused = acme("invoice", "draft", "acme", "--quote", "AN-2026-0001")
    assert (refused.code, "only what was accepted is billed" in refused.err) == (6, True)
    acme("quote", "send", "q-1")
    assert acme("quote", "accept", "q-1", "--on", "tomorrow").code == 2
    assert acme("quote", "accept", "q-1", "--on", "2026-11-01").code == 6
    assert acme("quote", "accept", "q-1", "--with", "1").code == 6
    assert acme("quote", "accept", "q-1", "--with", "x").code == 2
    assert acme("quote", "accept", "q-1", "--without", "1").code == 6
    assert acme("quote", "show", "q-1", "--json").data["lines"][0]["taken"] is True


def test_what_is_billed_is_billed_once(accepted: Cowork) -> None:
    draft = accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001", "--json").data
    assert [row["text"] for row in draft["lines"]] == ["Konzept", "Umsetzung"]
    assert (draft["quote"], draft["net"]["amount"]) == ("AN-2026-0001", "4410.00")
    again = accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001")
    assert (again.code, "is on draft-1 already" in again.err) == (6, True)
    accepted("invoice", "line", "draft-1", "--line", "2", "--qty", "2")
    rest = accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001", "--json").data
    assert [(row["text"], row["quantity"]) for row in rest["lines"]] == [("Umsetzung", "3")]
    assert rest["net"]["amount"] == "2166.00"
    quote = accepted("quote", "show", "q-1", "--json").data
    assert (quote["billed"]["amount"], quote["invoices"]) == ("0.00", ["draft-1", "draft-2"])
    accepted("invoice", "issue", "draft-1")
    quote = accepted("quote", "show", "q-1", "--json").data
    assert (quote["billed"]["amount"], quote["left"]["amount"]) == ("2244.00", "2166.00")
    accepted("invoice", "discard", "draft-2", "--yes")
    accepted("invoice", "cancel", "2026-0001", "--reason", "Irrtum", "--yes")
    quote = accepted("quote", "show", "q-1", "--json").data
    assert (quote["billed"]["amount"], quote["invoices"]) == ("0.00", [])
    anew = accepted("invoice", "draft", "acme", "--replaces", "2026-0001", "--json").data
    assert anew["quote"] == "AN-2026-0001"
    left = accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001", "--json").data
    assert [(row["text"], row["quantity"]) for row in left["lines"]] == [("Umsetzung", "3")]


def test_an_advance_is_deducted_from_the_last_invoice(accepted: Cowork) -> None:
    assert accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001", "--advance").code == 2
    number = bill(accepted, "--advance", "--share", "30%", "--in", "2026-12")
    advance = accepted("invoice", "show", number, "--json").data
    assert (advance["type"], advance["net"]["amount"]) == (386, "1323.00")
    assert advance["lines"][0]["text"] == "Anzahlung 30 % auf Angebot AN-2026-0001 vom 25.11.2026"
    quote = accepted("quote", "show", "q-1", "--json").data
    assert (quote["billed"]["amount"], quote["left"]["amount"]) == ("1323.00", "3087.00")
    more = accepted(
        "invoice", "draft", "acme", "--quote", "AN-2026-0001", "--advance", "--share", "71%",
        "--in", "2026-12",
    )  # fmt: skip
    assert (more.code, "are more than the 4410.00 EUR" in more.err) == (6, True)
    unpaid = accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001")
    assert "is issued and not deducted" in unpaid.err
    accepted("invoice", "discard", "draft-2", "--yes")
    accepted("invoice", "pay", number, "--yes")
    final = bill(accepted)
    shown = accepted("invoice", "show", final, "--json").data
    assert (shown["gross"]["amount"], shown["open"]["amount"]) == ("5247.90", "3673.53")
    quote = accepted("quote", "show", "q-1", "--json").data
    assert (quote["billed"]["amount"], quote["left"]["amount"]) == ("4410.00", "0.00")


def test_a_last_invoice_that_leaves_in_a_paid_advance_is_not_issued(accepted: Cowork) -> None:
    number = bill(accepted, "--advance", "--share", "30%", "--in", "2026-12")
    accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001")
    accepted("invoice", "pay", number, "--yes")
    for more in (("--dry-run",), ()):
        refused = accepted("invoice", "issue", "draft-2", *more)
        assert (refused.code, "leaves in the advance 2026-0001" in refused.err) == (6, True)
    assert accepted("quote", "show", "q-1", "--json").data["left"]["amount"] == "3087.00"
    assert accepted("invoice", "prepaid", "draft-2", "--invoice", number).code == 0
    assert accepted("invoice", "issue", "draft-2").code == 0
    assert accepted("quote", "show", "q-1", "--json").data["left"]["amount"] == "0.00"


def test_no_advance_is_asked_of_what_is_billed(accepted: Cowork) -> None:
    advance = ("--advance", "--share", "30%", "--in", "2026-12")
    accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001", *advance)
    accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001")
    assert accepted("invoice", "issue", "draft-2").code == 0
    late = accepted("invoice", "issue", "draft-1")
    assert (late.code, "`cowork invoice discard draft-1`" in late.err) == (6, True)
    accepted("invoice", "discard", "draft-1", "--yes")
    asked = accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001", *advance)
    assert (asked.code, "that is not billed" in asked.err) == (6, True)


def test_a_quote_in_another_currency_than_the_client_has_now(sent: Cowork) -> None:
    sent("client", "edit", "acme", "--currency", "CHF")
    refused = sent("quote", "accept", "AN-2026-0001")
    assert (refused.code, "`cowork quote accept AN-2026-0001 --no-project`" in refused.err) == (
        6,
        True,
    )
    assert sent("quote", "accept", "AN-2026-0001", "--no-project").code == 0


@pytest.mark.parametrize("days", ["0d", "0", "3661d"])
def test_no_default_that_no_quote_could_have(acme: Cowork, days: str) -> None:
    refused = acme("config", "set", "quote.valid", days)
    assert (refused.code, "is none" in refused.err) == (2, True)


def test_nothing_is_billed_in_another_currency_than_was_offered(accepted: Cowork) -> None:
    accepted("client", "edit", "acme", "--currency", "CHF")
    for more in ((), ("--advance", "--share", "30%", "--in", "2026-12")):
        refused = accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001", *more)
        assert (refused.code, "is in EUR, but acme pays in CHF" in refused.err) == (6, True)


def test_a_choice_of_another_rate_says_its_rate(acme: Cowork, tmp_path: Path) -> None:
    acme(*ONE, "--line", "Buch", "--price", "10", "--vat", "7", "--choice", "optional")
    acme("quote", "export", "q-1", "--out", str(tmp_path / "q.pdf"))
    shown = " ".join(text_of(tmp_path / "q.pdf").split())
    assert "7 %" in shown
    assert "19 % Umsatzsteuer" in shown


def test_hours_are_billed_on_account_of_a_quote(accepted: Cowork) -> None:
    accepted("track", "add", "acme/relaunch", "--from", "9:00", "--to", "17:00", "Bau")
    draft = accepted(
        "invoice", "draft", "acme", "--quote", "AN-2026-0001", "--project", "acme/relaunch", "--json"
    ).data  # fmt: skip
    assert (draft["quote"], draft["net"]["amount"]) == ("AN-2026-0001", "760.00")
    accepted("invoice", "issue", "draft-1")
    assert accepted("quote", "show", "q-1", "--json").data["billed"]["amount"] == "760.00"


def test_it_is_in_deadlines_history_tab_and_verify(sent: Cowork, home: Path) -> None:
    (row,) = sent("deadlines", "--within", "30d", "--json").data[:1] or [None]
    due = [
        row for row in sent("deadlines", "--within", "40d", "--json").data if row["kind"] == "quote"
    ]
    assert [(row["due"], row["ref"]) for row in due] == [("2026-12-25", "AN-2026-0001")]
    assert row is not None
    assert sent("history", "--of", "AN-2026-0001").code == 0
    assert "quote\tAN-2026-0001\tACME GmbH" in (home / "state" / "names.tsv").read_text("utf-8")
    checks = {row["name"]: row["ok"] for row in sent("data", "verify", "--json").data["checks"]}
    assert checks["quotes"]
    assert checks["letters"]


@pytest.mark.file_store(reason="the file is changed by hand")
def test_a_page_that_was_changed_is_found(sent: Cowork, home: Path) -> None:
    connection = sqlite3.connect(home / "data" / "cowork.db")
    connection.execute("DROP TRIGGER letters_stay")
    connection.execute("UPDATE letters SET content = x'00'")
    connection.commit()
    connection.close()
    done = sent("data", "verify")
    assert done.code == 3
    assert "the page of quote AN-2026-0001 is not what was sent" in str(done)


def test_quotes_survive_a_backup(accepted: Cowork, tmp_path: Path) -> None:
    before = accepted("quote", "list", "--json").data
    file = accepted("data", "backup", "--json").data["file"]
    other = {"COWORK_HOME": str(tmp_path / "other")}
    done = accepted("data", "restore", file, "--yes", env=other)
    assert done.code == 0, str(done)
    assert accepted("quote", "list", "--json", env=other).data == before
    page = tmp_path / "page.pdf"
    assert accepted("quote", "export", "q-1", "--out", str(page), env=other).code == 0


def test_a_discount_is_in_the_table(acme: Cowork) -> None:
    assert acme(*ADD, "--order-ref", "PO 7", "--note", "Thank you").code == 0
    assert acme("quote", "line", "AN-2026-0001", "--line", "1", "--discount", "50").code == 0
    shown = acme("quote", "show", "AN-2026-0001", "-o", "table").out
    for said in ("Less", "5 %", "50.00 EUR", "order PO 7", "Thank you"):
        assert said in shown, shown
    none = acme(*ONE, "-o", "table").out
    assert "Less" not in none


def test_a_line_without_a_price_is_told_how_it_is_written(acme: Cowork) -> None:
    for words in (("quote", "add", "acme"), ("invoice", "plan", "add", "acme", "--every", "month")):
        refused = acme(*words, "--line", "A")
        assert refused.code == 2
        assert 'hint: as in `--line "A" --qty 2 --unit day --price 760`' in refused.err
    draft = acme("quote", "add", "acme", "--line", "A", "--price", "1", "--json").data["number"]
    assert "or say which one to change with `--line N`" in acme(
        "quote", "line", draft, "--price", "3"
    ).err  # fmt: skip


def test_sending_a_sent_one_is_rehearsed_as_what_it_is(sent: Cowork, home: Path) -> None:
    dry = sent("quote", "send", "AN-2026-0001", "--dry-run")
    assert (dry.code, "Would send" in dry.err) == (0, False)
    assert "Quote AN-2026-0001 was sent before; it is sent." in dry.err
    assert sent("client", "edit", "acme", "--email", "ap@acme.example").code == 0
    assert sent("config", "set", "seller.email", "me@example.org").code == 0
    out = ("--out", str(home / "quote.eml"), "--dry-run")
    again = sent("quote", "send", "AN-2026-0001", *out)
    assert "Would write the e-mail to ap@acme.example once more" in again.err
    assert not (home / "quote.eml").exists()


def test_history_of_a_quote_has_what_was_billed_of_it(accepted: Cowork) -> None:
    bill(accepted)
    changes = accepted("history", "--of", "AN-2026-0001", "--json").data["changes"]
    assert [" ".join(row["command"].split()[:2]) for row in changes] == [
        "invoice issue", "invoice draft", "quote accept", "quote send", "quote add",
    ]  # fmt: skip


def test_hours_of_what_was_billed_at_its_price_are_warned_of(accepted: Cowork) -> None:
    add = ("track", "add", "acme/relaunch", "--on", "2026-11-20", "--from", "9:00", "--for", "2h")
    assert accepted(*add).code == 0
    alone = accepted("invoice", "draft", "acme")
    assert "billed twice" not in alone.err
    assert accepted("invoice", "discard", "draft-1", "--yes").code == 0
    assert accepted("invoice", "draft", "acme", "--quote", "AN-2026-0001").code == 0
    both = accepted("invoice", "draft", "acme")
    assert (
        "hours of acme/relaunch are on it, whose work is billed by the lines of quote AN-2026-0001"
        in both.err
    )
