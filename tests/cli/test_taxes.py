"""`report profit`, `report zm`, `report clients`, the file of `report vat`, and what is due when."""

import csv
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.data import eur_lines
from tests.conftest import Cowork


@pytest.fixture
def dupont(acme: Cowork) -> Cowork:
    """acme in Germany, dupont in France; both with a project."""
    acme("config", "set", "seller.vat_id", "DE136695976")
    for words in (
        ("client", "add", "dupont", "--name", "Dupont", "--street", "Rue 5", "--postcode", "75001", "--city",
         "Paris", "--country", "FR", "--tax", "reverse-charge", "--vat-id", "FR40303265045", "--rate", "100"),
        ("project", "add", "dupont/site"),
    ):  # fmt: skip
        assert acme(*words).code == 0
    return acme


def spend(cowork: Cowork, *words: str) -> str:
    outcome = cowork("expense", "add", *words, "--json")
    assert outcome.code == 0, str(outcome)
    return str(outcome.data["id"])


def bill(cowork: Cowork, client: str, day: str, hours: int, start: str = "06:00") -> str:
    words = ("track", "add", f"{client}/site", "--on", day, "--for", f"{hours}h", "--from", start)
    assert cowork(*words).code == 0
    draft = cowork("invoice", "draft", client, "--json").data["id"]
    made = cowork("invoice", "issue", draft, "--date", day, "--force", "--json")
    assert made.code == 0, str(made)
    return str(made.data["number"])


def lines(cowork: Cowork, year: str = "2026") -> dict[tuple[int | None, int | None], str]:
    outcome = cowork("report", "profit", "--in", year, "--json")
    assert outcome.code == 0, str(outcome)
    for row in outcome.data:
        assert {"line", "label", "amount", "year", "source"} <= set(row)
        assert str(row["year"]) == year
        assert row["year"] == int(year)
        assert year in row["source"]
    return {(row["line"], row["code"]): row["amount"]["amount"] for row in outcome.data}


# ---- profit


def test_case_15_meals_are_deducted_in_part_and_their_vat_in_full(acme: Cowork) -> None:
    spend(acme, "--text", "Lunch", "--net", "100", "--category", "meals")
    found = lines(acme)
    assert (found[64, 175], found[64, 165], found[58, 185]) == ("70.00", "30.00", "19.00")
    assert found[76, 199] == "89.00"
    acme("config", "set", "seller.small_business", "true")
    found = lines(acme)
    assert (found[64, 175], found[64, 165]) == ("83.30", "35.70")
    assert (58, 185) not in found


def test_income_by_payment_and_by_case(dupont: Cowork) -> None:
    german, french = bill(dupont, "acme", "2026-11-20", 2), bill(dupont, "dupont", "2026-11-21", 10)
    assert lines(dupont) == {}
    dupont("invoice", "pay", german, "100.00", "--on", "2026-11-24")
    dupont("invoice", "pay", french, "1000.00", "--on", "2026-11-24")
    found = lines(dupont)
    assert (found[15, 112], found[16, 103], found[17, 140]) == ("84.03", "1000.00", "15.97")
    assert (found[23, 159], found[None, None]) == ("1100.00", "1100.00")
    dupont("invoice", "pay", german, "226.10", "--on", "2026-11-25")  # 100.00 is credit
    assert lines(dupont)[23, 159] == "1226.10"
    assert "100.00 EUR that was paid beyond" in dupont("report", "profit", "--in", "2026").err


def test_the_lines_of_another_year_are_others(acme: Cowork) -> None:
    spend(acme, "--text", "Desk", "--gross", "119", "--category", "rent", "--date", "2025-11-20")
    assert lines(acme, "2025")[39, 150] == "100.00"
    spend(acme, "--text", "Desk", "--gross", "119", "--category", "rent", "--date", "2026-11-20")
    assert lines(acme)[40, 150] == "100.00"
    assert acme("report", "profit", "--in", "2027").code == 2
    assert acme("report", "profit", "--in", "2026-11").code == 2


@pytest.mark.parametrize(
    ("words", "year"),
    [
        (("--category", "vat", "--for", "2025-12", "--date", "2026-01-08"), 2025),
        (("--category", "vat", "--for", "2025-12", "--date", "2026-01-12"), 2026),
        (("--category", "vat", "--for", "2025-11", "--date", "2026-01-09"), 2026),
        (("--category", "rent", "--for", "2026-01", "--due", "2026-01-01", "--date", "2025-12-29"), 2026),
        (("--category", "rent", "--date", "2025-12-29"), 2025),
    ],
)  # fmt: skip
def test_cases_1_2_4_what_recurs_at_the_turn_of_the_year(
    acme: Cowork, words: tuple[str, ...], year: int
) -> None:
    spend(acme, "--text", "x", "--gross", "500", "--vat", "0", *words)
    both = {n: lines(acme, str(n)).get((None, None)) for n in (2025, 2026)}
    assert both == {2025: None, 2026: None, year: "-500.00"}


def test_case_3_with_the_extension_the_day_is_a_month_later(acme: Cowork) -> None:
    acme("config", "set", "tax.extension", "true")
    vat = ("--text", "VAT", "--gross", "500", "--category", "vat")
    late = spend(acme, *vat, "--for", "2025-Q4", "--date", "2026-02-10")
    november = spend(acme, *vat, "--for", "2025-11", "--date", "2026-01-09")
    dues = [acme("expense", "show", one, "--json").data["due"] for one in (late, november)]
    assert dues == ["2026-02-10", "2026-01-10"]
    assert (lines(acme)[59, 186], lines(acme, "2025")[58, 186]) == ("500.00", "500.00")
    assert "the other reading" not in acme("report", "profit", "--in", "2026").err


def test_both_readings_are_said(acme: Cowork) -> None:
    spend(
        acme,
        "--text",
        "VAT",
        "--gross",
        "5",
        "--category",
        "vat",
        "--for",
        "2025-11",
        "--date",
        "2026-01-09",
    )
    told = acme("report", "profit", "--in", "2026").err
    assert "but due on 2025-12-10, outside of the ten days; the other reading: 2025" in told


def test_what_the_tax_office_gives_back_is_income(acme: Cowork) -> None:
    spend(acme, "--text", "VAT", "--gross", "-80", "--category", "vat")
    assert lines(acme)[18, 141] == "80.00"
    assert (
        acme(
            "expense", "add", "--text", "x", "--gross", "5", "--category", "vat", "--vat", "19"
        ).code
        == 2
    )
    assert acme("expense", "add", "--text", "x", "--gross", "5", "--due", "2026-01-10").code == 2


def test_what_is_without_a_category_is_named_and_what_is_left_out(acme: Cowork) -> None:
    spend(acme, "--text", "x", "--net", "10")
    rows = acme("report", "profit", "--json").data
    assert [row["label"] for row in rows if row["line"] is None] == [
        "without a category", "income less expenses",
    ]  # fmt: skip
    told = acme("report", "profit").err
    assert "without a category stand on no line" in told
    assert f"Left out: {eur_lines.LEFT_OUT[0]}" in told
    assert "The codes (Kz) are those of 2025" in told


def test_an_expense_counts_on_the_day_of_the_bank(acme: Cowork, tmp_path: Path) -> None:
    spend(acme, "--text", "Desk", "--gross", "119", "--category", "rent", "--date", "2025-12-20")
    file = tmp_path / "s.csv"
    file.write_text("Datum;Betrag (EUR);Text\n02.01.2026;-119,00;Desk\n", encoding="utf-8")
    assert acme("bank", "import", str(file)).code == 0
    assert lines(acme, "2025")[39, 150] == "100.00"
    assert acme("bank", "match", "bank-1", "--expense", "x-1").code == 0
    assert lines(acme)[40, 150] == "100.00"
    assert lines(acme, "2025") == {}


def test_the_adviser_gets_the_rows(acme: Cowork, tmp_path: Path) -> None:
    spend(acme, "--text", "Desk", "--gross", "119", "--category", "rent")
    file = tmp_path / "s.csv"
    file.write_text(
        "Datum;Betrag (EUR);Text;Name\n31.12.2025;-1,00;Old;A\n02.01.2026;-119,00;Desk;B\n",
        encoding="utf-8",
    )
    assert acme("bank", "import", str(file), "--account", "giro").code == 0
    assert acme("bank", "match", "bank-2", "--expense", "x-1").code == 0
    out = tmp_path / "books"
    assert acme("books", "export", "--in", "2026", "--out", str(out)).code == 0
    assert '"2026","40","150","rent of office, desk or room","100.00"' in (
        out / "profit.csv"
    ).read_text(encoding="utf-8")
    with (out / "bank.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row == {
        "id": "bank-2", "account": "giro", "booked": "2026-01-02", "valued": "", "amount": "-119.00",
        "currency": "EUR", "name": "B", "iban": "", "text": "Desk", "reference": "", "state": "matched",
        "invoices": "", "expense": "x-1", "rest": "0.00",
    }  # fmt: skip


# ---- VAT


def test_case_8_an_advance_counts_when_it_is_paid(acme: Cowork) -> None:
    for words in (
        ("invoice", "draft", "acme", "--advance", "--in", "2026-06"),
        ("invoice", "line", "draft-1", "--text", "In advance", "--price", "1000"),
        ("invoice", "issue", "draft-1", "--date", "2026-03-10", "--force"),
        ("invoice", "pay", "2026-0001", "1190", "--on", "2026-04-05"),
        ("invoice", "draft", "acme", "--empty", "--in", "2026-06"),
        ("invoice", "line", "draft-2", "--text", "All of it", "--price", "2000"),
        ("invoice", "prepaid", "draft-2", "--invoice", "2026-0001"),
        ("invoice", "issue", "draft-2", "--date", "2026-06-20", "--force"),
        ("invoice", "pay", "2026-0002", "1190", "--on", "2026-07-03"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, f"{words}: {outcome}"

    def bases(basis: str) -> dict[int, str]:
        found = {}
        for month in range(3, 8):
            words = ("report", "vat", "--in", f"2026-{month:02}", "--basis", basis, "--json")
            for row in acme(*words).data:
                if row["kind"] == "output" and row["base"]["amount"] != "0.00":
                    found[month] = row["base"]["amount"]
        return found

    assert bases("issued") == {4: "1000.00", 6: "1000.00"}
    assert bases("paid") == {4: "1000.00", 7: "1000.00"}


def test_the_lines_as_a_file_and_what_they_do_not_cover(dupont: Cowork, tmp_path: Path) -> None:
    bill(dupont, "acme", "2026-11-20", 2)
    bill(dupont, "dupont", "2026-11-21", 10)
    out = tmp_path / "vat.csv"
    assert dupont("report", "vat", "--in", "2026-Q4", "--out", str(out)).code == 0
    assert out.read_text(encoding="utf-8") == "Kz,base,tax\n81,190,36.10\n21,1000,\n83,,36.10\n"
    assert dupont("report", "vat", "--in", "2026-Q4", "--out", str(out)).code in (0, 6)
    assert "Not covered by the lines: 35/36 other rates; 39" in dupont("report", "vat").err


def test_a_small_business_has_nothing_due_and_is_told(acme: Cowork) -> None:
    acme("config", "set", "seller.small_business", "true")
    assert "Nothing is due: a small business" in acme("report", "vat").err
    assert "files no EC sales list" in acme("report", "zm").err
    assert acme("report", "vat", "--out", "-").code == 6


# ---- EC sales list


def test_case_11_the_sum_of_a_vat_id_is_cut_and_agrees_with_kz_21(
    dupont: Cowork, tmp_path: Path
) -> None:
    dupont("client", "edit", "dupont", "--rate", "100.006")
    bill(dupont, "dupont", "2026-11-20", 10)
    bill(dupont, "acme", "2026-11-21", 2)
    (row,) = dupont("report", "zm", "--in", "2026-Q4", "--json").data
    assert (row["quarter"], row["vat_id"], row["base"]["amount"], row["kind"], row["due"]) == (
        "2026-Q4", "FR40303265045", "1000.00", "S", "2027-01-25",
    )  # fmt: skip
    (line,) = [
        one for one in dupont("report", "vat", "--json").json["lines"] if one["code"] == "21"
    ]
    assert line["base"] == row["base"]
    out = tmp_path / "zm.csv"
    assert dupont("report", "zm", "--out", str(out)).code == 0
    assert out.read_text(encoding="utf-8").splitlines()[0] == "#v3.0"
    assert out.read_text(encoding="utf-8").splitlines()[2:] == ["FR40303265045,1000,S"]
    assert dupont("report", "zm", "--in", "2026-Q3", "--json").data == []


def test_the_sales_list_is_due_only_where_there_is_something_to_tell(dupont: Cowork) -> None:
    def due() -> list[str]:
        rows = dupont("deadlines", "--within", "70d", "--json").data
        return [row["due"] for row in rows if "ZM" in row["what"]]

    assert due() == []
    bill(dupont, "dupont", "2026-11-20", 1)
    assert due() == ["2027-01-25"]
    dupont("config", "set", "tax.extension", "true")
    assert due() == ["2027-01-25"], "no extension moves it"


@pytest.mark.parametrize(
    ("now", "extended", "days"),
    [
        ("2026-01-09", False, ["2026-01-12"]),
        ("2026-04-01", False, ["2026-04-10"]),
        ("2026-05-02", True, ["2026-05-11"]),
        ("2026-07-01", False, ["2026-07-10"]),
        ("2026-08-01", True, ["2026-08-10"]),
        ("2026-10-02", False, ["2026-10-12"]),
        ("2026-11-02", True, ["2026-11-10"]),
        ("2027-01-04", False, ["2027-01-11"]),
        ("2027-02-01", True, ["2027-02-10"]),
    ],
)
def test_the_days_of_2026(seller: Cowork, now: str, extended: bool, days: list[str]) -> None:
    seller("config", "set", "tax.extension", str(extended).lower())
    env = {"COWORK_NOW": f"{now}T09:00:00+01:00"}
    rows: list[dict[str, Any]] = seller("deadlines", "--within", "15d", "--json", env=env).data
    assert [row["due"] for row in rows if "prepayment" in row["what"]] == days


# ---- clients


def test_what_each_client_brings(dupont: Cowork) -> None:
    number = bill(dupont, "acme", "2026-11-10", 2)
    bill(dupont, "dupont", "2026-11-11", 10)
    dupont(
        "track",
        "add",
        "acme/site",
        "--on",
        "2026-11-12",
        "--for",
        "2h",
        "--from",
        "9:00",
        "--non-billable",
    )
    dupont("invoice", "pay", number, "226.10", "--on", "2026-11-24")
    spend(dupont, "--text", "Desk", "--net", "120", "--category", "rent")
    outcome = dupont("report", "clients", "--in", "2026", "--json")
    first, second = outcome.data
    assert {"client", "duration_s", "billed", "paid", "days_to_pay", "rate", "share"} <= set(first)
    assert (first["client"], first["billed"]["amount"], first["share"]) == (
        "dupont",
        "1000.00",
        "84.0",
    )
    assert (second["client"], second["duration_s"], second["paid"]["amount"]) == (
        "acme",
        14_400,
        "226.10",
    )
    assert (second["days_to_pay"], second["rate"]["amount"], second["share"]) == (
        14,
        "47.50",
        "16.0",
    )
    assert outcome.json["desk"][0]["per_hour"]["amount"] == "10.00"
    projects = dupont("report", "clients", "--by", "project", "--json").data
    assert [(row["project"], row["billed"]["amount"]) for row in projects] == [
        ("dupont/site", "1000.00"), ("acme/site", "190.00"),
    ]  # fmt: skip
    assert dupont("report", "clients", "--by", "moon").code == 2


@pytest.mark.parametrize(("hours", "told"), [(833, False), (834, True)])
def test_case_21_from_five_sixths_on_the_rule_is_said(
    dupont: Cowork, hours: int, told: bool
) -> None:
    for client, rate, start in (("dupont", hours, "06:00"), ("acme", 1000 - hours, "09:00")):
        dupont("client", "edit", client, "--rate", str(rate))
        bill(dupont, client, "2026-11-20", 1, start)
    assert ("§ 2 no. 9 SGB VI" in dupont("report", "clients").err) is told


def test_turnover_by_invoice_or_by_payment_is_chosen_and_said(dupont: Cowork) -> None:
    number = bill(dupont, "acme", "2026-11-10", 2)
    french = bill(dupont, "dupont", "2026-11-11", 10)
    dupont("invoice", "pay", number, "113.05", "--on", "2026-11-24")
    dupont("invoice", "pay", french, "400", "--on", "2026-11-24")

    def turnover(*words: str) -> dict[str, tuple[str, str | None]]:
        rows = dupont("report", "clients", "--in", "2026", "--json", *words).data
        return {row["client"]: (row["turnover"]["amount"], row["share"]) for row in rows}

    assert turnover() == {"dupont": ("1000.00", "84.0"), "acme": ("190.00", "16.0")}
    assert turnover("--basis", "paid") == {"dupont": ("400.00", "80.8"), "acme": ("95.00", "19.2")}
    profit = [row for row in dupont("report", "profit", "--json").data if row["kind"] == "income"]
    assert sum(float(row["amount"]["amount"]) for row in profit) == 400 + 95 + 18.05
    by_invoice = dupont("report", "clients").err
    assert "Turnover is net by the date of the invoice" in by_invoice
    assert "dupont with 84.0 % of what was billed" in by_invoice
    by_payment = dupont("report", "clients", "--basis", "paid", "-o", "table")
    assert "Turnover is net by the day of the payment" in by_payment.err
    assert "dupont with 80.8 % of what was paid" in by_payment.err
    dupont("invoice", "cancel", french, "--reason", "Error", "--date", "2026-11-25", "--yes")
    assert turnover("--basis", "paid")["dupont"] == ("0.00", "0.0"), "taken back on its day"
    refused = dupont("report", "clients", "--by", "project", "--basis", "paid")
    assert (refused.code, "a payment is of no project" in refused.err) == (2, True)
    assert dupont("report", "clients", "--basis", "moon").code == 2


def test_what_may_be_goods_is_named_by_the_sales_list(dupont: Cowork) -> None:
    bill(dupont, "dupont", "2026-11-11", 10)
    assert "by the piece" not in dupont("report", "zm").err
    draft = dupont("invoice", "draft", "dupont", "--empty", "--json").data["id"]
    for text in ("Camera\nused", "Lens"):
        line = ("--text", text, "--qty", "1", "--unit", "piece", "--price", "300")
        assert dupont("invoice", "line", draft, *line).code == 0
    issued = dupont("invoice", "issue", draft, "--in", "2026-11", "--json").data["number"]
    zm = dupont("report", "zm")
    assert f'told as services, but sold by the piece: {issued} "Camera", {issued} "Lens".' in zm.err
    assert f'{issued} "Lens"' in dupont("report", "vat").err
    for other in ("zm", "vat"):
        assert "by the piece" not in dupont("report", other, "--in", "2026-Q3").err
    assert dupont("invoice", "cancel", issued, "--reason", "Error", "--yes").code == 0
    assert "by the piece" not in dupont("report", "zm").err


def test_a_change_of_the_small_business_within_a_range_is_warned_of(acme: Cowork) -> None:
    acme("config", "set", "seller.small_business", "true")
    bill(acme, "acme", "2026-10-20", 1)
    spend(acme, "--text", "Chair", "--gross", "119", "--date", "2026-10-05")
    acme("config", "set", "seller.small_business", "false")
    bill(acme, "acme", "2026-11-20", 1)
    regular = acme("report", "vat", "--in", "2026-Q4").err
    assert "Warning: this range has invoices under § 19 UStG: input VAT" in regular
    assert "§ 19 UStG: input" not in acme("report", "vat", "--in", "2026-11").err
    acme("config", "set", "seller.small_business", "true")
    small = acme("report", "vat", "--in", "2026-Q4").err
    assert "Warning: VAT was charged in this range" in small
    assert "VAT was charged" not in acme("report", "vat", "--in", "2026-10").err


def test_income_in_another_currency_is_named(acme: Cowork) -> None:
    for words in (
        ("client", "add", "swiss", "--name", "Swiss AG", "--street", "Weg 1", "--postcode", "8001", "--city",
         "Zürich", "--country", "CH", "--currency", "CHF", "--tax", "outside-eu"),
        ("invoice", "draft", "swiss", "--empty"),
        ("invoice", "line", "draft-1", "--text", "A", "--price", "1000"),
        ("invoice", "rate", "draft-1", "--to", "EUR", "0.9231", "--on", "2026-11-03"),
        ("invoice", "issue", "draft-1", "--date", "2026-11-03"),
    ):  # fmt: skip
        assert acme(*words).code == 0
    assert "arrived in euro" not in acme("report", "profit").err
    assert acme("invoice", "pay", "2026-0001", "1000", "--on", "2026-11-14").code == 0
    told = acme("report", "profit").err
    assert "By the rate on the invoice, not by what arrived in euro: 2026-0001." in told


def test_vat_that_was_taken_to_be_in_a_booking_of_the_bank_is_said(
    acme: Cowork, tmp_path: Path
) -> None:
    file = tmp_path / "s.csv"
    file.write_text(
        '"Buchung";"Wertstellungsdatum";"Auftraggeber/Empfänger";"Buchungstext";"Verwendungszweck";'
        '"Betrag";"Währung"\n23.11.2026;23.11.2026;Bank;Entgelt;Rechnungsabschluss;-3,00;EUR\n',
        encoding="utf-8",
    )
    assert acme("bank", "import", str(file), "--account", "giro").code == 0
    made = acme("expense", "add", "--bank", "bank-1")
    assert "19 % VAT was taken to be in it; a fee of the bank has none" in made.err, str(made)
    assert acme("expense", "edit", "x-1", "--vat", "0", "--json").data["vat"]["amount"] == "0.00"
    acme("undo", "2")
    assert "taken to be in it" not in acme("expense", "add", "--bank", "bank-1", "--vat", "0").err
