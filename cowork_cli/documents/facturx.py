"""The hybrid invoice: what a Typst PDF/A-3 lacks to be a Factur-X, added at its end.

Typst embeds the XML and writes AF and AFRelationship; the XMP that says so is merged here into its
one extension schema bag (a second bag makes all XMP invalid) as an incremental update. Nothing of
the page is touched. If Typst ever writes another layout, this refuses instead of guessing.
"""

import re

FILE_NAME = "factur-x.xml"
LEVEL = "EN 16931"
NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = (
    ("DocumentFileName", FILE_NAME, "Name of the embedded XML invoice file"),
    ("DocumentType", "INVOICE", "Type of the hybrid document"),
    ("Version", "1.0", "Version of the XML schema of the embedded XML"),
    ("ConformanceLevel", LEVEL, "Conformance level of the embedded XML"),
)
_BAG_END = b"</rdf:Bag></pdfaExtension:schemas>"
_RDF_END = b"</rdf:RDF>"
_METADATA = re.compile(
    rb"(\d+) 0 obj\n<</Length (\d+)/Type/Metadata/Subtype/XML>>\nstream\n", re.DOTALL
)
_TRAILER = re.compile(
    rb"trailer\n<</Size (\d+)/Root (\d+ 0 R)/Info (\d+ 0 R)/ID(\[.*?\])>>\n"
    rb"startxref\n(\d+)\n%%EOF\s*\Z",
    re.DOTALL,
)


class UnknownLayout(Exception):
    """The PDF is not laid out as the Typst this was written for does it: a bug, never a person's."""


def as_facturx(pdf: bytes) -> bytes:
    """`pdf`, a page with the XML attached, with the XMP of Factur-X. Raises UnknownLayout."""
    trailer = _TRAILER.search(pdf)
    found = list(_METADATA.finditer(pdf))
    if trailer is None or len(found) != 1:
        raise UnknownLayout("no classic trailer, or not one plain metadata stream")
    if f"({FILE_NAME})".encode() not in pdf or b"/AFRelationship/Alternative" not in pdf:
        raise UnknownLayout(f"{FILE_NAME} is not attached as an alternative")
    start = found[0].end()
    xmp = _with_level(pdf[start : start + int(found[0][2])])
    update = (
        b"\n%b 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%b\nendstream\nendobj\n"
    )
    number = found[0][1]
    body = update % (number, len(xmp), xmp)
    # The free head of the list too: some readers take the first section for one that starts at 0.
    table = b"xref\n0 1\n0000000000 65535 f\r\n%b 1\n%010d 00000 n\r\n" % (number, len(pdf) + 1)
    size, root, info, file_id = (trailer[group] for group in (1, 2, 3, 4))
    start_of_table = len(pdf) + len(body)
    end = (
        b"trailer\n<</Size "
        + size
        + b"/Root "
        + root
        + b"/Info "
        + info
        + b"/ID"
        + file_id
        + b"/Prev "
        + trailer[5]
        + b">>\nstartxref\n%d\n%%%%EOF\n" % start_of_table
    )
    return pdf + body + table + end


def _with_level(xmp: bytes) -> bytes:
    if xmp.count(_BAG_END) != 1 or xmp.count(_RDF_END) != 1:
        raise UnknownLayout("the XMP has not one bag of extension schemas")
    return xmp.replace(_BAG_END, _schema() + _BAG_END).replace(_RDF_END, _facts() + _RDF_END)


def _schema() -> bytes:
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description>"
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, _, meaning in _PROPERTIES
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    ).encode()


def _facts() -> bytes:
    facts = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value, _ in _PROPERTIES)
    return (
        f'<rdf:Description rdf:about="" xmlns:fx="{NAMESPACE}">{facts}</rdf:Description>'.encode()
    )
