"""`cowork report vat`: every case, by issue and by payment, and the § 19 limits."""

from pathlib import Path

import pytest

from tests.conftest import Cowork

FIELDS = [
    "kind",
    "case",
    "category",
    "rate",
    "base",
    "vat",
    "vat_id",
    "client",
    "document",
    "reason",
]


@pytest.fixture
def office(acme: Cowork) -> Cowork:
    """acme at 19 %, buch at 7 %, dupont in France, alps in Switzerland; all with a project."""
    acme("config", "set", "seller.vat_id", "DE136695976")
    common = ("--street", "Ring 5", "--postcode", "50667", "--city", "Köln", "--rate", "100")
    for words in (
        ("buch", "--name", "Buch", "--tax", "reduced", *common),
        ("dupont", "--name", "Dupont", "--country", "FR", "--tax", "reverse-charge", "--vat-id",
         "FR40303265045", *common),
        ("alps", "--name", "Alps", "--country", "CH", "--tax", "outside-eu", *common,
         "--postcode", "8001"),
    ):  # fmt: skip
        assert acme("client", "add", *words).code == 0
        assert acme("project", "add", f"{words[0]}/site").code == 0
    return acme


def bill(cowork: Cowork, client: str, day: str, *, hours: int = 2) -> str:
    """An invoice over some hours at 95 or 100 euro, dated on a day."""
    outcome = cowork(
        "track", "add", f"{client}/site", "--on", day, "--for", f"{hours}h", "--from",
        {"acme": "06:00", "buch": "10:00", "dupont": "14:00", "alps": "18:00"}[client],
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)
    draft = cowork("invoice", "draft", client, "--json").data["id"]
    made = cowork("invoice", "issue", draft, "--date", day, "--force", "--json")
    assert made.code == 0, str(made)
    return str(made.data["number"])


def figures(cowork: Cowork, *words: str) -> dict[tuple[str, str | None, str | None], list[str]]:
    """Base and VAT by kind, case and rate."""
    found = {}
    for row in cowork("report", "vat", *words, "--json").data:
        base = row["base"]["amount"] if row["base"] else ""
        found[row["kind"], row["case"], row["rate"]] = [base, row["vat"]["amount"]]
    return found


def test_every_case_by_issue(office: Cowork) -> None:
    for client in ("acme", "buch", "dupont", "alps"):
        bill(office, client, "2026-11-20")
    office("expense", "add", "--text", "Paper", "--net", "50")
    office("expense", "add", "--text", "Book", "--gross", "10.70", "--vat", "7")
    assert figures(office) == {
        ("output", "standard", "19"): ["190.00", "36.10"],
        ("output", "reduced", "7"): ["200.00", "14.00"],
        ("output", "outside-eu", "0"): ["200.00", "0.00"],
        ("reverse-charge", "reverse-charge", "0"): ["200.00", "0.00"],
        ("input", None, "19"): ["50.00", "9.50"],
        ("input", None, "7"): ["10.00", "0.70"],
        ("payable", None, None): ["", "39.90"],
    }
    rows = office("report", "vat", "--json").data
    assert list(rows[0]) == FIELDS
    (charge,) = [row for row in rows if row["kind"] == "reverse-charge"]
    assert (charge["vat_id"], charge["client"]) == ("FR40303265045", "dupont")
    assert rows[-1]["kind"] == "payable"


def test_the_period_is_the_quarter_and_its_range_is_said(office: Cowork) -> None:
    bill(office, "acme", "2026-09-30")
    bill(office, "acme", "2026-10-01")
    outcome = office("report", "vat")
    assert "Range: 2026-10-01 to 2026-12-31, by invoice date; 1 invoice outside." in outcome.err
    assert figures(office)["output", "standard", "19"] == ["190.00", "36.10"]
    assert figures(office, "--in", "2026-Q3")["output", "standard", "19"] == ["190.00", "36.10"]
    assert figures(office, "--in", "2026")["output", "standard", "19"] == ["380.00", "72.20"]
    assert office("report", "vat", "--in", "2025", "--json").data == []


def test_a_cancellation_counts_negative_on_its_own_day(office: Cowork) -> None:
    number = bill(office, "acme", "2026-09-30")
    bill(office, "dupont", "2026-09-30")
    for one in (number, "2026-0002"):
        assert office("invoice", "cancel", one, "--reason", "Wrong", "-y").code == 0
    assert figures(office, "--in", "2026-Q3")["output", "standard", "19"] == ["190.00", "36.10"]
    now = figures(office)
    assert now["output", "standard", "19"] == ["-190.00", "-36.10"]
    assert now["reverse-charge", "reverse-charge", "0"] == ["-200.00", "0.00"]
    assert now["payable", None, None] == ["", "-36.10"]
    assert figures(office, "--in", "2026")["output", "standard", "19"] == ["0.00", "0.00"]


def test_by_payment_parts_add_up_and_reverse_charge_goes_by_the_invoice(office: Cowork) -> None:
    number = bill(office, "acme", "2026-09-30")
    bill(office, "dupont", "2026-09-30")
    assert ("output", "standard", "19") not in figures(office, "--in", "2026-Q3", "--basis", "paid")
    assert office("invoice", "pay", number, "--amount", "100", "--on", "2026-10-01").code == 0
    assert office("invoice", "pay", number, "--amount", "126.10", "--on", "2026-11-02").code == 0
    assert figures(office, "--in", "2026-10", "--basis", "paid") == {
        ("output", "standard", "19"): ["84.03", "15.97"],
        ("payable", None, None): ["", "15.97"],
    }
    assert figures(office, "--in", "2026-11", "--basis", "paid")["output", "standard", "19"] == [
        "105.97",
        "20.13",
    ]
    whole = figures(office, "--in", "2026", "--basis", "paid")
    assert whole["output", "standard", "19"] == ["190.00", "36.10"]
    third = figures(office, "--in", "2026-Q3", "--basis", "paid")
    assert third["reverse-charge", "reverse-charge", "0"] == ["200.00", "0.00"]
    outcome = office("report", "vat", "--in", "2026-Q3", "--basis", "paid")
    assert "§ 18b UStG" in outcome.err
    assert "2 payments outside" in outcome.err


def test_more_than_the_total_is_no_more_turnover(office: Cowork) -> None:
    number = bill(office, "acme", "2026-11-02")
    office("invoice", "pay", number, "--amount", "300")
    assert figures(office, "--basis", "paid")["output", "standard", "19"] == ["190.00", "36.10"]


def test_paid_then_cancelled_is_taken_back_on_the_day_of_the_cancellation(office: Cowork) -> None:
    number = bill(office, "acme", "2026-09-01")
    office("invoice", "pay", number, "--amount", "226.10", "--on", "2026-09-10")
    office("invoice", "cancel", number, "--reason", "Wrong", "-y")
    third = figures(office, "--in", "2026-Q3", "--basis", "paid")
    assert third["output", "standard", "19"] == ["190.00", "36.10"]
    assert figures(office, "--basis", "paid")["output", "standard", "19"] == ["-190.00", "-36.10"]


def test_the_setting_is_the_default_basis(office: Cowork) -> None:
    bill(office, "acme", "2026-11-02")
    office("config", "set", "tax.basis", "paid")
    assert "by payment" in office("report", "vat").err
    assert "by invoice date" in office("report", "vat", "--basis", "issued").err
    assert office("report", "vat", "--basis", "moon").code == 2


def test_a_currency_without_a_rate_is_said(office: Cowork) -> None:
    office("client", "edit", "acme", "--currency", "USD")
    number = bill(office, "acme", "2026-11-02")
    office("expense", "add", "--text", "Host", "--net", "10", "--vat", "0", "--currency", "USD")
    office("expense", "add", "--text", "Sign", "--net", "10", "--currency", "USD", "--rate", "0.9")
    outcome = office("report", "vat", "--json")
    assert "Not included" in outcome.err
    rows = [row for row in outcome.data if row["kind"] == "not-included"]
    assert [row["document"] for row in rows] == [number, "x-1"]
    assert rows[0]["base"] == {"amount": "190.00", "currency": "USD"}
    by_kind = {row["kind"]: row for row in outcome.data}
    assert by_kind["input"]["vat"] == {"amount": "1.71", "currency": "EUR"}
    assert by_kind["payable"]["vat"]["amount"] == "-1.71"


def test_a_small_business_has_neither_output_nor_input_vat(office: Cowork) -> None:
    office("config", "set", "seller.small_business", "true")
    bill(office, "acme", "2026-11-02")
    office("expense", "add", "--text", "Paper", "--net", "50")
    assert figures(office) == {
        ("output", "small-business", "0"): ["190.00", "0.00"],
        ("payable", None, None): ["", "0.00"],
    }
    assert "deducts no input VAT" in office("report", "vat").err


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"2025": "25000", "2026": "19000"}, None),
        ({"2025": "25000.01"}, "turnover 2025 was 25,000.01 EUR, above the 25,000 EUR"),
        ({"2026": "20000"}, "80 % of the limit of 25,000 EUR"),
        ({"2026": "26000"}, "above the limit of 25,000 EUR: above it, 2027 is not exempt"),
        ({"2026": "90000"}, "90 % of the limit of 100,000 EUR"),
        ({"2026": "100000.01"}, "above the limit of 100,000 EUR"),
    ],
)
def test_the_limits_of_section_19(
    acme: Cowork, settings: dict[str, str], expected: str | None
) -> None:
    acme("config", "set", "seller.small_business", "true")
    for year, amount in settings.items():
        assert acme("config", "set", f"turnover.{year}", amount).code == 0
    outcome = acme("report", "vat")
    assert ("Warning: turnover" in outcome.err) is (expected is not None)
    if expected:
        assert expected in outcome.err
        assert "§ 19 UStG, 2025" in outcome.err
    acme("config", "unset", "seller.small_business")
    assert "Warning" not in acme("report", "vat").err


def test_turnover_is_money_received_of_the_year(acme: Cowork, home: Path) -> None:
    acme("config", "set", "seller.small_business", "true")
    acme("config", "set", "turnover.2026", "19900")
    number = bill(acme, "acme", "2026-11-02")
    assert "Warning" not in acme("report", "vat").err
    acme("invoice", "pay", number, "--amount", "190")
    assert "turnover 2026 is 20,090.00 EUR" in acme("report", "vat").err
    assert acme("config", "set", "turnover.2026", "much").code == 2
    assert acme("config", "set", "turnover.2026", "24.500,00").code == 0
    assert "turnover 2026 is 24,690.00 EUR" in acme("report", "vat").err
    acme("config", "unset", "turnover.2026")
    (home / "config" / "config.toml").write_text('[turnover]\n2026 = "much"\n')
    assert acme("report", "vat").code == 2


def test_a_table_for_people(office: Cowork) -> None:
    bill(office, "dupont", "2026-11-02")
    shown = office("report", "vat", "-o", "table").out
    for word in ("Kind", "reverse-charge", "FR40303265045", "payable"):
        assert word in shown


# ---- together with skonto, prepayments and exchange rates


def test_skonto_lowers_base_and_vat_on_the_day_it_was_taken(office: Cowork) -> None:
    office("client", "edit", "acme", "--skonto", "2%/10d")
    number = bill(office, "acme", "2026-09-28")
    outcome = office("invoice", "pay", number, "--amount", "221.58", "--on", "2026-10-02")
    assert outcome.code == 0, str(outcome)
    third, fourth = ("--in", "2026-Q3"), ("--in", "2026-Q4")
    assert figures(office, *third)["output", "standard", "19"] == ["190.00", "36.10"]
    assert figures(office, *fourth)["output", "standard", "19"] == ["-3.80", "-0.72"]
    assert figures(office, *fourth, "--basis", "paid")["output", "standard", "19"] == [
        "186.20",
        "35.38",
    ]
    assert ("output", "standard", "19") not in figures(office, *third, "--basis", "paid")


def test_what_was_prepaid_is_taxed_once(office: Cowork) -> None:
    first = bill(office, "acme", "2026-09-10", hours=1)
    assert office("invoice", "pay", first, "--amount", "113.05", "--on", "2026-09-20").code == 0
    office("track", "add", "acme/site", "--on", "2026-10-10", "--from", "06:00", "--for", "3h")
    draft = office("invoice", "draft", "acme", "--json").data["id"]
    outcome = office("invoice", "prepaid", draft, "--invoice", first)
    assert outcome.code == 0, str(outcome)
    made = office("invoice", "issue", draft, "--date", "2026-10-10", "--force", "--json").data
    assert made["open"]["amount"] == "226.10"
    assert figures(office)["output", "standard", "19"] == ["190.00", "36.10"]
    assert figures(office, "--in", "2026")["output", "standard", "19"] == ["285.00", "54.15"]
    office("invoice", "pay", made["number"], "--amount", "226.10")
    paid = figures(office, "--in", "2026", "--basis", "paid")
    assert paid["output", "standard", "19"] == ["285.00", "54.15"]


def test_another_currency_counts_by_the_recorded_rate(office: Cowork) -> None:
    office("client", "edit", "acme", "--currency", "USD")
    office("track", "add", "acme/site", "--on", "2026-11-02", "--from", "06:00", "--for", "2h")
    draft = office("invoice", "draft", "acme", "--json").data["id"]
    outcome = office("invoice", "rate", draft, "--to", "EUR", "0.9", "--on", "2026-11-02")
    assert outcome.code == 0, str(outcome)
    made = office("invoice", "issue", draft, "--json")
    assert made.code == 0, str(made)
    assert figures(office) == {
        ("output", "standard", "19"): ["171.00", "32.49"],
        ("payable", None, None): ["", "32.49"],
    }


def late(office: Cowork, client: str, done: str, dated: str, *words: str) -> str:
    """An invoice over two hours of one day, dated on another."""
    office("track", "add", f"{client}/site", "--on", done, "--for", "2h", "--from", "06:00")
    draft = office("invoice", "draft", client, *words, "--json").data["id"]
    made = office("invoice", "issue", draft, "--date", dated, "--force", "--json")
    assert made.code == 0, str(made)
    return str(made.data["number"])


def test_by_the_end_of_the_work(office: Cowork) -> None:
    """§ 13 (1) no. 1 a UStG: June has what was done in June, whenever it was billed; what was paid before, when it came."""
    number = late(office, "acme", "2026-06-20", "2026-07-03")

    def bases(basis: str) -> dict[int, str]:
        found = {}
        for month in range(5, 12):
            told = figures(office, "--in", f"2026-{month:02}", "--basis", basis)
            if ("output", "standard", "19") in told:
                found[month] = told["output", "standard", "19"][0]
        return found

    assert (bases("issued"), bases("performed")) == ({7: "190.00"}, {6: "190.00"})
    june = office("report", "vat", "--in", "2026-06")
    assert "Warning: of another period by the end of the work" in june.err
    assert f"{number} (dated 2026-07-03)" in june.err
    july = office("report", "vat", "--in", "2026-07")
    assert f"{number} (done 2026-06-20)" in july.err
    told = office("report", "vat", "--in", "2026-06", "--basis", "performed")
    assert (
        "by the end of the work; 1 invoice" not in told.err
        and "Warning: of another" not in told.err
    )

    assert (
        office("invoice", "cancel", number, "--reason", "x", "--date", "2026-08-01", "--yes").code
        == 0
    )
    assert bases("performed") == {6: "190.00", 8: "-190.00"}
    draft = office("invoice", "draft", "acme", "--replaces", number, "--json").data["id"]
    assert office("invoice", "issue", draft, "--date", "2026-08-02", "--force").code == 0
    assert bases("performed") == {6: "190.00"}, "a correction changes no period"


def test_what_was_paid_before_the_work_counts_when_it_came(office: Cowork) -> None:
    made = office("invoice", "draft", "acme", "--empty", "--in", "2026-09", "--json").data["id"]
    office("invoice", "line", made, "--text", "Retainer", "--price", "300")
    issued = office("invoice", "issue", made, "--date", "2026-07-01", "--force", "--json")
    assert office("invoice", "pay", issued.data["number"], "119", "--on", "2026-07-10").code == 0
    by_month = {
        month: figures(office, "--in", f"2026-{month:02}", "--basis", "performed").get(
            ("output", "standard", "19")
        )
        for month in (7, 8, 9)
    }
    assert by_month == {7: ["100.00", "19.00"], 8: None, 9: ["200.00", "38.00"]}


def test_vat_that_was_paid_to_the_tax_office_is_no_input(office: Cowork) -> None:
    pay = ("expense", "add", "--text", "VAT of June", "--net", "300", "--vat", "0", "--on")
    paid = office(*pay[:-1], "--date", "2026-10-10", "--category", "vat", "--for", "2026-Q3")
    assert paid.code == 0, str(paid)
    bill(office, "acme", "2026-10-05")
    told = office("report", "vat", "--in", "2026-Q4")
    assert "VAT paid to the tax office is no input VAT: 300.00 EUR is left out." in told.err
    assert not [key for key in figures(office, "--in", "2026-Q4") if key[0] == "input"]


def test_the_sales_list_names_what_was_rendered_in_another_quarter(office: Cowork) -> None:
    number = late(office, "dupont", "2026-06-20", "2026-07-03")
    told = office("report", "zm", "--in", "2026-Q3")
    assert f"{number} (done 2026-06-20, dated 2026-07-03)" in told.err
    kz = office("report", "vat", "--in", "2026-06", "--basis", "performed", "--json")
    assert [row["kind"] for row in kz.data] == ["reverse-charge", "payable"]
