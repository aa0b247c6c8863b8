"""The container of a hybrid invoice: each part missing or wrong once."""

import io
import zlib
from datetime import date

import pytest
from pypdf import PdfWriter

from cowork_cli.errors import BadInput
from cowork_cli.services.invoices.verifying import verify
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_pdf import Box, pdf
from tests.services.invoices.verifying.samples import Sample

TODAY = date(2026, 11, 25)
XML = cii(Sample())
WRONG = {
    "PDF-AF": Box(af=False),
    "PDF-EMBEDDED": Box(names=False),
    "PDF-RELATIONSHIP": Box(relationship="Supplement"),
    "PDF-SUBTYPE": Box(subtype=None),
    "PDF-MODDATE": Box(mod_date=False),
    "PDF-ID": Box(trailer_id=False),
    "PDF-OUTPUT-INTENT": Box(intent=False),
    "PDF-FONT": Box(font="named only"),
    "PDF-XMP": Box(xmp_name="other.xml"),
    "PDF-A3": Box(part="1"),
    "PDF-LEVEL": Box(level="BASIC"),
    "PDF-EXTENSION": Box(bags=2),
}


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_with_the_container(rule: str) -> None:
    found = verify(pdf(XML, WRONG[rule]), "a.pdf", TODAY)
    assert [(row.rule, row.severity) for row in found.problems] == [(rule, "error")]
    assert found.kind == "hybrid-pdf"


@pytest.mark.parametrize(
    ("rule", "box"),
    [
        ("PDF-RELATIONSHIP", Box(relationship=None)),
        ("PDF-RELATIONSHIP", Box(relationship="Data")),
        ("PDF-XMP", Box(xmp=False)),
        ("PDF-EXTENSION", Box(declared=("DocumentType",))),
        ("PDF-A3", Box(conformance="X")),
    ],
)
def test_and_in_other_ways(rule: str, box: Box) -> None:
    [row] = verify(pdf(XML, box), "a.pdf", TODAY).problems
    assert row.rule == rule


def test_the_old_name_is_read() -> None:
    assert verify(pdf(XML, Box(xml_name="zugferd-invoice.xml")), "a.pdf", TODAY).problems == ()


def _plain(**protection: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if protection:
        writer.add_attachment("factur-x.xml", XML)
        writer.encrypt(**protection, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_without_an_invoice_is_none() -> None:
    with pytest.raises(BadInput, match="without an embedded invoice"):
        verify(_plain(), "a.pdf", TODAY)


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_pdf_is_refused(user: str) -> None:
    with pytest.raises(BadInput, match="encrypted"):
        verify(_plain(user_password=user, owner_password="o"), "a.pdf", TODAY)


def test_what_another_program_embedded_is_read() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("factur-x.xml", XML)
    out = io.BytesIO()
    writer.write(out)
    found = verify(out.getvalue(), "a.pdf", TODAY)
    assert not found.valid
    assert found.invoice.number == "2026-0042"


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_a_damaged_pdf_is_one_error_or_a_finding(cut: int) -> None:
    whole = pdf(XML)
    for content in (
        whole[: len(whole) * cut // 100],
        whole[: len(whole) * cut // 100] + b"\0" * 50 + whole[len(whole) * cut // 100 + 50 :],
    ):
        try:
            verify(b"%PDF-1.7\n" + content, "a.pdf", TODAY)
        except BadInput as error:
            assert "\n" not in error.message


def test_a_name_tree_that_bites_its_tail_ends() -> None:
    looped = pdf(XML).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    with pytest.raises(BadInput, match="damaged"):
        verify(looped, "a.pdf", TODAY)


def test_a_stream_that_unpacks_to_far_too_much_is_refused() -> None:
    packed = zlib.compress(b"<a>" + b" " * 200_000_000, 9)
    box = Box(subtype="text#2Fxml/Filter/FlateDecode")
    with pytest.raises(BadInput):
        verify(pdf(packed, box), "a.pdf", TODAY)


def test_a_packed_stream_is_read() -> None:
    box = Box(subtype="text#2Fxml/Filter/FlateDecode")
    assert verify(pdf(zlib.compress(XML), box), "a.pdf", TODAY).problems == ()
