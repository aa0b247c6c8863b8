"""`bank import`: bookings that are known from another format, accounts, balances, and who writes meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.store import bank
from tests.conftest import Cowork, Outcome
from tests.importers.bank import samples
from tests.importers.bank.samples import entry

pytestmark = pytest.mark.usefixtures("november")

HEAD = "Buchungstag;Betrag;Währung;Name;IBAN;Verwendungszweck;Kundenreferenz"
ROW = "24.11.2026;5,00;EUR"
OTHER = "DE75512108001245126199"
Import = Callable[..., Outcome]


@pytest.fixture
def import_(cowork: Cowork, tmp_path: Path) -> Import:
    """Takes a file of that content."""

    def run(content: str | bytes, *words: str) -> Outcome:
        file = tmp_path / ("s.csv" if isinstance(content, str) else "s.xml")
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return cowork("bank", "import", str(file), *words)

    return run


def new(outcome: Outcome) -> int:
    assert outcome.code == 0, str(outcome)
    (done,) = outcome.data
    return int(done["new"])


@pytest.mark.parametrize(
    ("camt", "csv", "taken"),
    [
        # The reference is the same, whatever else is written.
        (entry("5.00", "Miete", name="Adler", reference="E-7"), f"{ROW};Zeisig;{OTHER};Strom;E-7", 0),
        # Another IBAN is another payer, whatever else is the same.
        (entry("5.00", "Miete", name="Adler"), f"{ROW};Adler;{OTHER};Miete November;", 1),
        (entry("5.00", "Miete", name="Adler"), f"{ROW};Adler;{samples.OTHER};Miete November;", 0),
        # Cut at other places: the letters are the same, and no word is.
        (entry("5.00", "Werk statt mie", name=""), f"{ROW};;;Werkstatt Miete;", 0),
        (entry("5.00", "Werk statt mie", name=""), f"{ROW};;;Garage Strom;", 1),
    ],
)  # fmt: skip
def test_known_from_another_format(import_: Import, camt: str, csv: str, taken: int) -> None:
    assert new(import_(samples.camt(camt), "--json")) == 1
    assert new(import_(f"{HEAD}\n{csv}\n", "--account", samples.IBAN, "--json")) == taken


def test_the_same_file_taken_by_somebody_else_meanwhile(
    import_: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = samples.camt(entry("5.00", "Miete"), entry("6.00", "Strom"))
    made, inner = bank.batch, []

    def batch(*given: Any) -> Any:
        if not inner:
            inner.append(None)
            inner[0] = new(import_(statement, "--json"))
        return made(*given)

    monkeypatch.setattr(bank, "batch", batch)
    assert new(import_(statement, "--json")) == 0
    assert inner == [2]


def refused(outcome: Outcome) -> str:
    assert outcome.code in (2, 6), str(outcome)
    return outcome.err.strip()


def _of(statement: bytes, number: str) -> bytes:
    """The same statement of another account."""
    return statement.replace(samples.IBAN.encode(), number.encode())


def test_a_name_for_a_file_of_two_accounts(import_: Import, tmp_path: Path) -> None:
    statement = samples.camt(entry("5.00", "Miete"))
    start, end = statement.index(b"<Stmt>"), statement.index(b"</Stmt>") + len(b"</Stmt>")
    two = statement[:end] + _of(statement[start:end], OTHER) + statement[end:]
    assert refused(import_(two, "--account", "giro")) == (
        f"error: {tmp_path / 's.xml'} holds 2 accounts, `--account` names one\n"
        "hint: leave out `--account`"
    )
    assert [row["account"] for row in import_(two, "--json").data] == [samples.IBAN, OTHER]


def test_a_name_that_is_of_another_account(import_: Import) -> None:
    own, other = samples.camt(entry("5.00")), _of(samples.camt(entry("5.00")), OTHER)
    assert new(import_(own, "--account", "giro", "--json")) == 1
    assert refused(import_(other, "--account", "giro")) == (
        f"error: the account giro is {samples.IBAN}, the statement is of {OTHER}\n"
        "hint: give the new account another name with `--account NAME`"
    )
    assert new(import_(other, "--account", "second", "--json")) == 1
    assert refused(import_(own, "--account", "second")) == (
        f"error: the statement is of {samples.IBAN}, which is the account giro, not second\n"
        "hint: leave out `--account`"
    )


def test_a_statement_between_two_is_missing(import_: Import) -> None:
    first = samples.camt(entry("5.00", day="2026-11-10"), balances=("100.00", "105.00"))
    last = samples.camt(entry("-1.00", day="2026-11-20"), balances=("205.00", "204.00"))
    start, end = last.index(b"<Stmt>"), last.index(b"</Stmt>") + len(b"</Stmt>")
    both = first.replace(b"</Stmt>", b"</Stmt>" + last[start:end])
    assert (
        f"Between 2026-11-10 and 2026-11-20 bookings of {samples.IBAN} are missing: "
        "105.00 EUR at the end, 205.00 EUR after it."
    ) in import_(both).err
    whole = both.replace(b">205.00<", b">105.00<").replace(b">204.00<", b">104.00<")
    assert "missing" not in import_(whole).err
