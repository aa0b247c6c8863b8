"""MT940 as German banks write it; `mt-940` with all its options agrees on amounts and days."""

import pytest

from cowork_cli.domain.bank import Entry
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import mt940
from tests.importers.bank.samples import IBAN, MT940, OTHER


def line(text: str, note: str = "") -> str:
    return (
        f":20:A\n:25:12030000/0000202051\n:60F:C261123EUR100,00\n:61:{text}\n"
        + (f":86:{note}\n" if note else "")
        + ":62F:C261124EUR1,00\n-\n"
    )


def only(text: str, note: str = "") -> Entry:
    (statement,) = mt940.read(line(text, note), "s.sta")
    (found,) = statement.entries
    return found


def test_a_message() -> None:
    (statement,) = mt940.read(MT940, "s.sta")
    assert (statement.account, statement.opening, statement.closing) == (
        IBAN, Money(10000), Money(68500),
    )  # fmt: skip
    first, second = statement.entries
    assert (first.name, first.iban, first.reference) == ("ACME GmbH", OTHER, "ABC-1")
    assert first.text == "Rechnung 2026-0017 vielen Dank"
    assert (second.booked.isoformat(), second.valued and second.valued.isoformat()) == (
        "2025-12-31", "2026-01-02",
    )  # fmt: skip
    assert second.returned == "914"


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("2611241124CR595,00N060NONREF", 59500),
        ("2611241124C595,N060NONREF", 59500),
        ("2611241124D10,5NTRFNONREF", -1050),
        ("2611241124RC10,00N060X", -1000),
        ("2611241124RCR10,00N060X", -1000),
        ("2611241124RDR10,00N060X", 1000),
        ("261124D,50N060X", -50),
    ],
)
def test_marks_and_amounts(text: str, minor: int) -> None:
    assert only(text).amount == Money(minor)


@pytest.mark.parametrize(
    ("note", "text", "reference"),
    [
        ("166?20SVWZ+Rechnung 2025-17 ?2118", "Rechnung 2025-17 18", None),
        ("166?20Rechnung 2025-0?21017", "Rechnung 2025-0017", None),
        ("166?20EREF+A-1?21SVWZ+1+1 EREF+2?60 go on", "1+1 EREF+2 go on", "A-1"),
        ("166?20EREF+NOTPROVIDED?21KREF+K?22SVWZ+x", "x", "K"),
        ("166?20SVWZ+x EREF: E-9 MREF: ?60M IBAN: DE1", "x", "E-9"),
        ("166?20Rech\nnung ?21\n17", "Rechnung 17", None),
        ("just a text", "just a text", None),
    ],
)  # fmt: skip
def test_the_purpose(note: str, text: str, reference: str | None) -> None:
    found = only("2611241124C1,00N060NONREF", note)
    assert (found.text, found.reference) == (text, reference)


def test_several_accounts_and_a_text_that_goes_on() -> None:
    second = line("2611241124C1,00N060NONREF").replace("0000202051", "0000202052")
    more = line("2611241124C1,00N060NONREF", "166?20a").replace(
        ":62F:", ":61:2611241124C0,00N060NONREF\n:86:166?20b\n:62F:"
    )
    found = mt940.read(more + second, "s.sta")
    assert [len(one.entries) for one in found] == [1, 1]
    assert found[0].entries[0].text == "a b"
    assert len({one.account for one in found}) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2613241124C1,00N060X", 'line 4 (:61:): "261324" is not a day that exists'),
        ("2611241124X1,00N060X", "line 4 (:61:):"),
        ("2611241124C1,005N060X", "is no amount of that currency"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(BadInput) as raised:
        mt940.read(line(text), "s.sta")
    assert words in raised.value.message


def test_mt_940_agrees() -> None:
    import mt940 as library

    theirs = [
        transaction.data
        for statement in library.parse_statements(MT940, options=library.Options.all())
        for transaction in statement.transactions
    ]
    (ours,) = mt940.read(MT940, "s.sta")
    assert [row["amount"].amount for row in theirs] == [one.amount.amount for one in ours.entries]
    assert [row["date"] for row in theirs] == [one.valued for one in ours.entries]


@pytest.mark.parametrize(
    ("note", "name", "text"),
    [
        ("166~00GUT~20SVWZ+Re 1~32ACME", "ACME", "Re 1"),  # another sign between the subfields
        ("166 ?00GUT?20SVWZ+Re 1?32ACME", "ACME", "Re 1"),
        ("166?00GUT?20SVWZ+Re 1\n:86:?32ACME", "ACME", "Re 1"),  # a text in two fields
    ],
)
def test_texts_of_other_banks(note: str, name: str, text: str) -> None:
    found = only("2611241124C10,00NTRFNONREF", note)
    assert (found.name, found.text) == (name, text)


def test_a_line_below_the_booking_is_its_text_where_it_has_no_other() -> None:
    assert only("2611241124C10,00NTRFNONREF//X\nRe 2026-0001").text == "Re 2026-0001"


def test_a_reversed_credit_came_back() -> None:
    assert only("2611241124RC10,00NSTONONREF").returned == "reversal"
    assert only("2611241124RD10,00NSTONONREF").returned is None


@pytest.mark.parametrize(
    ("head", "account"),
    [
        (":28C:1\n:60F:C261123EUR100,00\n", None),  # neither reference nor account
        ("  :20:A\nB\n:25:DE02120300000000202051EUR\n:60F:C261123EUR100,00\n", IBAN),
        (f":20:A\n:25:BYLADEM1001/{IBAN}EUR\n:60F:C261123EUR100,00\n", IBAN),
    ],
)
def test_heads_of_other_banks(head: str, account: str | None) -> None:
    text = f"{head}:61:2611241124C10,00NTRFNONREF\n:62F:C261124EUR110,00\n"
    assert mt940.is_mt940(text)
    (statement,) = mt940.read(text, "s.sta")
    assert (statement.account, len(statement.entries)) == (account, 1)


def test_an_interim_report_is_no_statement() -> None:
    text = ":20:A\n:25:1/2\n:28C:1\n:34F:EUR0,\n:61:2611241124C10,00NTRFNONREF\n"
    assert mt940.is_mt940(text)
    with pytest.raises(BadInput, match="MT942"):
        mt940.read(text, "s.sta")
