"""XML in the smallest PDF that is a hybrid invoice, with a knob for each part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """The container of a hybrid invoice; each knob takes something away or says it wrong."""

    xml_name: str = "factur-x.xml"
    af: bool = True
    names: bool = True
    relationship: str | None = "Alternative"
    subtype: str | None = "text#2Fxml"
    mod_date: bool = True
    trailer_id: bool = True
    intent: bool = True
    font: str = "embedded"
    xmp: bool = True
    part: str = "3"
    conformance: str = "B"
    level: str = "EN 16931"
    xmp_name: str | None = None
    bags: int = 1
    content: bytes = b"BT /F1 12 Tf 72 720 Td (Invoice) Tj ET"
    declared: tuple[str, ...] = ("DocumentType", "DocumentFileName", "Version", "ConformanceLevel")


def pdf(xml: bytes, box: Box | None = None) -> bytes:
    """A hybrid invoice around `xml`, as small as its parts allow."""
    b = box or Box()
    parameters = "/Params<</ModDate(D:20261125180000Z)>>" if b.mod_date else ""
    subtype = f"/Subtype/{b.subtype}" if b.subtype else ""
    relationship = f"/AFRelationship/{b.relationship}" if b.relationship else ""
    embedded = "/FontFile2 9 0 R" if b.font == "embedded" else ""
    catalog = "/Type/Catalog/Pages 2 0 R"
    catalog += "/AF[5 0 R]" if b.af else ""
    catalog += f"/Names<</EmbeddedFiles<</Names[({b.xml_name})5 0 R]>>>>" if b.names else ""
    catalog += "/Metadata 7 0 R" if b.xmp else ""
    if b.intent:
        catalog += (
            "/OutputIntents[<</S/GTS_PDFA1/OutputConditionIdentifier(x)/DestOutputProfile 10 0 R>>]"
        )
    objects: list[tuple[str, bytes | None]] = [
        (catalog, None),
        ("/Type/Pages/Kids[3 0 R]/Count 1", None),
        (
            "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            "/Resources<</Font<</F1 8 0 R>>/ColorSpace<</Own[/ICCBased 10 0 R]>>>>",
            None,
        ),
        ("", b.content),
        (f"/Type/Filespec/F({b.xml_name})/UF({b.xml_name}){relationship}/EF<</F 6 0 R/UF 6 0 R>>",
         None),
        (f"/Type/EmbeddedFile{subtype}{parameters}", xml),
        ("/Type/Metadata/Subtype/XML", _packet(b)),
        ("/Type/Font/Subtype/TrueType/BaseFont/Plain/FontDescriptor 11 0 R", None),
        ("", b"not really a font"),
        ("/N 3", b"profile " * 20),
        (f"/Type/FontDescriptor/FontName/Plain/Flags 32{embedded}", None),
    ]  # fmt: skip
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, (entries, stream) in enumerate(objects, 1):
        offsets.append(len(out))
        body = f"<<{entries}>>".encode()
        if stream is not None:
            body = f"<<{entries}/Length {len(stream)}>>\nstream\n".encode() + stream
            body += b"\nendstream"
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    ids = "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    extra = ids if b.trailer_id else ""
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{extra}>>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _packet(b: Box) -> bytes:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    fx = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
    properties = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name></rdf:li>'
        for name in b.declared
    )
    bag = (
        '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:namespaceURI>{fx}</pdfaSchema:namespaceURI><pdfaSchema:property><rdf:Seq>"
        f"{properties}</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    )
    pdfa = "http://www.aiim.org/pdfa/ns/"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">'
        f'<rdf:Description rdf:about="" xmlns:pdfaid="{pdfa}id/" pdfaid:part="{b.part}" '
        f'pdfaid:conformance="{b.conformance}"/>'
        f'<rdf:Description rdf:about="" xmlns:fx="{fx}"><fx:DocumentType>INVOICE</fx:DocumentType>'
        f"<fx:DocumentFileName>{b.xmp_name or b.xml_name}</fx:DocumentFileName>"
        f"<fx:Version>1.0</fx:Version><fx:ConformanceLevel>{b.level}</fx:ConformanceLevel>"
        f'</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="{pdfa}extension/" '
        f'xmlns:pdfaSchema="{pdfa}schema#" xmlns:pdfaProperty="{pdfa}property#">{bag * b.bags}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()
