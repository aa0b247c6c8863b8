"""Hybrid invoices: the XML inside a PDF, and what the PDF says about it. The only user of pypdf."""

import io
import logging
from collections.abc import Iterator
from typing import Any

from cowork_cli.domain.einvoice import Container, Xmp
from cowork_cli.errors import BadInput
from cowork_cli.importers.einvoice_pdf_pages import Painted, painted
from cowork_cli.importers.einvoice_xml import LIMIT, Node, parse

NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
_AGAIN = "ask the sender for it again"
_MOST_FILES = 1000


def read(content: bytes, what: str) -> tuple[bytes, Container]:
    """The embedded XML and its container. Raises BadInput for a PDF that has or shows none."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)  # its warnings are about repairs that nobody asked for
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise BadInput(f"{what} is encrypted", "ask the sender for one without a password")
        return _read(reader, what)
    except BadInput:
        raise
    except (DependencyError, FileNotDecryptedError):
        raise BadInput(
            f"{what} is encrypted", "ask the sender for one without a password"
        ) from None
    except Exception:
        # A damaged PDF makes pypdf fail with nearly every kind of exception.
        raise BadInput(f"{what} is a damaged PDF", _AGAIN) from None
    finally:
        log.setLevel(level)


def _read(reader: Any, what: str) -> tuple[bytes, Container]:
    catalog = reader.trailer["/Root"].get_object()
    named = list(_embedded(catalog))
    associated = [row.get_object() for row in _list(catalog.get("/AF"))]
    known = [spec for spec in (*named, *associated) if _name(spec).lower() in NAMES]
    if not known:
        raise BadInput(
            f"{what} is a PDF without an embedded invoice",
            f"an e-invoice holds one called {', '.join(NAMES)}; this one is for reading only",
        )
    spec = known[0]
    stream = _stream(spec)
    xml = bytes(stream.get_data())
    if len(xml) > LIMIT:
        raise BadInput(f"the XML in {what} is larger than {LIMIT // 1024**2} MB", _AGAIN)
    relationship = spec.get("/AFRelationship")
    parameters = stream.get("/Params")
    subtype = stream.get("/Subtype")
    paint = _paint(reader)
    container = Container(
        xml_name=_name(spec),
        in_names=any(_same(spec, row) for row in named),
        in_af=any(_same(spec, row) for row in associated),
        relationship=None if relationship is None else str(relationship).lstrip("/"),
        f=_text(spec.get("/F")),
        uf=_text(spec.get("/UF")),
        subtype=None if subtype is None else str(subtype).lstrip("/").replace("#2F", "/"),
        mod_date=parameters is not None and "/ModDate" in parameters.get_object(),
        has_id=len(_list(reader.trailer.get("/ID"))) == 2,
        output_intents=tuple(
            _is_sound(row.get_object()) for row in _list(catalog.get("/OutputIntents"))
        ),
        fonts_missing=tuple(sorted(set(_fonts_missing(paint.fonts)))),
        xmp=_xmp(catalog),
        xml_count=len({_name(row).lower() for row in known}),
        device_colours=paint.device_colours,
        pages_read=paint.whole,
    )
    return xml, container


def _embedded(catalog: Any) -> Iterator[Any]:
    """The file specifications of the name tree; a tree that bites its tail ends."""
    names = catalog.get("/Names")
    root = names.get_object().get("/EmbeddedFiles") if names is not None else None
    waiting, seen = [root] if root is not None else [], 0
    while waiting and seen < _MOST_FILES:
        node = waiting.pop().get_object()
        seen += 1
        waiting.extend(_list(node.get("/Kids")))
        pairs = _list(node.get("/Names"))
        for spec in pairs[1::2]:
            yield spec.get_object()


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    found = value.get_object()
    return list(found) if isinstance(found, list) else [found]


def _text(value: Any) -> str | None:
    return None if value is None else str(value.get_object())


def _name(spec: Any) -> str:
    return _text(spec.get("/UF")) or _text(spec.get("/F")) or ""


def _stream(spec: Any) -> Any:
    files = spec["/EF"].get_object()
    return (files.get("/UF") or files["/F"]).get_object()


def _same(one: Any, other: Any) -> bool:
    return one is other or _stream(one) is _stream(other)


def _is_sound(intent: Any) -> bool:
    """Whether an output intent is one of PDF/A and brings its colour profile."""
    profile = intent.get("/DestOutputProfile")
    return (
        intent.get("/S") == "/GTS_PDFA1"
        and profile is not None
        and len(profile.get_object().get_data()) > 128
    )


def _paint(reader: Any) -> Painted:
    from pypdf.generic import ContentStream

    def operations(content: Any) -> list[tuple[Any, bytes]]:
        return list(ContentStream(content, reader).operations)

    return painted(reader.pages, operations)


def _fonts_missing(fonts: list[Any]) -> Iterator[str]:
    """Names of fonts that show something and are not embedded."""
    for font in fonts:
        if not _is_embedded(font):
            yield str(font.get("/BaseFont", "without a name")).lstrip("/")


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    inner = font
    if font.get("/Subtype") == "/Type0":
        inner = _list(font.get("/DescendantFonts"))[0].get_object()
    descriptor = inner.get("/FontDescriptor")
    if descriptor is None:
        return False
    found = descriptor.get_object()
    return any(key in found for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _xmp(catalog: Any) -> Xmp | None:
    metadata = catalog.get("/Metadata")
    if metadata is None:
        return None
    try:
        root = parse(bytes(metadata.get_object().get_data()).strip(b"\0 \t\r\n"), "the metadata")
    except BadInput:
        return None
    nodes = root.walk()
    facts: dict[str, str] = {}
    for node in nodes:
        if node.tag == "rdf:Description":
            for child in node.children:
                facts.setdefault(child.tag, child.text)
            for key, value in node.attributes.items():
                facts.setdefault(key, value)
    return Xmp(
        part=facts.get("pdfaid:part"),
        conformance=facts.get("pdfaid:conformance"),
        document_type=facts.get("fx:DocumentType"),
        file_name=facts.get("fx:DocumentFileName"),
        version=facts.get("fx:Version"),
        level=facts.get("fx:ConformanceLevel"),
        bags=sum(node.tag == "pdfaExtension:schemas" for node in nodes),
        declared=_declared(nodes),
    )


def _declared(nodes: list[Node]) -> frozenset[str]:
    """The properties that the extension schema of the invoice declares."""
    found: set[str] = set()
    for node in nodes:
        inner = node.children
        if node.attributes.get("rdf:parseType") != "Resource" and node.tag != "rdf:Description":
            continue
        uri = node.attributes.get("pdfaSchema:namespaceURI") or next(
            (child.text for child in inner if child.tag == "pdfaSchema:namespaceURI"), ""
        )
        if "CrossIndustryDocument:invoice" not in uri:
            continue
        for below in node.walk():
            name = below.attributes.get("pdfaProperty:name")
            found.update({name} if name else ())
            if below.tag == "pdfaProperty:name":
                found.add(below.text)
    return frozenset(found)
