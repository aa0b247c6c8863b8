"""The PDF around the XML: PDF/A-3 as far as it can be seen, and what it says about the invoice.

After ZUGFeRD 2.5 / Factur-X 1.09 and ISO 19005-3. This is no full check of PDF/A; veraPDF does that.
"""

from collections.abc import Iterator

from cowork_cli.domain.einvoice import Container, EInvoice, Finding, Xmp
from cowork_cli.services.invoices.rules._say import error, not_checked, warning
from cowork_cli.services.invoices.rules.terms import WITHOUT_LINES

_PROPERTIES = ("DocumentType", "DocumentFileName", "Version", "ConformanceLevel")


def check(found: Container, invoice: EInvoice) -> Iterator[Finding]:
    """What is wrong with the container."""
    yield from _file(found, invoice)
    yield from _body(found)
    if found.xmp is None:
        yield error("PDF-XMP", "the PDF has no readable metadata (XMP)")
        return
    yield from _pdfa(found.xmp)
    yield from _invoice_facts(found.xmp, found, invoice)


def _file(found: Container, invoice: EInvoice) -> Iterator[Finding]:
    if not found.in_af:
        yield error("PDF-AF", f"{found.xml_name} is not listed in /AF of the catalog")
    if not found.in_names:
        yield error("PDF-EMBEDDED", f"{found.xml_name} is not listed in /EmbeddedFiles")
    if found.xml_count > 1:
        yield error("PDF-EMBEDDED", "the PDF holds more than one invoice")
    if not found.f or not found.uf:
        yield error("PDF-FILESPEC", "the file specification lacks /F or /UF")
    yield from _relationship(found, invoice)
    if found.subtype not in ("text/xml", "application/xml"):
        yield error("PDF-SUBTYPE", f"the embedded file is of type {found.subtype or 'nothing'}")
    elif found.subtype != "text/xml":
        yield warning("PDF-SUBTYPE", f"the embedded file is of type {found.subtype}, not text/xml")
    if not found.mod_date:
        yield error("PDF-MODDATE", "the embedded file has no /ModDate")


def _relationship(found: Container, invoice: EInvoice) -> Iterator[Finding]:
    """Factur-X takes three; which one is a rule of Germany (ZUGFeRD 2.5, 7.1)."""
    here = invoice.seller.country in ("DE", None)
    wanted = "Data" if invoice.level in WITHOUT_LINES else "Alternative"
    told = found.relationship or "missing"
    if found.relationship not in ("Alternative", "Source", "Data"):
        say = error if here else warning
        yield say("PDF-RELATIONSHIP", f"/AFRelationship is {told}, and should be {wanted}")
    elif here and found.relationship != wanted and invoice.level != "XRECHNUNG":
        yield warning(
            "PDF-RELATIONSHIP", f"/AFRelationship is {told}, and should be {wanted} in Germany"
        )


def _body(found: Container) -> Iterator[Finding]:
    if not found.has_id:
        yield error("PDF-ID", "the trailer has no /ID")
    if not found.pages_read:
        yield not_checked("PDF-PAGES", "the pages paint more than is looked at here")
    if found.device_colours and not any(found.output_intents):
        yield error("PDF-OUTPUT-INTENT", "there is no output intent with a colour profile")
    for font in found.fonts_missing:
        yield error("PDF-FONT", f"the font {font} is not embedded")


def _pdfa(xmp: Xmp) -> Iterator[Finding]:
    if xmp.part != "3" or xmp.conformance not in ("A", "B", "U"):
        told = f"PDF/A-{xmp.part}{(xmp.conformance or '').lower()}" if xmp.part else "no PDF/A"
        yield error("PDF-A3", f"the metadata says {told}, not PDF/A-3")
    if xmp.bags > 1:
        yield error("PDF-EXTENSION", f"there are {xmp.bags} extension schema bags; one is allowed")
    missing = [name for name in _PROPERTIES if name not in xmp.declared]
    if missing:
        yield error("PDF-EXTENSION", f"the extension schema does not declare {', '.join(missing)}")


def _invoice_facts(xmp: Xmp, found: Container, invoice: EInvoice) -> Iterator[Finding]:
    if xmp.document_type != "INVOICE":
        yield error("PDF-XMP", f"DocumentType is {xmp.document_type or 'missing'}, not INVOICE")
    if xmp.file_name != found.xml_name:
        yield error(
            "PDF-XMP", f"DocumentFileName is {xmp.file_name or 'missing'}, not {found.xml_name}"
        )
    if not xmp.version:
        yield error("PDF-XMP", "Version is missing")
    level = (xmp.level or "").replace("EN16931", "EN 16931").replace("COMFORT", "EN 16931")
    if invoice.level is not None and level != invoice.level:
        yield error(
            "PDF-LEVEL",
            f"the metadata says {xmp.level or 'nothing'}, the XML says {invoice.level}",
        )
