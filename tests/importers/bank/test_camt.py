"""CAMT in both versions, 052 too, batches, returns; what is refused; `pycamt` sees the same."""

import io
import zipfile
from pathlib import Path

import pytest

from cowork_cli.domain.bank import Entry, Statement
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import Reading, camt, read
from tests.importers.bank import samples
from tests.importers.bank.samples import IBAN, OTHER, entry, part


def of(content: bytes) -> Statement:
    (statement,) = camt.read(content, "s.xml")
    return statement


def only(content: bytes) -> Entry:
    (found,) = of(content).entries
    return found


@pytest.mark.parametrize(
    ("version", "v08"),
    [("053.001.02", False), ("053.001.08", True), ("052.001.02", False), ("052.001.08", True)],
)
def test_both_versions_and_both_messages(version: str, v08: bool) -> None:
    content = samples.camt(
        entry("226.10", "Rechnung 2026-00|01", v08=v08, reference="E-1"),
        entry("-7.10", "Entgelt", name="Bank", v08=v08),
        entry("5", "later", v08=v08, state="PDNG"),
        version=version,
    )
    statement = of(content)
    assert (statement.form, statement.account) == (f"camt.{version[:3]}.{version[-2:]}", IBAN)
    first, second = statement.entries
    assert (first.amount, first.name, first.iban) == (Money(22610), "ACME GmbH", OTHER)
    assert (first.text, first.glued, first.reference) == (
        "Rechnung 2026-00 01", "Rechnung 2026-0001", "E-1",
    )  # fmt: skip
    assert (second.amount, second.name, second.reference) == (Money(-710), "Bank", None)
    assert [(row.place, row.reason) for row in statement.skipped] == [("entry 3", "pending")]


@pytest.mark.parametrize("v08", [True, False])
def test_each_part_of_a_batch_keeps_its_amount_and_payer(v08: bool) -> None:
    parts = part("100.00", "Re 1", "A", v08=v08) + part("19.00", "Re 2", "B", v08=v08)
    version = "053.001.08" if v08 else "053.001.02"
    found = only(samples.camt(entry("119.00", v08=v08, details=parts), version=version))
    assert found.amount == Money(11900)
    assert [(one.amount.minor, one.name, one.text) for one in found.parts] == [
        (10000, "A", "Re 1"), (1900, "B", "Re 2"),
    ]  # fmt: skip


def test_a_batch_without_amounts_is_one_booking_with_all_texts() -> None:
    bare = "".join(f"<TxDtls><RmtInf><Ustrd>Re {n}</Ustrd></RmtInf></TxDtls>" for n in (1, 2))
    found = only(samples.camt(entry("119.00", details=bare)))
    assert (found.parts, found.text) == ((), "Re 1 / Re 2")


def test_a_return_is_one_and_a_reversal_keeps_the_sign_of_its_own_entry() -> None:
    more = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    assert only(samples.camt(entry("-119.00", "Re 1", more=more))).returned == "AC04"
    reversal = entry("-10.00").replace("<Sts>", "<RvslInd>true</RvslInd><Sts>")
    assert only(samples.camt(reversal)).amount == Money(-1000)


def test_a_structured_reference_is_the_text_and_the_reference() -> None:
    strd = "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>"
    found = only(
        samples.camt(entry("1.00").replace("<RmtInf></RmtInf>", f"<RmtInf>{strd}</RmtInf>"))
    )
    assert (found.text, found.reference) == ("RF18539007547034", "RF18539007547034")


def test_a_moment_is_the_day_as_written() -> None:
    late = entry("1.00").replace(
        "<BookgDt><Dt>2026-11-24</Dt>", "<BookgDt><DtTm>2026-11-24T23:30:00-05:00</DtTm>"
    )
    assert only(samples.camt(late)).booked.isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.camt(entry("1.00").replace("CRDT", "")), "entry 1: whether it is a credit"),
        (samples.camt(entry("1.00").replace(">1.00<", ">1,00<")), "entry 1: \"1,00\" is not an amount"),
        (samples.camt(entry("1.00").replace(">1.00<", ">NaN<")), "is not an amount"),
        (samples.camt(entry("1.00").replace('"EUR"', '"XXQ"')), '"XXQ" is not a currency'),
        (samples.camt(entry("1.00", day="2026-02-30")), '"2026-02-30" is not a day'),
        (samples.camt(entry("1.00"))[:-20], "broken XML"),
        (b"<a/>", "no camt.053"),
        (samples.camt().replace(b"BkToCstmrStmt", b"BkToCstmrDbtCdtNtfctn"), "camt.054"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=r"s\.xml") as raised:
        camt.read(content, "s.xml")
    assert words in raised.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    document = '<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "b">]><Document>&a;</Document>'
    with pytest.raises(BadInput, match="document type declaration"):
        camt.read(document.encode(encoding), "s.xml")


def zipped(*documents: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, document in enumerate(documents):
            archive.writestr(f"{n}.xml", document)
    return stream.getvalue()


def taken(path: Path, content: bytes) -> Reading:
    path.write_bytes(content)
    return read(path, None, {}, {})


def test_a_zip_of_documents(tmp_path: Path) -> None:
    pages = [samples.camt(entry("1.00", "a")), samples.camt(entry("2.00", "b"))]
    reading = taken(tmp_path / "s.zip", zipped(*pages))
    assert [one.entries[0].amount.minor for one in reading.statements] == [100, 200]
    with pytest.raises(BadInput, match=r"s\.zip, 1\.xml"):
        taken(tmp_path / "s.zip", zipped(pages[0], b"<a/>"))
    with pytest.raises(BadInput, match="cannot be unpacked"):
        taken(tmp_path / "s.zip", zipped(*pages)[:-30])


@pytest.mark.parametrize("v08", [True, False])
def test_pycamt_sees_the_same_names_and_amounts(v08: bool) -> None:
    from pycamt.parser import Camt053Parser

    version = "053.001.08" if v08 else "053.001.02"
    content = samples.camt(
        entry("226.10", "Rechnung 1", v08=v08), entry("-7.10", "Entgelt", name="Bank", v08=v08),
        version=version,
    )  # fmt: skip
    theirs = Camt053Parser(content).get_transactions()
    ours = of(content).entries
    assert [abs(float(row["Amount"])) for row in theirs] == [
        abs(float(one.amount.amount)) for one in ours
    ]
    assert [row.get("DebtorName") or row.get("CreditorName") for row in theirs] == [
        one.name for one in ours
    ]


@pytest.mark.parametrize(
    ("remittance", "reference", "text"),
    [
        ("<Strd><RfrdDocInf><Nb>2026-0017</Nb></RfrdDocInf></Strd>", "E2E", "2026-0017"),
        ("<Strd><AddtlRmtInf>Re 2026-0017</AddtlRmtInf></Strd>", "E2E", "Re 2026-0017"),
        ("<Ustrd>Danke</Ustrd><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd>", "E2E", "Danke RF18"),
        ("<Ustrd>RF18</Ustrd><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd>", "E2E", "RF18"),
    ],
)  # fmt: skip
def test_a_number_beside_the_reference_of_the_payer_is_kept(
    remittance: str, reference: str, text: str
) -> None:
    details = f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs><RmtInf>{remittance}</RmtInf></TxDtls>"
    (statement,) = camt.read(samples.camt(samples.entry("10.00", details=details)), "s.xml")
    assert (statement.entries[0].text, statement.entries[0].reference) == (text, reference)


def test_what_the_bank_adds_is_the_text_where_the_payer_wrote_none() -> None:
    details = "<TxDtls><AddtlTxInf>Re 2026-0017</AddtlTxInf></TxDtls>"
    (statement,) = camt.read(samples.camt(samples.entry("10.00", details=details)), "s.xml")
    assert statement.entries[0].text == "Re 2026-0017"


def test_a_reversed_entry_came_back_and_one_of_nothing_is_no_booking() -> None:
    taken_back = samples.entry("-10.00", "Re 1").replace(
        "</CdtDbtInd>", "</CdtDbtInd><RvslInd>true</RvslInd>", 1
    )
    (statement,) = camt.read(samples.camt(taken_back, samples.entry("0.00", "x")), "s.xml")
    assert [(entry.amount.minor, entry.returned) for entry in statement.entries] == [
        (-1000, "reversal")
    ]
    assert [row.reason for row in statement.skipped] == ["a notice without an amount"]
