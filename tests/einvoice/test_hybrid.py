"""The hybrid PDF: the container after PDF/A-3 and Factur-X. Fails loudly if Typst's layout changes."""

import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from cowork_cli.documents.cii import EN16931, GUIDELINES, XRECHNUNG
from cowork_cli.documents.facturx import FILE_NAME, NAMESPACE, UnknownLayout, as_facturx
from cowork_cli.documents.invoice_pdf import render_invoice
from cowork_cli.documents.issued import issued_files
from tests.documents.invoice_builders import CREATED, document
from tests.einvoice import rules
from tests.einvoice.cases import CASES_BY_NAME, public

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
FX = f"{{{NAMESPACE}}}"


@pytest.fixture(scope="module")
def made() -> tuple[bytes, bytes]:
    pdf, xml = issued_files(CASES_BY_NAME["timesheet"], CREATED)
    assert xml is not None
    return pdf, xml


@pytest.fixture(scope="module")
def catalog(made: tuple[bytes, bytes]) -> Any:
    return PdfReader(io.BytesIO(made[0]), strict=True).root_object


@pytest.fixture(scope="module")
def xmp(catalog: Any) -> ET.Element:
    return ET.fromstring(catalog["/Metadata"].get_data())


def test_the_very_bytes_are_embedded(made: tuple[bytes, bytes]) -> None:
    reader = PdfReader(io.BytesIO(made[0]), strict=True)
    assert dict(reader.attachments) == {FILE_NAME: [made[1]]}


def test_the_file_is_an_alternative_of_the_document(catalog: Any) -> None:
    (spec,) = catalog["/AF"]
    spec = spec.get_object()
    assert (spec["/F"], spec["/UF"], spec["/AFRelationship"]) == (
        FILE_NAME, FILE_NAME, "/Alternative",
    )  # fmt: skip
    stream = spec["/EF"]["/F"].get_object()
    assert stream["/Subtype"] == "/text/xml"
    assert stream["/Params"]["/ModDate"] == "D:20261125180000Z"
    names = catalog["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[0] == FILE_NAME and names[1].get_object() == spec


def test_pdf_a_3(catalog: Any, xmp: ET.Element, made: tuple[bytes, bytes]) -> None:
    (intent,) = catalog["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert intent.get_object()["/DestOutputProfile"].get_object().get_data()
    assert [node.text for node in xmp.iter(f"{PDFAID}part")] == ["3"]
    trailer = PdfReader(io.BytesIO(made[0]), strict=True).trailer
    assert len(trailer["/ID"]) == 2 and "/Encrypt" not in trailer


def test_all_fonts_are_embedded(made: tuple[bytes, bytes]) -> None:
    fonts = 0
    for page in PdfReader(io.BytesIO(made[0]), strict=True).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            fonts += 1
    assert fonts


def test_one_bag_of_extension_schemas_declares_the_four(xmp: ET.Element) -> None:
    (bag,) = list(xmp.iter(f"{EXTENSION}schemas"))
    schemas = {
        item.findtext(f"{SCHEMA}namespaceURI"): {name.text for name in item.iter(f"{PROPERTY}name")}
        for item in bag.find(f"{RDF}Bag") or ()
    }
    assert schemas[NAMESPACE] == {
        "DocumentFileName", "DocumentType", "Version", "ConformanceLevel",
    }  # fmt: skip
    assert len(schemas) == 3, "what Typst declared is still there"


def test_the_level_is_that_of_the_xml(xmp: ET.Element, made: tuple[bytes, bytes]) -> None:
    facts = {
        name: [node.text for node in xmp.iter(f"{FX}{name}")]
        for name in ("DocumentFileName", "DocumentType", "Version", "ConformanceLevel")
    }
    assert facts == {
        "DocumentFileName": [FILE_NAME],
        "DocumentType": ["INVOICE"],
        "Version": ["1.0"],
        "ConformanceLevel": ["EN 16931"],
    }
    path = ".//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
    assert rules.text(made[1], path) == GUIDELINES[EN16931]


def test_another_implementation_finds_the_xml(made: tuple[bytes, bytes]) -> None:
    import facturx

    assert facturx.get_xml_from_pdf(made[0], check_xsd=True) == (FILE_NAME, made[1])


def test_equal_input_gives_equal_bytes(made: tuple[bytes, bytes]) -> None:
    assert issued_files(CASES_BY_NAME["timesheet"], CREATED) == made


def test_a_public_buyer_gets_an_xrechnung_beside_the_page() -> None:
    pdf, xml = issued_files(public(document()), CREATED)
    assert xml is not None
    path = ".//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
    assert rules.text(xml, path) == GUIDELINES[XRECHNUNG]
    inside = PdfReader(io.BytesIO(pdf)).attachments[FILE_NAME][0]
    assert isinstance(inside, bytes)
    assert rules.text(inside, path) == GUIDELINES[EN16931]


def test_a_draft_holds_no_xml() -> None:
    pdf, xml = issued_files(document(number=None), CREATED)
    assert xml is None
    assert not PdfReader(io.BytesIO(pdf)).attachments


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (rb"/Type/Metadata/Subtype/XML>>", b"/Type/Metadata/Subtype/XML >>"),
        (rb"</rdf:Bag></pdfaExtension:schemas>", b"</rdf:Bag> </pdfaExtension:schemas>"),
        (rb"trailer\n", b"trailer "),
        (rb"/AFRelationship/Alternative", b"/AFRelationship/Data"),
        (rb"\(factur-x\.xml\)", b"(faktur-x.xml)"),
    ],
)
def test_another_layout_is_refused_and_not_guessed_at(pattern: bytes, replacement: bytes) -> None:
    page = render_invoice(document(), created=CREATED, xml=b"<a/>")
    end = page.index(b"%%EOF") + len(b"%%EOF")
    plain = page[:end]
    assert as_facturx(plain) == page, "what Typst wrote is as this module knows it"
    with pytest.raises(UnknownLayout):
        as_facturx(re.sub(pattern, replacement, plain))
