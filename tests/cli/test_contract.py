"""`cowork contract` through the real funnel."""

import sys
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.conftest import Cowork

FIELDS = {
    "id", "name", "starts", "ends", "next_end", "last_day_to_send", "notice", "min_term", "renews",
    "price", "state",
}  # fmt: skip


@pytest.fixture
def office(seller: Cowork) -> Cowork:
    for words in (
        ("address", "add", "Coco", "--street", "Hof 3", "--postcode", "10119", "--city", "Berlin",
         "--provider", "Coco GmbH"),
        ("contract", "add", "Virtual Office", "--address", "a-1", "--starts", "2026-01-01", "--price",
         "69", "--notice", "30d to month-end", "--tail", "4w", "--form", "text"),
    ):  # fmt: skip
        done = seller(*words)
        assert done.code == 0, str(done)
    return seller


def test_a_contract_and_its_next_end(office: Cowork) -> None:
    shown = office("contract", "show", "c-1", "--json")
    assert set(shown.data) >= FIELDS
    data = shown.data
    assert (data["next_end"], data["last_day_to_send"]) == ("2026-12-31", "2026-12-01")
    assert (data["state"], data["address"], data["notice"]) == ("active", "a-1", "30d to month-end")
    assert data["price"] == {"amount": "69.00", "currency": "EUR", "per": "month", "tax": "unknown"}
    assert "§§ 187, 188 BGB" in data["source"]
    assert "has to arrive by 2026-12-01" in shown.err


def test_due_and_status_and_the_calendar(office: Cowork, tmp_path: Path) -> None:
    assert [row["id"] for row in office("contract", "due", "--within", "6d", "--json").data] == [
        "c-1"
    ]
    assert office("contract", "due", "--within", "5d", "--json").data == []
    (row,) = office("status", "--json").data["deadlines"]
    assert (row["due"], row["kind"], row["ref"], row["state"], row["days_left"]) == (
        "2026-12-01", "contract", "c-1", "soon", 6,
    )  # fmt: skip
    file = tmp_path / "due.ics"
    assert office("contract", "due", "--out", str(file)).code == 0
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert str(event["DTSTART"].dt) == "2026-12-01"
    alarms = [str(alarm["TRIGGER"].dt) for alarm in event.walk("VALARM")]
    assert alarms == ["-30 days, 9:00:00", "-14 days, 9:00:00", "-3 days, 9:00:00"]
    assert all(len(line) <= 75 for line in file.read_bytes().split(b"\r\n"))


def test_the_letter_in_both_languages_and_forms(office: Cowork, tmp_path: Path) -> None:
    page, mail = tmp_path / "notice.pdf", tmp_path / "notice.eml"
    assert office("contract", "letter", "c-1", "--out", str(page)).code == 0
    text = PdfReader(BytesIO(page.read_bytes())).pages[0].extract_text()
    assert "Kündigung" in text
    assert "31.12.2026" in text
    assert "Coco GmbH" in text
    assert "Erika Muster" in text
    written = office(
        "contract", "letter", "c-1", "--out", str(mail), "--lang", "en", "--to", "x@y.example"
    )
    assert written.code == 0, str(written)
    message = mail.read_text(encoding="utf-8")
    assert "X-Unsent: 1" in message
    assert "To: Coco GmbH <x@y.example>" in message
    (attached,) = message_from_bytes(mail.read_bytes(), policy=default).iter_attachments()
    assert attached.get_filename() == "Notice of termination.pdf"
    page_text = PdfReader(BytesIO(attached.get_content())).pages[0].extract_text()
    assert "Notice of termination" in page_text
    first = mail.read_bytes()
    again = ("contract", "letter", "c-1", "--lang", "en", "--to", "x@y.example", "--force")
    assert office(*again, "--out", str(mail)).code == 0
    assert mail.read_bytes() == first, "the same letter is the same file"
    assert "Notice of termination" in message
    again = tmp_path / "again.pdf"
    office("contract", "letter", "c-1", "--out", str(again))
    assert again.read_bytes() == page.read_bytes()


def test_a_letter_is_handed_to_the_desktop(office: Cowork, tmp_path: Path) -> None:
    tools, told, file = tmp_path / "bin", tmp_path / "told", tmp_path / "notice.pdf"
    tools.mkdir()
    starter = tools / ("open" if sys.platform == "darwin" else "xdg-open")
    starter.write_text(f'#!/bin/sh\necho "$1" > {told}\n')
    starter.chmod(0o700)
    words = ("contract", "letter", "c-1", "--open", "--out", str(file))
    assert office(*words, env={"PATH": str(tools)}).code == 0
    assert told.read_text().strip() == str(file)
    starter.write_text("#!/bin/sh\nexit 3\n")
    failed = office(*words, env={"PATH": str(tools)})
    assert (failed.code, "exit 3" in failed.err) == (1, True), str(failed)
    missing = office(*words, env={"PATH": str(tmp_path)})
    assert (missing.code, "nothing here opens files" in missing.err) == (1, True), str(missing)
    assert file.exists()
    assert office("contract", "letter", "c-1", "--open").code == 2


def test_a_notice_that_was_sent_ends_contract_and_address(office: Cowork) -> None:
    dry = office("contract", "cancel", "c-1", "--sent", "today", "--dry-run", "--json")
    assert (dry.data["ends"], dry.data["state"]) == ("2026-12-31", "ending")
    assert office("contract", "show", "c-1", "--json").data["state"] == "active"
    sent = office("contract", "cancel", "c-1", "--sent", "today", "--json")
    assert (sent.data["ends"], sent.data["last_day_to_send"]) == ("2026-12-31", None)
    assert sent.data["tail_ends"] == "2027-01-28"
    held = office("address", "show", "a-1", "--json").data
    assert (held["state"], held["ends"]) == ("ending", "2026-12-31")
    assert office("contract", "cancel", "c-1", "--sent", "today").code == 6
    later = {"COWORK_NOW": "2027-01-10T10:00:00+01:00"}
    rows = office("deadlines", "--json", env=later).data
    assert ("mail-tail", "2027-01-28") in {(row["kind"], row["due"]) for row in rows}
    over = {"COWORK_NOW": "2027-01-29T10:00:00+01:00"}  # a day later
    assert "mail-tail" not in {row["kind"] for row in office("deadlines", "--json", env=over).data}
    assert office("undo").code == 0
    assert office("address", "show", "a-1", "--json").data["state"] == "active"
    assert office("contract", "show", "c-1", "--json").data["state"] == "active"


def test_no_renewal_is_assumed_where_it_is_taken_back_and_a_letter_needs_a_sender(
    office: Cowork, tmp_path: Path
) -> None:
    words = ("--starts", "2026-01-01", "--notice", "1m to any", "--min-term", "1m")
    assert office("contract", "add", "flat", *words, "--renews", "month").code == 0
    assert (
        office("contract", "edit", "flat", "--renews", "", "--json").data["renews"],
        office("contract", "show", "flat", "--json").data["rule"],
    ) == (None, "notice of 1 month to any day, first term 1 month")
    page = tmp_path / "flat.pdf"
    assert office("contract", "letter", "flat", "--out", str(page)).code == 0
    text = PdfReader(page).pages[0].extract_text()
    assert "flat" in text
    assert "weitergeleitet" not in text, "no post is on its way to a desk"
    office("config", "unset", "seller.email")
    refused = office("contract", "letter", "flat", "--out", str(tmp_path / "flat.eml"))
    assert (refused.code, refused.err) == (
        6,
        "error: you have no e-mail address\nhint: set one with `cowork config set seller.email …`\n",
    )
    assert not (tmp_path / "flat.eml").exists()


def test_edit_and_remove_and_undo(office: Cowork) -> None:
    edited = office(
        "contract", "edit", "c-1", "--notice", "14d to month-end", "--tail", "", "--json"
    )
    assert (edited.data["last_day_to_send"], edited.data["tail"]) == ("2026-12-17", None)
    assert office("contract", "edit", "c-1").code == 2
    assert office("contract", "remove", "virt", "--yes").code == 5, "not by a guess"
    assert office("contract", "remove", "c-1", "--yes").code == 0
    assert office("contract", "list", "--json").data == []
    assert office("undo").code == 0
    assert office("contract", "show", "c-1", "--json").data["notice"] == "14d to month-end"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("add", "X", "--notice", "30d to any"), 2, "--starts"),
        (("add", "X", "--starts", "2026-01-01"), 2, "--notice"),
        (("add", "X", "--starts", "2026-01-01", "--notice", "30d"), 2, "does not say to which day"),
        (("add", "X", "--starts", "2026-01-01", "--notice", "1m to term-end"), 2, "--min-term"),
        (
            ("add", "X", "--starts", "2026-01-01", "--notice", "1m to any", "--renews", "x"),
            2,
            "renews",
        ),
        (("add", "X", "--starts", "2026-01-01", "--notice", "1m to any", "--per", "x"), 2, "per"),
        (
            ("add", "X", "--starts", "2026-01-01", "--notice", "1m to any", "--address", "a-9"),
            5,
            "a-9",
        ),
        (("add", " ", "--starts", "2026-01-01", "--notice", "1m to any"), 2, "needs a name"),
        (
            ("add", "virtual office", "--starts", "2026-01-01", "--notice", "1m to any"),
            6,
            "already",
        ),
        (("show", "c-9"), 5, "c-9"),
        (("cancel", "c-1"), 2, "--sent"),
        (("cancel", "c-1", "--sent", "2026-12-24"), 2, "not over yet"),
        (("cancel", "c-1", "--sent", "today", "--ends", "2026-11-01"), 2, "before the notice"),
        (("letter", "c-1", "--out", "x.doc"), 2, ".doc"),
        (("letter", "c-1", "--out", "x.pdf", "--lang", "fr"), 2, "fr"),
        (("due", "--within", "soon"), 2, "soon"),
    ],
)
def test_what_is_refused(office: Cowork, words: tuple[str, ...], code: int, says: str) -> None:
    before = office("contract", "list", "--json").out
    refused = office("contract", *words)
    assert refused.code == code, str(refused)
    assert refused.err.startswith("error: ")
    assert says in refused.err
    assert "hint:" in refused.err
    assert office("contract", "list", "--json").out == before


def test_a_unit_without_a_price_has_no_effect_and_is_refused(seller: Cowork) -> None:
    assert (
        seller("contract", "add", "Büro", "--starts", "2026-01-01", "--notice", "1m to any").code
        == 0
    )
    for words in (("add", "Lager"), ("edit", "c-1")):
        refused = seller("contract", *words, "--per", "year")
        assert refused.code == 2, str(refused)
        assert "give `--price EUR --per year`" in refused.err
    edited = seller("contract", "edit", "c-1", "--price", "120", "--per", "year", "--json")
    assert edited.data["price"]["per"] == "year"
