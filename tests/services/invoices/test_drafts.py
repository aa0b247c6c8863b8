"""What is on a draft, and what is looked at before it takes a number."""

from contextlib import closing, nullcontext
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cowork_cli import locking
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Line
from cowork_cli.domain.party import PostalAddress
from cowork_cli.errors import Conflict
from cowork_cli.services.invoices import parties, plan_run, verifying
from cowork_cli.services.invoices.checks import refuse_incomplete
from cowork_cli.store import invoices
from tests import stores
from tests.conftest import Cowork
from tests.documents.invoice_builders import IBAN, SELLER, document, line, untaxed

pytestmark = pytest.mark.usefixtures("november")

ACME = Client(
    "acme", "ACME GmbH", "business", PostalAddress("Ring 5", "50667", "Köln", "DE"), None, None,
    None, None, None, None, "EUR", "standard", None, False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "client", "message"),
    [
        ((line(category="E"),), ACME,
         "line 1 of draft-1 has category E and a rate of 19 %, which do not go together"),
        ((line(), line(rate="0")), ACME,
         "line 2 of draft-1 has category S and a rate of 0 %, which do not go together"),
        ((line(text=" "),), ACME, "line 1 of draft-1 has no text"),
        ((line(quantity="-1", price="-95"),), ACME, "line 1 of draft-1 has a negative price (BR-27)"),
        ((untaxed("O", quantity="20"),), replace(ACME, address=PostalAddress("x", "1", "Bern", None)),
         "the invoice cannot be issued, missing: country of acme"),
    ],
)  # fmt: skip
def test_what_takes_no_number(lines: tuple[Line, ...], client: Client, message: str) -> None:
    """Whatever wrote the draft."""
    draft = document(*lines, number=None).invoice
    with pytest.raises(Conflict) as refused:
        refuse_incomplete(draft, client, SELLER, IBAN, small_business=False)
    assert refused.value.message == message


def do(cowork: Cowork, *words: str, **more: Any) -> list[str]:
    outcome = cowork(*words, **more)
    assert outcome.code == 0, str(outcome)
    return outcome.err.splitlines()


def test_the_notes_that_will_be_printed_are_shown_before(acme: Cowork) -> None:
    do(acme, "track", "add", "acme/site", "--from", "9:00", "--to", "11:00", "Secret plan")
    do(acme, "invoice", "draft", "acme")
    note = "the notes of the entries will be printed in the list of hours"
    for words, shown in (((), False), (("--timesheet",), True)):
        issued = acme("invoice", "issue", "draft-1", *words, stdin="n\n", terminal=True)
        assert issued.code == 1
        assert "these notes will be printed: Secret plan" in issued.err
        assert (note in issued.err) is shown


def test_notes_of_many_entries_end_at_a_whole_one(acme: Cowork) -> None:
    for hour in range(6, 10):
        note = str(hour) * 99
        do(acme, "track", "add", "acme/site", note, "--from", f"{hour}:00", "--to", f"{hour}:30")
    [row] = acme("invoice", "draft", "acme", "--json").data["lines"]
    assert row["text"] == f"acme/site: {'6' * 99}, {'7' * 99} …"


@pytest.mark.parametrize(
    ("reason", "printed"),
    [
        ("§ 4 Nr. 21 UStG", "Steuerfrei nach § 4 Nr. 21 UStG"),
        ("Unterricht, befreit nach § 4 Nr. 21 UStG", "Unterricht, befreit nach § 4 Nr. 21 UStG"),
    ],
)
def test_the_reason_of_an_exemption(acme: Cowork, reason: str, printed: str) -> None:
    do(acme, "client", "add", "school", "--name", "School", "--tax", "exempt",
       "--exempt-reason", reason, "--country", "DE")  # fmt: skip
    do(acme, "invoice", "draft", "school", "--empty")
    drafted = acme("invoice", "line", "draft-1", "--text", "Course", "--price", "50", "--json")
    assert [row["reason"] for row in drafted.data["vat"]] == [printed]


def test_a_cancellation_takes_the_rate_of_what_it_cancels(acme: Cowork, home: Path) -> None:
    do(acme, "client", "add", "us", "--name", "Us", "--tax", "standard", "--currency", "USD",
       "--country", "DE", "--street", "x", "--postcode", "89073", "--city", "Ulm")  # fmt: skip
    do(acme, "invoice", "draft", "us", "--empty")
    do(acme, "invoice", "line", "draft-1", "--text", "Work", "--price", "100")
    do(acme, "invoice", "rate", "draft-1", "--to", "EUR", "0.9231", "--on", "2026-11-20")
    do(acme, "invoice", "issue", "draft-1")
    do(acme, "invoice", "cancel", "2026-0001", "--reason", "wrong", "--yes")
    with closing(stores.opened(home, expected=True)) as store:
        row = invoices.find(store, "2026-0002")
        assert row is not None
        taken_back = invoices.invoice(store, row, "2026-11-25").exchange
    assert taken_back is not None
    assert (taken_back.rate, str(taken_back.vat)) == (Decimal("0.9231"), "-17.54 EUR")


# ---- the sides


def test_an_address_that_is_not_held_on_the_day(acme: Cowork, home: Path) -> None:
    for words in (
        ("Ring", "--starts", "2026-12-01"), ("c/o Loft", "--starts", "2026-01-01"), ("Old", ),
    ):  # fmt: skip
        do(acme, "address", "add", *words, "--street", "Ring 1", "--postcode", "10115",
           "--city", "Berlin", "--country", "DE")  # fmt: skip
    do(acme, "address", "end", "a-3", "--on", "2026-11-01")
    see = "`cowork config unset seller.address`"
    with closing(stores.opened(home, expected=True)) as store:

        def printed(held: str) -> str:
            day = verifying.date(2026, 11, 25)
            try:
                return str(parties.at_address(store, SELLER, held, day).address.street)
            except Conflict as refused:
                assert see in (refused.hint or "")
                return refused.message

        assert {held: printed(held) for held in ("a-1", "a-2", "a-3", "a-9", "home")} == {
            "a-1": "the address a-1 (Ring) is not held on 2026-11-25",
            "a-2": "c/o Loft, Ring 1",
            "a-3": "the address a-3 (Old) is not held on 2026-11-25",
            "a-9": 'seller.address is "a-9", which is no address you hold',
            "home": 'seller.address is "home", which is no address you hold',
        }


def test_a_logo_that_is_named_is_taken_along(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert parties.logo(lambda name: str(file)) == "data:image/png;base64,iVBORw0KGgo="
    assert parties.logo(lambda name: None) is None


# ---- documents that are kept


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        ([], "2026-0001 has no document that can be checked"),
        ([("2026-0001.pdf", b"%PDF-1.7 cut off", "")], "2026-0001.pdf is a damaged PDF"),
    ],
)
def test_an_invoice_without_an_e_invoice(
    acme: Cowork, monkeypatch: pytest.MonkeyPatch, kept: list[Any], message: str
) -> None:
    do(acme, "invoice", "draft", "acme", "--empty")
    do(acme, "invoice", "line", "draft-1", "--text", "Work", "--price", "5")
    do(acme, "invoice", "issue", "draft-1")
    monkeypatch.setattr(invoices, "files", lambda store, invoice_id: kept)
    refused = acme("invoice", "verify", "2026-0001")
    assert refused.code == 2
    assert message in refused.err


# ---- plans


PLAN = ("invoice", "plan", "add", "acme", "--every", "month", "--from", "2026-10-01")


def test_a_plan_is_changed_part_by_part(acme: Cowork) -> None:
    do(acme, *PLAN, "--line", "Care", "--price", "100", "--discount", "5%")
    do(acme, "invoice", "plan", "edit", "r-1", "--order-ref", "B7", "--note", "hello")
    do(acme, "invoice", "plan", "edit", "r-1", "--line", "1", "--discount", "0 %")
    do(acme, "invoice", "plan", "run")
    drafted = acme("invoice", "list", "--json").data
    assert [row["net"]["amount"] for row in drafted] == ["100.00", "100.00"]
    do(acme, "invoice", "plan", "edit", "r-1", "--order-ref", "", "--note", "")


def test_of_two_runs_at_once_each_period_is_written_once(
    acme: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On two machines with one store, each of which has its own lock."""
    do(acme, *PLAN, "--line", "Care", "--price", "100", "--until", "2026-11-30")
    monkeypatch.setattr(locking, "tried", lambda file: nullcontext(True))
    alone, others = plan_run._draft, []

    def draft(*words: Any) -> Any:
        if not others:
            others.append(None)
            others[0] = do(acme, "invoice", "plan", "run")
        return alone(*words)

    monkeypatch.setattr(plan_run, "_draft", draft)
    said = do(acme, "invoice", "plan", "run")
    assert len(acme("invoice", "list", "--json").data) == 2
    assert not any(row.startswith("Drafted") for row in said)
    assert sum(row.startswith("Drafted") for row in others[0]) == 2
