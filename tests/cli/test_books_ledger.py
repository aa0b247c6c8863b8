"""`books export --format hledger|beancount`: read by the real programs, equal to `report vat` and `invoice list`."""

import csv
import io
import shutil
import subprocess
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from beancount.core.data import Transaction

from tests.conftest import Cowork

Balances = dict[tuple[str, str], Decimal]
CLIENTS = (
    ("buch", "--name", "Buch", "--tax", "reduced", "--skonto", "3%/10d"),
    ("du.pont", "--name", "Dupont", "--country", "FR", "--tax", "reverse-charge", "--vat-id", "FR40303265045"),
    ("us_co", "--name", "US Co", "--currency", "USD"),
)  # fmt: skip


def ok(cowork: Cowork, *words: str) -> Any:
    outcome = cowork(*words, "--json")
    assert outcome.code == 0, str(outcome)
    return outcome.data


def bill(cowork: Cowork, client: str, day: str, price: str, *, rate: str = "") -> str:
    """An invoice of one line, dated on a day."""
    draft = ok(cowork, "invoice", "draft", client, "--empty")["id"]
    ok(
        cowork,
        "invoice",
        "line",
        draft,
        "--text",
        "Work",
        "--qty",
        "1",
        "--unit",
        "flat",
        "--price",
        price,
    )
    if rate:
        ok(cowork, "invoice", "rate", draft, "--to", "EUR", rate, "--on", day)
    return str(ok(cowork, "invoice", "issue", draft, "--date", day, "--force")["number"])


@pytest.fixture
def year(acme: Cowork) -> Cowork:
    """Everything that happens to invoices and expenses, over the end of a quarter."""
    ok(acme, "config", "set", "seller.vat_id", "DE136695976")
    where = ("--street", "Ring 5", "--postcode", "50667", "--city", "Köln")
    for words in CLIENTS:
        ok(acme, "client", "add", *words, *where)
    first = bill(acme, "acme", "2026-09-01", "333.33")
    ok(acme, "invoice", "pay", first, "--amount", "100", "--on", "2026-09-20")
    ok(acme, "invoice", "pay", first, "--amount", "50", "--on", "2026-10-20")
    skonto = bill(acme, "buch", "2026-09-28", "199.99")
    ok(acme, "invoice", "pay", skonto, "--amount", "207.57", "--on", "2026-10-02")
    for paid in ("", "40"):
        wrong = bill(acme, "acme", "2026-09-29", "80")
        if paid:
            ok(acme, "invoice", "pay", wrong, "--amount", paid, "--on", "2026-09-30")
        ok(acme, "invoice", "cancel", wrong, "--reason", "Wrong", "--date", "2026-10-05", "-y")
    ok(acme, "invoice", "pay", bill(acme, "du.pont", "2026-10-01", "400"), "--amount", "410")
    foreign = bill(acme, "us_co", "2026-10-07", "777.77", rate="0.9231")
    ok(acme, "invoice", "pay", foreign, "--amount", "500", "--on", "2026-11-01")
    bill(acme, "us_co", "2026-10-08", "60")  # no rate: not in `report vat`
    advance = bill(acme, "acme", "2026-10-10", "95")
    ok(acme, "invoice", "pay", advance, "--amount", "113.05", "--on", "2026-10-20")
    spend = ("expense", "add", "--date", "2026-10-12", "--text")
    ok(acme, *spend, 'Paper; "A4" \\ (x) | y', "--net", "10.01", "--category", "material")
    ok(acme, *spend, "Book", "--net", "20", "--vat", "7")
    ok(
        acme,
        *spend,
        "Host",
        "--net",
        "30.03",
        "--reverse-charge",
        "--country",
        "IE",
        "--category",
        "it",
    )
    ok(acme, *spend, "Font", "--net", "50", "--reverse-charge", "--country", "US", "--currency",
       "USD", "--rate", "0.9")  # fmt: skip
    ok(acme, *spend, "Sign", "--net", "11.11", "--currency", "USD", "--rate", "0.9")
    return acme


def exported(cowork: Cowork, folder: Path, form: str, *words: str) -> Path:
    out = folder / f"{form}-{len(list(folder.iterdir()))}"
    done = ok(cowork, "books", "export", *words, "--format", form, "--out", str(out))
    (name,) = [file["name"] for file in done["files"] if file["name"] != "manifest.json"]
    assert done["left_out"] == []
    return Path(out / name)


def by_beancount(file: Path) -> Balances:
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    sums: Balances = defaultdict(Decimal)
    for entry in entries:
        for posting in entry.postings if isinstance(entry, Transaction) else ():
            account = posting.account.lower().replace("-dot-", ".").replace("-line-", "_")
            sums[account, posting.units.currency] += posting.units.number
    return {key: value for key, value in sums.items() if value}


def by_hledger(file: Path) -> Balances:
    program = shutil.which("hledger")
    if program is None:
        pytest.skip("hledger is not installed (Debian package hledger)")

    def hledger(*words: str) -> str:
        env = {"LC_ALL": "C.UTF-8", "HOME": str(file.parent)}
        done = subprocess.run(
            [program, "-f", str(file), *words], capture_output=True, text=True, check=False, env=env
        )
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    hledger("check", "accounts", "commodities", "balancednoautoconversion", "ordereddates")
    table = hledger("balance", "--flat", "--no-total", "--layout", "bare", "-O", "csv")
    rows = csv.DictReader(io.StringIO(table))
    found = {(row["account"], row["commodity"]): Decimal(row["balance"]) for row in rows}
    return {key: value for key, value in found.items() if value}


def total(balances: Balances, account: str, currency: str = "EUR") -> Decimal:
    """The sum of an account and all below it."""
    return sum(
        (
            value
            for (name, held), value in balances.items()
            if held == currency and f"{name}:".startswith(f"{account}:")
        ),
        Decimal(0),
    )


def check_vat(cowork: Cowork, balances: Balances, *period: str) -> int:
    """Every figure of `report vat` is a balance; returns how many were looked at."""
    looked = 0
    for row in ok(cowork, "report", "vat", *period):
        vat, base = (Decimal(row[n]["amount"]) if row[n] else None for n in ("vat", "base"))
        rate = row["rate"]
        if row["kind"] == "payable":
            assert -total(balances, "liabilities:vat") == vat
        elif row["kind"] == "output":
            assert -total(balances, f"income:{row['case']}:{rate}") == base
            assert -total(balances, f"liabilities:vat:output:{rate}") == vat
        elif row["kind"] == "reverse-charge":
            assert -total(balances, f"income:reverse-charge:{row['client']}") == base
        elif row["kind"] == "input" and row["case"] is None:
            assert total(balances, f"liabilities:vat:input:{rate}") == vat
        elif row["kind"] in ("input", "purchase"):
            place = f"{row['case'].removesuffix('-purchase')}:{rate}"
            sign = 1 if row["kind"] == "input" else -1
            assert sign * total(balances, f"liabilities:vat:{row['kind']}:{place}") == vat
        else:
            continue
        looked += 1
    return looked


def check_open(cowork: Cowork, balances: Balances) -> None:
    """What is open of the invoices is what the clients' accounts hold."""
    owed: Balances = defaultdict(Decimal)
    for one in ok(cowork, "invoice", "list"):
        owed[one["client"], one["currency"]] += Decimal(one["open"]["amount"])
    assert sum(bool(value) for value in owed.values()) == 3
    for (client, currency), amount in owed.items():
        assert total(balances, f"assets:receivable:{client}", currency) == amount, client


@pytest.mark.parametrize("read", [by_beancount, by_hledger])
def test_balances_are_those_of_our_reports(year: Cowork, tmp_path: Path, read: Any) -> None:
    form = read.__name__.removeprefix("by_")
    balances = read(exported(year, tmp_path, form, "--in", "2026"))
    assert check_vat(year, balances, "--in", "2026") == 10
    check_open(year, balances)
    assert total(balances, "liabilities:credit:acme") == -40  # paid, then cancelled
    assert total(balances, "assets:bank", "USD") == Decimal(500) - 50 - Decimal("13.22")
    # From the middle of the year on, what was open before is carried.
    later = read(exported(year, tmp_path, form, "--in", "2026-Q4"))
    check_vat(year, later, "--in", "2026-Q4")
    check_open(year, later)
    # By payment, what is not received yet is apart, and nothing else moves.
    ok(year, "config", "set", "tax.basis", "paid")
    for words in (("--in", "2026"), ("--in", "2026-Q3"), ("--in", "2026-Q4")):
        check_vat(year, read(exported(year, tmp_path, form, *words)), *words)
    paid = read(exported(year, tmp_path, form))
    check_open(year, paid)
    assert total(paid, "liabilities:vat") + total(paid, "liabilities:unpaid") == total(
        balances, "liabilities:vat"
    )


def test_the_bean_check_of_a_small_business(acme: Cowork, tmp_path: Path) -> None:
    """No VAT in or out, but that of a purchase under § 13b UStG, which is part of its cost."""
    ok(acme, "config", "set", "seller.small_business", "true")
    ok(acme, "expense", "add", "--date", "2026-10-12", "--text", "Chair", "--net", "100")
    ok(acme, "expense", "add", "--date", "2026-10-12", "--text", "Host", "--net", "30.03",
       "--reverse-charge", "--country", "IE")  # fmt: skip
    balances = by_beancount(exported(acme, tmp_path, "beancount", "--in", "2026"))
    assert check_vat(acme, balances, "--in", "2026") == 2
    assert {name for name, _ in balances if name.startswith("expenses")} == {"expenses:unsorted"}
    assert total(balances, "expenses") == Decimal("119.00") + Decimal("35.74")
    assert total(balances, "assets:bank") == Decimal("-149.03")


def test_a_journal_to_the_letter(year: Cowork, tmp_path: Path) -> None:
    text = exported(year, tmp_path, "hledger", "--in", "2026-Q4").read_text(encoding="utf-8")
    assert "2026-10-01 Open when the period began\n" in text
    assert '2026-10-12 (x-1) Paper, "A4" \\ (x) , y\n' in text
    assert (
        "2026-10-02 (2026-0002) buch | Payment of 2026-0002\n"
        "    assets:receivable:buch                         -6.42 EUR\n"
        "    income:reduced:7:buch                           6.00 EUR\n"
        "    liabilities:vat:output:7                        0.42 EUR\n"
        "    assets:bank                                   207.57 EUR\n"
        "    assets:receivable:buch                       -207.57 EUR\n"
    ) in text
    assert "    assets:receivable:us_co                   925.55 USD @@ 854.38 EUR\n" in text
    text = exported(year, tmp_path, "beancount").read_text(encoding="utf-8")
    assert '2026-10-12 * "Paper; \\"A4\\" \\\\ (x) | y" ^x-1\n' in text
    assert "2026-09-01 open Assets:Receivable:Du-Dot-pont\n" in text
    assert '2026-10-01 * "du.pont" "Invoice 2026-0007" ^2026-0007\n' in text


def test_empty_books_are_valid(acme: Cowork, tmp_path: Path) -> None:
    assert by_beancount(exported(acme, tmp_path, "beancount")) == {}
    assert by_hledger(exported(acme, tmp_path, "hledger")) == {}
