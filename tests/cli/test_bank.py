"""`cowork bank`: from the statement to the paid invoice, whole commands over a real store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import stores
from tests.conftest import Cowork
from tests.importers.bank import samples
from tests.importers.bank.samples import entry, part

Statement = Callable[..., Path]


@pytest.fixture
def statement(tmp_path: Path) -> Statement:
    """Writes a statement of CAMT entries."""

    def write(*entries: str, name: str = "s.xml") -> Path:
        file = tmp_path / name
        file.write_bytes(samples.camt(*entries))
        return file

    return write


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the homes of `billed` lie once they were made, by the kind of their store."""
    return tmp_path_factory.mktemp("billed")


@pytest.fixture
def billed(cowork: Cowork, kept: Path, home: Path, request: pytest.FixtureRequest) -> Cowork:
    """acme owes 2026-0001 (226.10) and 2026-0002 (113.05), both of November 20."""
    if (made := kept / stores.kind()).exists():
        stores.bring_back(made, home)
        return cowork
    acme: Cowork = request.getfixturevalue("acme")
    for hours in (2, 1):
        bill(acme, "acme", hours)
    stores.keep(home, made)
    return acme


def bill(cowork: Cowork, client: str, hours: int, day: str = "2026-11-20") -> str:
    start = f"{6 + 3 * len(cowork('invoice', 'list', '--json').data):02}:00"
    words = ("track", "add", f"{client}/site", "--on", day, "--for", f"{hours}h", "--from", start)
    assert cowork(*words).code == 0
    draft = cowork("invoice", "draft", client, "--json").data["id"]
    made = cowork("invoice", "issue", draft, "--date", day, "--force", "--json")
    assert made.code == 0, str(made)
    return str(made.data["number"])


def take(cowork: Cowork, file: Path, *words: str) -> dict[str, object]:
    outcome = cowork("bank", "import", str(file), *words, "--json")
    assert outcome.code == 0, str(outcome)
    (done,) = outcome.data
    return dict(done)


def matches(cowork: Cowork, *words: str) -> list[tuple[object, ...]]:
    outcome = cowork("bank", "match", *words, "--json")
    assert outcome.code == 0, str(outcome)
    return [
        (row["booking"], row["kind"], row["sure"], row["invoices"], row["recorded"])
        for row in outcome.data
    ]


def opens(cowork: Cowork) -> dict[str, str]:
    rows = cowork("invoice", "list", "--json").data
    return {row["number"]: row["open"]["amount"] for row in rows}


FIELDS = {
    "id", "account", "booked", "valued", "amount", "currency", "name", "iban", "text", "reference",
    "state", "invoices", "expense",
}  # fmt: skip


def test_a_booking_has_its_fields(billed: Cowork, statement: Statement) -> None:
    done = take(billed, statement(entry("226.10", "Re 2026-0001", reference="E-7")))
    assert (done["read"], done["new"], done["known"], done["account"]) == (1, 1, 0, samples.IBAN)
    (row,) = billed("bank", "list", "--json").data
    assert set(row) >= FIELDS
    assert (row["id"], row["state"], row["invoices"], row["expense"]) == (
        "bank-1",
        "open",
        [],
        None,
    )
    assert (row["amount"], row["currency"]) == ({"amount": "226.10", "currency": "EUR"}, "EUR")
    assert (row["booked"], row["reference"]) == ("2026-11-24", "E-7")
    assert billed("bank", "show", "bank-1", "--json").data == row
    assert billed("bank", "show", "bank-2").code == 5


def test_however_often_a_file_comes(billed: Cowork, statement: Statement) -> None:
    twice = [entry("-5.00", "Coffee"), entry("-5.00", "Coffee")]
    assert take(billed, statement(*twice, entry("1.00", "a")))["new"] == 3
    assert take(billed, statement(*twice, entry("1.00", "a")))["new"] == 0
    assert take(billed, statement(*twice, entry("-5.00", "Coffee"), entry("2.00", "b")))["new"] == 2
    assert len(billed("bank", "list", "--json").data) == 5


def test_the_same_account_as_csv_after_camt(
    billed: Cowork, statement: Statement, tmp_path: Path
) -> None:
    take(
        billed,
        statement(
            entry("1234.50", "Rechnung 2026-0017", name="Mueller GmbH"),
            entry("1234.50", "Rechnung 2026-0018", name="Mueller GmbH"),
            entry("50.00", "Miete"),
        ),
    )
    more = samples.SPARKASSE.replace("-10", "50").replace("vorgemerkt", "gebucht")
    file = tmp_path / "s.csv"
    file.write_bytes(more.encode("cp1252"))
    done = take(billed, file)
    assert (done["read"], done["new"], done["known"]) == (2, 1, 1)  # the book is of another day
    file.write_bytes(more.replace("2026-0017", "2026-0099").encode("cp1252"))
    assert take(billed, file)["new"] == 1, "another number is another booking"


def test_nothing_is_taken_of_a_file_that_is_not_understood(
    billed: Cowork, statement: Statement
) -> None:
    outcome = billed(
        "bank", "import", str(statement(entry("1.00"), entry("1.00", day="2026-02-30")))
    )
    assert outcome.code == 2
    assert "entry 2" in outcome.err
    assert billed("bank", "list", "--json").data == []


def test_balances_that_do_not_agree_are_refused(billed: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "s.xml"
    file.write_bytes(samples.camt(entry("5.00"), balances=("10.00", "5.00")))
    outcome = billed("bank", "import", str(file))
    assert outcome.code == 2
    assert "opens with 10.00 EUR and closes with 5.00 EUR" in outcome.err
    file.write_bytes(samples.camt(entry("-15.00"), balances=("10.00", "-5.00")))
    assert take(billed, file)["new"] == 1


def test_dry_run_and_undo(billed: Cowork, statement: Statement) -> None:
    assert take(billed, statement(entry("1.00")), "--dry-run")["new"] == 1
    assert billed("bank", "list", "--json").data == []
    take(billed, statement(entry("1.00")))
    assert billed("undo").code == 0
    assert billed("bank", "list", "--json").data == []
    assert billed("data", "verify").code == 0


def test_a_mapping_is_kept_for_the_next_file(billed: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text("Wann;Wieviel;Wozu\n24.11.2026;226,10;Re 2026-0001\n", encoding="utf-8")
    assert billed("bank", "import", str(file)).code == 2
    maps = [
        f"--map={one}" for one in ("booked=Wann", "amount=Wieviel", "text=Wozu", "currency=EUR")
    ]
    done = take(billed, file, *maps, "--account", "shop")
    assert (done["new"], done["account"]) == (1, "shop")
    assert done["mapping"] == {"booked": "wann", "amount": "wieviel", "text": "wozu"}
    file.write_text("Wann;Wieviel;Wozu\n25.11.2026;1,00;x\n", encoding="utf-8")
    assert take(billed, file, "--account", "shop")["new"] == 1


def test_no_column_and_no_row_is_left_out_in_silence(billed: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text(
        "Datum;Betrag;Währung;Text;Status;Farbe\n"
        "24.11.2026;1,00;EUR;Miete;;rot\n25.11.2026;2,00;EUR;x;offen;blau\n",
        encoding="utf-8",
    )
    done = billed("bank", "import", str(file), "--account", "shop", "-o", "plain")
    assert done.out.split("\t")[6] == "line 3 pending"
    assert "Columns that were not read: farbe." in done.err
    assert billed("bank", "list", "--json").data[0]["text"] == "Miete"


@pytest.mark.parametrize("width", ["60", "80"])
def test_a_table_shows_who_paid_and_what_for(billed: Cowork, tmp_path: Path, width: str) -> None:
    file = tmp_path / "s.csv"
    file.write_text(
        "Datum;Betrag;Währung;Text;Name\n"
        f"24.11.2026;595,00;EUR;{'Rechnung ' * 9};{'Müller & Söhne ' * 4}\n",
        encoding="utf-8",
    )
    billed("bank", "import", str(file), "--account", "shop")
    shown = billed("bank", "list", "-o", "table", env={"COLUMNS": width})
    assert "Name" in shown.out
    assert "Text" in shown.out


def test_a_file_without_an_account_asks_once_there_is_another(
    billed: Cowork, statement: Statement, tmp_path: Path
) -> None:
    file = tmp_path / "n26.csv"
    file.write_text(samples.N26, encoding="utf-8")
    assert take(billed, file)["account"] == "N26"
    assert take(billed, file)["new"] == 0
    take(billed, statement(entry("1.00")))
    file.write_bytes(samples.COMDIRECT.encode("iso-8859-15"))
    outcome = billed("bank", "import", str(file))
    assert outcome.code == 6
    assert "--account" in outcome.err


# ---- matching


@pytest.mark.parametrize(
    "text",
    [
        "RE 2026-0001",
        "re20260001",
        "2026/1",
        "Rechnung 2026- 0001 danke",
        "Nr.2026-00|01",
        "2026.0001",
    ],
)
def test_number_and_amount_agree(billed: Cowork, statement: Statement, text: str) -> None:
    take(billed, statement(entry("226.10", text, name="Somebody")))
    assert matches(billed, "--yes") == [("bank-1", "payment", True, ["2026-0001"], True)]
    assert opens(billed)["2026-0001"] == "0.00"
    (row,) = billed("bank", "list", "--json").data
    assert (row["state"], row["invoices"]) == ("matched", ["2026-0001"])
    assert matches(billed, "--yes") == []
    assert billed("undo").code == 0
    assert opens(billed)["2026-0001"] == "226.10"


@pytest.mark.parametrize(
    "text",
    [
        "12026-0001",
        "2026-00011",
        "01.01.2026 1:30",
        "DE12 2026 0001 0000 0000 00",
        "2026-0001-03",
        "0001",
    ],
)
def test_a_part_of_another_number_is_none(billed: Cowork, statement: Statement, text: str) -> None:
    take(billed, statement(entry("226.10", text, name="Somebody")))
    assert matches(billed, "--yes") == []


def test_the_number_in_the_reference_counts(billed: Cowork, statement: Statement) -> None:
    take(billed, statement(entry("226.10", "thanks", name="X", reference="2026-0001")))
    assert matches(billed, "--yes")[0][3] == ["2026-0001"]


def test_two_invoices_in_one_transfer(billed: Cowork, statement: Statement) -> None:
    take(billed, statement(entry("339.15", "Re 2026-0001, 2026-0002")))
    assert matches(billed, "--yes")[0][2:4] == (True, ["2026-0001", "2026-0002"])
    assert set(opens(billed).values()) == {"0.00"}


def test_a_batch_pays_each_invoice_by_its_part(billed: Cowork, statement: Statement) -> None:
    parts = part("226.10", "2026-0001", "A") + part("113.05", "2026-0002", "B")
    take(billed, statement(entry("339.15", details=parts)))
    assert matches(billed, "--yes")[0][2:4] == (True, ["2026-0001", "2026-0002"])
    assert set(opens(billed).values()) == {"0.00"}


def test_part_and_credit_are_left_to_a_person(billed: Cowork, statement: Statement) -> None:
    take(billed, statement(entry("100.00", "2026-0001"), entry("200.00", "2026-0002")))
    assert matches(billed, "--yes") == [
        ("bank-1", "part", False, ["2026-0001"], False),
        ("bank-2", "credit", False, ["2026-0002"], False),
    ]
    outcome = billed("bank", "match", "--yes")
    assert "`cowork bank match bank-1 --invoice 2026-0001`" in outcome.err
    assert billed("bank", "match", "bank-1", "--invoice", "2026-0001").code == 0
    assert billed("bank", "match", "bank-2", "--invoice", "2026-0002").code == 0
    assert opens(billed) == {"2026-0001": "126.10", "2026-0002": "-86.95"}


def test_a_name_and_an_amount_are_not_sure(billed: Cowork, statement: Statement) -> None:
    take(billed, statement(entry("226.10", "thanks", name="Acme GmbH")))
    assert matches(billed, "--yes") == [("bank-1", "payment", False, ["2026-0001"], False)]
    take(billed, statement(entry("113.05", "thanks", name="Somebody")))
    assert len(matches(billed, "--yes")) == 1, "an amount alone proves nothing"


def test_a_payment_that_a_match_made_goes_with_it(billed: Cowork, statement: Statement) -> None:
    take(billed, statement(entry("226.10", "2026-0001")))
    assert matches(billed, "--yes") == [("bank-1", "payment", True, ["2026-0001"], True)]
    assert opens(billed)["2026-0001"] == "0.00"
    assert billed("bank", "unmatch", "bank-1").code == 0
    assert opens(billed)["2026-0001"] == "226.10"


def test_a_payment_typed_by_hand_is_linked_not_paid_again(
    billed: Cowork, statement: Statement
) -> None:
    billed("invoice", "pay", "2026-0001", "226.10", "--on", "2026-11-23")
    take(billed, statement(entry("226.10", "2026-0001")))
    assert matches(billed, "--yes") == [("bank-1", "known", True, ["2026-0001"], True)]
    assert opens(billed)["2026-0001"] == "0.00"
    assert billed("bank", "unmatch", "bank-1").code == 0
    assert opens(billed)["2026-0001"] == "0.00", "what was typed stays"


def test_a_returned_direct_debit_reopens_the_invoice(billed: Cowork, statement: Statement) -> None:
    more = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    take(billed, statement(entry("226.10", "2026-0001", day="2026-11-21")))
    matches(billed, "--yes")
    take(
        billed,
        statement(entry("-226.10", "2026-0001", more=more)),
    )
    assert matches(billed, "--yes") == [("bank-2", "return", True, ["2026-0001"], True)]
    assert opens(billed)["2026-0001"] == "226.10"


def test_the_fee_of_a_return_is_an_expense(billed: Cowork, statement: Statement) -> None:
    more = "<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>"
    take(billed, statement(entry("226.10", "2026-0001", day="2026-11-21")))
    matches(billed, "--yes")
    take(billed, statement(entry("-229.10", "2026-0001", more=more)))
    assert matches(billed, "--yes") == [("bank-2", "return", False, ["2026-0001"], False)]
    billed("bank", "match", "bank-2", "--invoice", "2026-0001", "--amount", "226.10")
    assert opens(billed)["2026-0001"] == "226.10"
    made = billed(
        "expense", "add", "--bank", "bank-2", "--vat", "0", "--category", "fees", "--json"
    )
    assert made.data["gross"]["amount"] == "3.00"
    (row,) = [row for row in billed("bank", "list", "--json").data if row["id"] == "bank-2"]
    assert (row["state"], row["invoices"], row["expense"]) == ("matched", ["2026-0001"], "x-1")


def test_skonto_within_its_days(acme: Cowork, statement: Statement) -> None:
    acme("client", "edit", "acme", "--skonto", "2%/5d")
    bill(acme, "acme", 2)
    bill(acme, "acme", 2, day="2026-11-10")
    take(acme, statement(entry("221.58", "2026-0001"), entry("221.58", "2026-0002")))
    assert matches(acme, "--yes") == [
        ("bank-1", "skonto", True, ["2026-0001"], True),
        ("bank-2", "part", False, ["2026-0002"], False),
    ]
    assert opens(acme) == {"2026-0001": "0.00", "2026-0002": "226.10"}


def test_an_expense_of_the_amount_meets_its_booking(billed: Cowork, statement: Statement) -> None:
    billed("expense", "add", "--text", "Desk", "--gross", "15", "--date", "2026-11-22")
    take(billed, statement(entry("-15.00", "Coworking"), entry("-9.99", "Paper")))
    (row,) = billed("bank", "match", "--yes", "--json").data
    assert (row["kind"], row["sure"], row["expense"]) == ("expense", False, "x-1")
    assert billed("bank", "match", "bank-1", "--expense", "x-1").code == 0
    assert billed("expense", "remove", "x-1", "-y").code == 6
    assert billed("expense", "edit", "x-1", "--gross", "16").code == 6
    assert billed("expense", "edit", "x-1", "--category", "rent", "--vat", "7").code == 0
    made = billed(
        "expense", "add", "--bank", "bank-2", "--vat", "7", "--category", "material", "--json"
    )
    assert (made.data["date"], made.data["gross"]["amount"]) == ("2026-11-24", "9.99")
    assert billed("bank", "list", "--open", "--json").data == []
    assert billed("expense", "add", "--bank", "bank-2").code == 6


def test_money_that_came_in_is_an_expense_only_if_it_is_said(
    billed: Cowork, statement: Statement
) -> None:
    take(billed, statement(entry("59.50", "Gutschrift Papier")))
    refused = billed("expense", "add", "--bank", "bank-1", "--json")
    assert (refused.code, billed("expense", "list", "--json").data) == (2, [])
    assert "`--gross -59.50`" in str(refused)
    made = billed("expense", "add", "--bank", "bank-1", "--gross", "-59.50", "--json")
    assert made.data["gross"]["amount"] == "-59.50"
    assert billed("bank", "list", "--open", "--json").data == []


def test_ignored_is_a_state_that_is_taken_back(billed: Cowork, statement: Statement) -> None:
    take(billed, statement(entry("226.10", "2026-0001")))
    assert billed("bank", "ignore", "bank-1", "--json").data["state"] == "ignored"
    assert matches(billed, "--yes") == []
    assert billed("bank", "ignore", "bank-1").code == 6
    assert billed("bank", "match", "bank-1", "--invoice", "2026-0001").code == 6
    assert billed("bank", "unmatch", "bank-1", "--json").data["state"] == "open"
    assert billed("bank", "unmatch", "bank-1").code == 6


def test_on_a_terminal_each_is_asked_and_no_changes_nothing(
    billed: Cowork, statement: Statement
) -> None:
    take(billed, statement(entry("226.10", "2026-0001"), entry("50.00", "2026-0002")))
    assert billed("bank", "match", stdin="n\n", terminal=True).code == 1
    assert opens(billed) == {"2026-0001": "226.10", "2026-0002": "113.05"}
    assert billed("bank", "match", stdin="y\ny\n", terminal=True).code == 0
    assert opens(billed) == {"2026-0001": "0.00", "2026-0002": "63.05"}
    assert billed("bank", "match").code == 0


def test_where_nobody_can_be_asked_nothing_is_recorded(
    billed: Cowork, statement: Statement
) -> None:
    take(billed, statement(entry("226.10", "2026-0001")))
    assert matches(billed, "--dry-run") == [("bank-1", "payment", True, ["2026-0001"], False)]
    outcome = billed("bank", "match")
    assert outcome.code == 2
    assert "--yes" in outcome.err
    assert opens(billed)["2026-0001"] == "226.10"


def test_payments_count_by_their_day_not_by_when_they_were_typed(acme: Cowork) -> None:
    acme("client", "edit", "acme", "--skonto", "2%/5d")
    bill(acme, "acme", 2, day="2026-11-10")
    acme("invoice", "pay", "2026-0001", "50.00", "--on", "2026-11-20")
    acme("invoice", "pay", "2026-0001", "221.58", "--on", "2026-11-12")
    (row,) = acme("invoice", "list", "--json").data
    assert (row["open"]["amount"], row["skonto_taken"]["amount"]) == ("-50.00", "4.52")


def test_what_came_back_once_does_not_come_back_again(billed: Cowork, statement: Statement) -> None:
    more = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    take(billed, statement(entry("226.10", "2026-0001", day="2026-11-21")))
    matches(billed, "--yes")
    back = entry("-226.10", "2026-0001", more=more)
    take(billed, statement(back, back))
    assert [row[0] for row in matches(billed, "--yes")] == ["bank-2"]
    assert matches(billed, "--yes") == []
    assert opens(billed)["2026-0001"] == "226.10"


def test_what_comes_back_in_the_same_statement_reopens_the_invoice(
    billed: Cowork, statement: Statement
) -> None:
    back = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    came, left = entry("226.10", "Re 2026-0001"), entry("-226.10", "Re 2026-0001", more=back)
    take(billed, statement(left, came))
    assert [row[1:3] for row in matches(billed, "--yes")] == [("payment", True), ("return", True)]
    assert opens(billed)["2026-0001"] == "226.10"


def test_credit_is_set_off_in_a_transfer_that_names_both(
    billed: Cowork, statement: Statement
) -> None:
    pay = ("invoice", "pay", "2026-0001", "--amount", "236.10", "--on", "2026-11-24")
    assert billed(*pay).code == 0  # 10.00 too much
    take(billed, statement(entry("103.05", "2026-0001 und 2026-0002")))
    assert matches(billed, "--yes")[0][2:4] == (True, ["2026-0001", "2026-0002"])
    assert (opens(billed)["2026-0001"], opens(billed)["2026-0002"]) == ("0.00", "0.00")
