"""Reminders in three steps, and the invoice as an e-mail."""

import datetime as dt
import email
import io
from decimal import Decimal
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from cowork_cli.data.interest import BASE_RATES, KNOWN_UNTIL, base_rate
from cowork_cli.domain.money import Money
from cowork_cli.domain.reminder import interest, joined, spans
from cowork_cli.domain.settlement import Paid
from tests.cli.test_invoice_lines import do, refused
from tests.conftest import Cowork, Played


def on(day: str) -> dict[str, str]:
    return {"COWORK_NOW": f"{day}T12:00:00+02:00"}


@pytest.fixture
def old(acme: Cowork, played: Played, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    """2025-0001 of 2025-06-02, due 2025-06-16, 1190.00 euro."""
    monkeypatch.setenv("COWORK_NOW", on("2025-06-02")["COWORK_NOW"])
    played(
        ("invoice", "draft", "acme", "--empty", "--in", "2025-05"),
        ("invoice", "line", "draft-1", "--text", "Projekt", "--price", "1000"),
        ("invoice", "issue", "draft-1"),
    )
    assert do(acme, "invoice", "show", "2025-0001")["due"] == "2025-06-16"
    return acme


def remind(cowork: Cowork, day: str, file: Path, *words: str) -> Any:
    found = do(cowork, "invoice", "remind", "2025-0001", "--out", str(file), *words, env=on(day))
    return found["reminders"][-1]


def page(file: Path) -> str:
    return " ".join(part.extract_text() for part in PdfReader(io.BytesIO(file.read_bytes())).pages)


def test_three_steps(old: Cowork, tmp_path: Path) -> None:
    first = remind(old, "2025-06-20", tmp_path / "1.pdf")
    assert (first["level"], first["fee"], first["interest"]) == (1, None, None)
    assert (first["pay_by"], first["total"]["amount"]) == ("2025-06-30", "1190.00")
    assert "Zahlungserinnerung" in page(tmp_path / "1.pdf")
    second = remind(old, "2025-07-01", tmp_path / "2.pdf")
    # 10 days at 2.27 + 9 and one at 1.27 + 9 percent of 1190.00
    assert (second["level"], second["fee"]["amount"], second["interest"]["amount"]) == (
        2, "40.00", "4.01",
    )  # fmt: skip
    assert second["total"]["amount"] == "1234.01"
    text = page(tmp_path / "2.pdf")
    for part in ("Mahnung", "1.234,01", "11,27", "10,27", "§ 288", "DE02 1203", "2025-0001"):
        assert part in text, part
    third = remind(old, "2025-07-12", tmp_path / "3.pdf")
    assert (third["level"], third["fee"]["amount"]) == (3, "40.00"), "the flat sum is owed once"
    assert "Letzte Mahnung" in page(tmp_path / "3.pdf")
    out = ("--out", str(tmp_path / "4.pdf"))
    assert old("invoice", "remind", "2025-0001", *out, env=on("2025-08-01")).code == 6
    assert not (tmp_path / "4.pdf").exists()
    listed = old("invoice", "list").rows
    assert listed[0][10] == "3"


def test_the_same_day_gives_the_same_file(old: Cowork, tmp_path: Path) -> None:
    for level, day in ((1, "2025-06-20"), (2, "2025-07-01"), (3, "2025-07-12")):
        files = [tmp_path / f"{level}{copy}.pdf" for copy in "ab"]
        for file in files:
            assert remind(old, day, file)["level"] == level
        assert files[0].read_bytes() == files[1].read_bytes()
        again = ("--level", str(level))
        remind(old, day, files[1], *again)
        assert files[0].read_bytes() == files[1].read_bytes()
    assert len(do(old, "invoice", "show", "2025-0001")["reminders"]) == 3


def test_a_payment_of_the_same_day_counts(old: Cowork, tmp_path: Path) -> None:
    remind(old, "2025-06-20", tmp_path / "a.pdf")
    old("invoice", "pay", "2025-0001", "--amount", "190", env=on("2025-06-20"))
    assert remind(old, "2025-06-20", tmp_path / "a.pdf")["open"]["amount"] == "1000.00"
    assert "1.000,00" in page(tmp_path / "a.pdf")
    assert len(do(old, "invoice", "show", "2025-0001")["reminders"]) == 1


def test_the_next_one_waits_until_the_time_given_is_over(old: Cowork, tmp_path: Path) -> None:
    remind(old, "2025-06-20", tmp_path / "1.pdf")
    out = ("invoice", "remind", "2025-0001", "--out", str(tmp_path / "2.pdf"))
    outcome = old(*out, env=on("2025-06-30"))
    assert outcome.code == 6
    assert "2025-06-30" in outcome.err
    assert remind(old, "2025-06-30", tmp_path / "2.pdf", "--level", "2")["level"] == 2
    assert old(*out, "--level", "1", env=on("2025-07-20")).code == 6


def test_no_fee_without_default(old: Cowork, tmp_path: Path) -> None:
    out = ("invoice", "remind", "2025-0001", "--level", "2", "--out", str(tmp_path / "a.pdf"))
    outcome = old(*out, "--json", env=on("2025-06-20"))
    assert (outcome.data["reminders"][0]["fee"], outcome.code) == (None, 0)
    assert "2025-07-17" in outcome.err, "30 days after the due date, § 286 (3)"


def test_thirty_days_after_the_due_date_no_reminder_is_needed(old: Cowork, tmp_path: Path) -> None:
    found = remind(old, "2025-07-18", tmp_path / "a.pdf", "--level", "2")
    assert (found["fee"]["amount"], found["interest"]["amount"]) == ("40.00", "0.67")


def test_a_consumer_owes_five_points_and_no_flat_sum(old: Cowork, tmp_path: Path) -> None:
    do(old, "client", "edit", "acme", "--type", "private")
    remind(old, "2025-06-20", tmp_path / "1.pdf")
    found = remind(old, "2025-07-20", tmp_path / "2.pdf")
    # 10 days at 7.27 and 20 at 6.27 percent of 1190.00
    assert (found["fee"], found["interest"]["amount"]) == (None, "6.46")
    assert "Pauschale" not in page(tmp_path / "2.pdf")


def test_days_outside_the_table_bear_no_interest_and_that_is_said(
    old: Cowork, tmp_path: Path
) -> None:
    out = ("invoice", "remind", "2025-0001", "--level", "2", "--out", str(tmp_path / "a.pdf"))
    outcome = old(*out, "--json", env=on("2027-01-01"))
    assert outcome.code == 0
    assert "base rate from 2027-01-01 on (§ 247 BGB) is not known" in outcome.err
    assert "`cowork config set interest.base_rate.2027-01-01 1.52`" in outcome.err
    found = outcome.data["reminders"][0]
    assert (found["interest"], found["fee"]["amount"]) == (None, "40.00")
    assert "vorbehalten" in page(tmp_path / "a.pdf")


def test_the_base_rate_of_the_next_half_year_can_be_added(old: Cowork, tmp_path: Path) -> None:
    do(old, "config", "set", "interest.base_rate.2027-01-01", "1,77 %")
    out = ("invoice", "remind", "2025-0001", "--level", "2", "--out", str(tmp_path / "a.pdf"))
    outcome = old(*out, "--json", env=on("2027-01-01"))
    assert outcome.data["reminders"][0]["interest"] is not None
    assert "10,77" in page(tmp_path / "a.pdf")
    again = (*out[:3], "--level", "3", "--out", str(tmp_path / "b.pdf"))
    later = old(*again, env=on("2027-07-01"))
    assert "base rate from 2027-07-01 on" in later.err


@pytest.mark.parametrize(
    ("name", "value"), [("2027-02-01", "1.77"), ("2027", "1"), ("2027-01-01", "177"), ("x", "1")]
)
def test_what_is_no_base_rate(old: Cowork, name: str, value: str) -> None:
    assert old("config", "set", f"interest.base_rate.{name}", value).code == 2


def test_interest_across_a_change_of_the_base_rate() -> None:
    """1,190.00 from 16 June to 15 August 2026: 15 days at 10.27 percent and 46 at 10.52."""
    rates = {dt.date(2026, 6, 16): "10.27", dt.date(2026, 7, 1): "10.52"}
    parts = spans(
        Money(119_000), [], dt.date(2026, 6, 16), dt.date(2026, 8, 15),
        lambda day: (base_rate(day) or Decimal(0)) + 9,
    )  # fmt: skip
    assert parts is not None
    assert {span.first: f"{span.rate}" for span in parts} == rates
    assert [interest([span], "EUR").minor for span in parts] == [502, 1578]


def test_in_english(old: Cowork, tmp_path: Path) -> None:
    do(old, "client", "edit", "acme", "--language", "en")
    remind(old, "2025-07-20", tmp_path / "a.pdf", "--level", "3")
    text = page(tmp_path / "a.pdf")
    for part in ("Final reminder", "€1,23", "under § 288 BGB", "16 June 2025".replace(" ", "\xa0")):
        assert part.replace("\xa0", " ") in text.replace("\xa0", " "), part


def test_a_dry_run_writes_nothing(old: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    outcome = old("invoice", "remind", "2025-0001", "--out", str(file), "-n", env=on("2025-06-20"))
    assert outcome.code == 0
    assert not file.exists()
    assert do(old, "invoice", "show", "2025-0001")["reminders"] == []


def test_a_file_that_cannot_be_written_records_nothing(old: Cowork, tmp_path: Path) -> None:
    out = ("invoice", "remind", "2025-0001", "--out", str(tmp_path / "no" / "a.pdf"))
    outcome = old(*out, env=on("2025-06-20"))
    assert (outcome.code, "there is no folder" in outcome.err) == (2, True)
    assert do(old, "invoice", "show", "2025-0001")["reminders"] == []


def test_to_stdout(old: Cowork) -> None:
    outcome = old("invoice", "remind", "2025-0001", "--json", env=on("2025-06-20"))
    assert outcome.code == 2
    assert do(old, "invoice", "show", "2025-0001")["reminders"] == []


def test_undo_forgets_a_reminder(old: Cowork, tmp_path: Path) -> None:
    remind(old, "2025-06-20", tmp_path / "a.pdf")
    assert old("undo").code == 0
    assert do(old, "invoice", "show", "2025-0001")["reminders"] == []


def test_only_overdue_invoices_are_reminded_of(
    old: Cowork, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = ("invoice", "remind", "2025-0001", "--out", str(tmp_path / "a.pdf"))
    monkeypatch.setenv("COWORK_NOW", on("2025-06-16")["COWORK_NOW"])
    assert "not overdue" in refused(old, 6, *words), "on the day it is due"
    refused(old, 5, "invoice", "remind", "2025-0099", *words[3:])
    refused(old, 2, *words, "--level", "4")
    monkeypatch.setenv("COWORK_NOW", on("2025-06-20")["COWORK_NOW"])
    do(old, "invoice", "draft", "acme", "--empty")
    refused(old, 6, "invoice", "remind", "draft-2", *words[3:])
    do(old, "invoice", "pay", "2025-0001", "--amount", "1190")
    assert "paid" in refused(old, 6, *words)
    do(old, "invoice", "cancel", "2025-0001", "--reason", "x", "-y")
    refused(old, 6, *words)
    refused(old, 6, "invoice", "remind", "2025-0002", *words[3:])
    assert not (tmp_path / "a.pdf").exists()


# ---- interest


def flat(rate: str) -> Any:
    return lambda _: Decimal(rate)


def test_interest_follows_the_balance() -> None:
    first, last = dt.date(2025, 3, 1), dt.date(2025, 3, 31)
    parts = spans(Money(100_000), [Paid(dt.date(2025, 3, 10), 60_000)], first, last, flat("10"))
    assert parts is not None
    assert [(part.balance.minor, (part.last - part.first).days + 1) for part in parts] == [
        (100_000, 10),
        (40_000, 21),
    ]
    assert interest(parts, "EUR") == Money(504)


def test_interest_by_the_days_of_the_year() -> None:
    for year, minor in ((2023, 10_000), (2024, 10_000)):
        days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        parts = spans(Money(100_000), [], *days, flat("10"))
        assert parts is not None
        assert interest(parts, "EUR") == Money(minor)
        assert len(joined(parts)) == 1


def test_a_rate_that_is_not_known_is_not_guessed() -> None:
    assert base_rate(dt.date(2026, 6, 30)) == Decimal("1.27")
    assert base_rate(KNOWN_UNTIL) == Decimal("1.52")
    assert base_rate(KNOWN_UNTIL + dt.timedelta(days=1)) is None
    assert base_rate(dt.date(2023, 12, 31)) is None, "no source was read for the rates before 2024"
    known = spans(Money(100), [], KNOWN_UNTIL, KNOWN_UNTIL + dt.timedelta(days=1), base_rate)
    assert known is None


def test_base_rates_change_at_half_years_only() -> None:
    assert all((day.month, day.day) in ((1, 1), (7, 1)) for day in BASE_RATES)
    assert list(BASE_RATES) == sorted(BASE_RATES)


# ---- mail


def mailed(cowork: Cowork, file: Path, *words: str) -> EmailMessage:
    do(cowork, "invoice", "mail", "2025-0001", "--out", str(file), *words)
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_an_e_mail_with_the_very_pdf(old: Cowork, home: Path, tmp_path: Path) -> None:
    message = mailed(old, tmp_path / "a.eml")
    assert (message["X-Unsent"], message["Subject"]) == ("1", "Rechnung 2025-0001")
    assert message["To"].addresses[0].addr_spec == "ap@acme.example"
    assert message["From"].addresses[0].addr_spec == "erika@example.org"
    body = message.get_body()
    assert body is not None
    assert "1.190,00" in body.get_content()
    assert "16.06.2025" in body.get_content()
    (part,) = message.iter_attachments()
    assert part.get_filename() == "2025-0001.pdf"
    assert part.get_content() == (home / "data" / "invoices" / "2025-0001.pdf").read_bytes()
    first = (tmp_path / "a.eml").read_bytes()
    mailed(old, tmp_path / "a.eml")
    assert (tmp_path / "a.eml").read_bytes() == first, "the same bytes again"
    assert all(line.endswith(b"\r") for line in first.split(b"\n")[:-1])


def test_a_public_client_gets_the_xml_too(old: Cowork, tmp_path: Path) -> None:
    do(old, "client", "edit", "acme", "--type", "public")
    names = [part.get_filename() for part in mailed(old, tmp_path / "a.eml").iter_attachments()]
    assert names == ["2025-0001.pdf", "2025-0001.xml"]


def test_a_cancellation_by_e_mail_in_english(acme: Cowork, tmp_path: Path) -> None:
    do(acme, "client", "edit", "acme", "--language", "en")
    do(acme, "invoice", "draft", "acme", "--empty")
    do(acme, "invoice", "line", "draft-1", "--text", "X", "--price", "10")
    do(acme, "invoice", "issue", "draft-1")
    do(acme, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    file = tmp_path / "a.eml"
    do(acme, "invoice", "mail", "2026-0002", "--out", str(file))
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == "Cancellation invoice 2026-0002"
    body = message.get_body()
    assert body is not None
    assert "cancels invoice 2026-0001" in body.get_content()


def test_no_address_no_e_mail(old: Cowork, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "a.eml"))
    do(old, "client", "add", "beta", "--name", "Beta", "--rate", "10")
    do(old, "invoice", "draft", "beta", "--empty")
    do(old, "invoice", "line", "draft-2", "--text", "X", "--price", "10")
    refused(old, 6, "invoice", "mail", "draft-2", *out)
    do(old, "invoice", "issue", "draft-2")
    err = refused(old, 6, "invoice", "mail", "2025-0002", *out)
    assert "client edit beta --email" in err
    old("config", "unset", "seller.email")
    assert "seller.email" in refused(old, 6, "invoice", "mail", "2025-0001", *out)
    assert not (tmp_path / "a.eml").exists()
