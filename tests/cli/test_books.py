"""`cowork books export`: a folder with everything and its hashes, and DATEV's batches."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import Cowork


@pytest.fixture
def year(acme: Cowork, tmp_path: Path) -> Cowork:
    """An invoice, cancelled; another, paid in part; an expense with a receipt."""
    receipt = tmp_path / "Beleg.pdf"
    receipt.write_bytes(b"%PDF a bill")
    for day, start in (("2026-11-02", "09:00"), ("2026-11-03", "09:00")):
        acme("track", "add", "acme/site", "--on", day, "--from", start, "--for", "2h")
        acme("invoice", "draft", "acme")
        acme("invoice", "issue", "--all", "--date", day, "--force")
    for words in (
        ("invoice", "cancel", "2026-0001", "--reason", "Wrong", "-y"),
        ("invoice", "pay", "2026-0002", "--amount", "100", "--on", "2026-11-20"),
        ("expense", "add", "--text", "Paper, 'ä'", "--net", "10", "--receipt", str(receipt)),
        ("config", "set", "datev.consultant", "29098"),
        ("config", "set", "datev.client", "55003"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    return acme


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_folder_with_everything(year: Cowork, tmp_path: Path) -> None:
    out = tmp_path / "books"
    done = year("books", "export", "--in", "2026", "--out", str(out), "--json").data
    assert list(done) == ["folder", "format", "period", "files", "left_out", "dry_run", "changed"]
    assert list(done["files"][0]) == ["name", "records", "bytes", "sha256"]
    invoices = table(out / "invoices.csv")
    assert [row["number"] for row in invoices] == ["2026-0001", "2026-0002", "2026-0003"]
    assert invoices[2]["gross"] == "-226.10"
    assert len(table(out / "invoice_lines.csv")) == 3
    assert [row["amount"] for row in table(out / "payments.csv")] == ["100.00"]
    (expense,) = table(out / "expenses.csv")
    assert (expense["text"], expense["vat"]) == ("Paper, 'ä'", "1.90")
    assert (out / "receipts" / expense["receipt"]).read_bytes() == b"%PDF a bill"
    assert len(table(out / "entries.csv")) == 2
    journal = table(out / "journal.csv")
    assert {"change", "command", "before", "after", "chain"} <= set(journal[0])
    assert {row["table"] for row in journal} >= {"clients", "entries", "invoices", "expenses"}
    names = {path.name for path in (out / "documents").iterdir()}
    assert {f"2026-000{n}.pdf" for n in (1, 2, 3)} <= names


def test_the_manifest_has_the_hash_of_every_file(year: Cowork, tmp_path: Path) -> None:
    out = tmp_path / "books"
    year("books", "export", "--out", str(out))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    files = {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["sha256"] == files
    assert manifest["cowork_books"] == 1


def test_only_what_lies_in_the_period(year: Cowork, tmp_path: Path) -> None:
    out = tmp_path / "books"
    year("books", "export", "--from", "2026-11-03", "--to", "2026-11-03", "--out", str(out))
    assert [row["number"] for row in table(out / "invoices.csv")] == ["2026-0002"]
    assert table(out / "payments.csv") == []
    assert table(out / "expenses.csv") == []
    assert not (out / "receipts").exists()
    assert {path.stem for path in (out / "documents").iterdir()} == {"2026-0002"}
    assert len(table(out / "journal.csv")) > 5, "the journal is whole: its chain can be checked"


def test_a_folder_with_something_in_it_is_refused(year: Cowork, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    for form in ("folder", "datev"):
        outcome = year("books", "export", "--out", str(full), "--format", form)
        assert outcome.code == 6
        assert "not empty" in outcome.err
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
    assert year("books", "export", "--out", str(full / "mine.txt")).code == 6
    empty = tmp_path / "empty"
    empty.mkdir()
    assert year("books", "export", "--out", str(empty)).code == 0
    assert year("books", "export", "--out", str(empty)).code == 6, "it is not empty any more"


def test_a_dry_run_writes_nothing(year: Cowork, tmp_path: Path) -> None:
    out = tmp_path / "books"
    done = year("books", "export", "--out", str(out), "--dry-run", "--json").data
    assert done["dry_run"]
    assert "invoices.csv" in [file["name"] for file in done["files"]]
    assert not out.exists()


def test_usage(year: Cowork, tmp_path: Path) -> None:
    assert year("books", "export").code == 2
    assert year("books", "export", "--out", str(tmp_path / "x"), "--format", "moon").code == 2
    outcome = year("books", "export", "--out", str(tmp_path / "no" / "parents" / "x"))
    assert outcome.code == 0
    year("config", "unset", "datev.client")
    outcome = year("books", "export", "--out", str(tmp_path / "y"), "--format", "datev")
    assert outcome.code == 3
    assert "cowork config set datev.client" in outcome.err
    assert not (tmp_path / "y").exists()


def batch(file: Path) -> list[dict[str, str]]:
    lines = file.read_bytes().decode("cp1252").split("\r\n")
    return list(csv.DictReader(lines[1:], delimiter=";"))


def test_datev(year: Cowork, tmp_path: Path) -> None:
    out = tmp_path / "datev"
    outcome = year("books", "export", "--in", "2026", "--format", "datev", "--out", str(out))
    assert outcome.code == 0, str(outcome)
    (file,) = out.glob("EXTF_*.csv")
    assert file.name == "EXTF_Buchungsstapel_2026.csv"
    header = file.read_bytes().split(b"\r\n")[0].decode()
    assert header.startswith('"EXTF";700;21;"Buchungsstapel";13;20261125180000000;;"RE"')
    assert ";29098;55003;20260101;4;20260101;20261231;" in header
    rows = batch(file)
    assert [
        (
            row["Umsatz (ohne Soll/Haben-Kz)"], row["Konto"],
            row["Gegenkonto (ohne BU-Schlüssel)"], row["BU-Schlüssel"], row["Belegdatum"],
            row["Belegfeld 1"], row["Generalumkehr (GU)"],
        )
        for row in rows
    ] == [
        ("226,10", "10001", "8400", "", "0211", "2026-0001", ""),
        ("226,10", "10001", "8400", "", "0311", "2026-0002", ""),
        ("100,00", "1200", "10001", "", "2011", "2026-0002", ""),
        ("226,10", "10001", "8400", "", "2511", "2026-0001", "1"),
        ("11,90", "4900", "1200", "9", "2511", "x-1", ""),
    ]  # fmt: skip
    assert (out / "manifest.json").exists()


def test_datev_by_the_other_chart_and_by_year(year: Cowork, tmp_path: Path) -> None:
    year("config", "set", "datev.chart", "SKR04")
    year("expense", "add", "--text", "Old", "--net", "1", "--date", "2025-12-30")
    out = tmp_path / "datev"
    year("books", "export", "--format", "datev", "--out", str(out))
    assert sorted(path.name for path in out.glob("EXTF_*")) == [
        "EXTF_Buchungsstapel_2025.csv",
        "EXTF_Buchungsstapel_2026.csv",
    ]
    assert (
        batch(out / "EXTF_Buchungsstapel_2026.csv")[0]["Gegenkonto (ohne BU-Schlüssel)"] == "4400"
    )
    old = (out / "EXTF_Buchungsstapel_2025.csv").read_bytes().decode("cp1252")
    assert ";20250101;4;20250101;20251231;" in old


def test_no_row_is_dropped_silently(year: Cowork, tmp_path: Path) -> None:
    year("expense", "add", "--text", "Host", "--net", "10", "--vat", "0", "--currency", "USD")
    outcome = year(
        "books", "export", "--format", "datev", "--out", str(tmp_path / "datev"), "--json"
    )
    assert outcome.code == 8
    assert outcome.json["status"] == "partial"
    (said,) = outcome.data["left_out"]
    assert "x-2 is not in the booking batch: no rate of USD" in said
    assert outcome.json["problems"][0]["message"] == said
    assert len(batch(tmp_path / "datev" / "EXTF_Buchungsstapel_2026.csv")) == 5


def test_an_empty_store(acme: Cowork, tmp_path: Path) -> None:
    assert acme("books", "export", "--out", str(tmp_path / "books")).code == 0
    assert table(tmp_path / "books" / "invoices.csv") == []


def test_datev_with_skonto_leaves_the_debtor_even(acme: Cowork, tmp_path: Path) -> None:
    for words in (
        ("config", "set", "datev.consultant", "29098"),
        ("config", "set", "datev.client", "55003"),
        ("client", "edit", "acme", "--skonto", "2%/10d"),
        ("track", "add", "acme/site", "--from", "09:00", "--to", "11:00"),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-1"),
        ("invoice", "pay", "2026-0001", "--amount", "221.58"),
        ("books", "export", "--format", "datev", "--out", str(tmp_path / "datev")),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    rows = batch(tmp_path / "datev" / "EXTF_Buchungsstapel_2026.csv")
    assert [
        (row["Umsatz (ohne Soll/Haben-Kz)"], row["Konto"], row["Gegenkonto (ohne BU-Schlüssel)"])
        for row in rows
    ] == [("226,10", "10001", "8400"), ("221,58", "1200", "10001"), ("4,52", "8736", "10001")]
