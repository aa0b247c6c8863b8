"""`cowork invoice verify` as it is typed."""

import json
from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.meta.test_imports import families, loaded
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_pdf import pdf
from tests.services.invoices.verifying.as_ubl import ubl
from tests.services.invoices.verifying.samples import Off, Row, Sample

BAD = Sample(iban="DE02120300000000202052", vat={"S19": "181.00"})


@pytest.fixture(autouse=True)
def _today(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The samples are of one day, and before it they would lie in the future."""
    monkeypatch.setenv("COWORK_NOW", "2026-11-25T18:00:00+01:00")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xml"
    path.write_bytes(cii(Sample()))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.pdf"
    path.write_bytes(pdf(cii(BAD)))
    return path


def test_a_valid_one(cowork: Cowork, good: Path, home: Path) -> None:
    outcome = cowork("invoice", "verify", str(good), "--json")
    assert outcome.code == 0, str(outcome)
    data = outcome.data
    assert (data["valid"], data["kind"], data["problems"]) == (True, "cii", [])
    invoice = data["invoice"]
    assert invoice["number"] == "2026-0042"
    assert invoice["gross"] == {"amount": "1130.50", "currency": "EUR"}
    assert invoice["lines"][0]["unit"] == "hour"
    assert invoice["seller"]["name"] == "Erika Muster"
    assert invoice["period"] == {"from": "2026-11-24", "to": "2026-11-24"}
    assert not (home / "data" / "cowork.db").exists(), "a file needs no store"


def test_an_invalid_one_is_shown_and_is_exit_6(cowork: Cowork, bad: Path) -> None:
    outcome = cowork("invoice", "verify", str(bad), "--json")
    assert outcome.code == 6
    assert {row["rule"] for row in outcome.data["problems"]} == {"IBAN", "BR-CO-17"}
    assert outcome.data["invoice"]["gross"]["amount"] == "1131.00"
    problems = outcome.json["problems"]
    assert [row["code"] for row in problems] == ["conflict", "conflict"]
    assert problems[0]["message"].startswith("BR-CO-17: ")
    assert outcome.json["status"] == "error"


def test_plain_output_is_a_line_for_each_finding(cowork: Cowork, bad: Path, good: Path) -> None:
    outcome = cowork("invoice", "verify", str(bad))
    assert [row[:2] for row in outcome.rows] == [["error", "BR-CO-17"], ["error", "IBAN"]]
    assert outcome.err.startswith("error: BR-CO-17: VAT 19 % on 950.00 is 180.50, not 181.00")
    fine = cowork("invoice", "verify", str(good))
    assert (fine.code, fine.out) == (0, "")
    assert "is valid" in fine.err


def test_what_is_not_checked_is_said_and_is_no_fault(cowork: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    path.write_bytes(cii(Sample()).replace(b">95.00<", b">95." + b"0" * 300 + b"<"))
    outcome = cowork("invoice", "verify", str(path), "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["valid"] is True
    assert {row["severity"] for row in outcome.data["problems"]} == {"not-checked"}
    shown = cowork("invoice", "verify", str(path), terminal=True)
    assert (shown.code, "not-checked" in shown.out) == (0, True)
    assert "2 parts not checked" in shown.out
    assert "is valid (2 parts not checked)." in cowork("invoice", "verify", str(path)).err


def test_a_yen_is_not_rounded(cowork: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "yen.xml"
    path.write_bytes(cii(Sample(rows=(Row(quantity="1", price="7125.00"),), currency="JPY")))
    outcome = cowork("invoice", "verify", str(path), "--json")
    assert outcome.data["invoice"]["gross"] == {"amount": "8478.75", "currency": "JPY"}
    assert "8,478.75 JPY" in cowork("invoice", "verify", str(path), terminal=True).out


def test_more_than_three_errors_are_counted(cowork: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "empty.xml"
    path.write_bytes(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>')
    outcome = cowork("invoice", "verify", str(path), "--json")
    assert len(outcome.json["problems"]) == 4
    assert outcome.json["problems"][3]["message"].startswith("and ")


def test_on_a_terminal(cowork: Cowork, bad: Path) -> None:
    outcome = cowork("invoice", "verify", str(bad), terminal=True)
    for words in ("Invoice 2026-0042", "hybrid PDF, EN 16931", "Erika Muster", "ACME GmbH",
                  "Concept and design", "1,131.00 EUR", "INVALID", "BR-CO-17"):  # fmt: skip
        assert words in outcome.out, str(outcome)


def test_all_parts_on_a_narrow_terminal(cowork: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    rows = (Row(offs=(Off("10.00"),)), Row("A very long name " * 20))
    sample = Sample(rows=rows, offs=(Off("5.00"), Off("1.00", charge=True)), prepaid="7.00",
                    terms="14 days\x9b31m", preceding=("7", "20261101"))  # fmt: skip
    path.write_bytes(ubl(sample))
    outcome = cowork("invoice", "verify", str(path), terminal=True, env={"COLUMNS": "40"})
    assert outcome.code == 0, str(outcome)
    for words in ("allowances", "charges", "paid", "due", "refers to 7", "14 days"):
        assert words in outcome.out
    assert "\x9b" not in outcome.out


def test_what_is_neither_a_number_nor_a_file(cowork: Cowork, tmp_path: Path) -> None:
    for word in ("nothing", "2026-0001", str(tmp_path / "none.pdf"), "x" * 5000):
        outcome = cowork("invoice", "verify", word)
        assert outcome.code == 5, str(outcome)
        assert outcome.err.startswith("error: ")


def test_what_is_no_invoice(cowork: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<html/>")
    for word in (str(path), str(tmp_path)):
        outcome = cowork("invoice", "verify", word, "--json")
        assert outcome.code == 2, str(outcome)
        assert outcome.data is None
        assert outcome.err.count("error:") == 1


def test_a_file_without_a_telling_name(
    cowork: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rechnung").write_bytes(cii(Sample()))
    monkeypatch.chdir(tmp_path)
    assert cowork("invoice", "verify", "rechnung").code == 0


def _issued(acme: Cowork) -> str:
    assert acme("track", "add", "acme/site", "Concept", "--from", "2026-11-24T09:00", "--to",
                "2026-11-24T12:00").code == 0  # fmt: skip
    assert acme("invoice", "draft", "acme").code == 0
    outcome = acme("invoice", "issue", "draft-1", "--json")
    assert outcome.code == 0, str(outcome)
    return str(outcome.data["number"])


def test_an_own_invoice_by_its_number(acme: Cowork) -> None:
    number = _issued(acme)
    outcome = acme("invoice", "verify", number, "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["kind"] == "hybrid-pdf"
    assert outcome.data["problems"] == []
    assert json.dumps(outcome.data["invoice"]["number"]) == f'"{number}"'


def test_a_draft_cannot_be_verified(acme: Cowork) -> None:
    assert acme("track", "add", "acme/site", "--from", "2026-11-24T09:00", "--to",
                "2026-11-24T12:00").code == 0  # fmt: skip
    assert acme("invoice", "draft", "acme").code == 0
    assert acme("invoice", "verify", "draft-1").code == 6


def test_a_file_of_xml_loads_neither_store_nor_pdf_reader(good: Path) -> None:
    modules = loaded("invoice", "verify", str(good))
    assert not families(modules) & {"pypdf", "sqlite3", "lxml", "drafthorse", "typst", "httpx"}
