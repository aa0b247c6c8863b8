"""What stands where, how often and in which order: the schema of a file, as a table.

Which schema: that of the profile for MINIMUM to EXTENDED and EN 16931, Cross Industry Invoice D22B
for everything else in CII (XRechnung is held against that by the official validator, too), UBL 2.1.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cowork_cli.data import einvoice as tables
from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.importers.einvoice_xml import Node
from cowork_cli.services.invoices.rules._say import error, warning

PROFILES = ("MINIMUM", "BASIC WL", "BASIC", "EN 16931", "EXTENDED")
_MOST = 50
_COUNTED = ("Amount", "Quantity", "Percent")
# Words that add to each other rather than say something else.
_PROSE = ("ram:Content", "ram:Description", "ram:Reason", "ram:Information", "ram:LineTwo",
          "ram:LineThree", "ram:CountrySubDivisionName", "ram:DepartmentName")  # fmt: skip
# Where the rules only warn of two (BR-TMP-4, BR-TMP-5).
_MANY = ("ram:AdditionalReferencedDocument",)
_VALUES = {
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    "integer": r"[+-]?\d+",
    "boolean": r"true|false|1|0",
    "date": r"-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?",
    "base64Binary": r"[A-Za-z0-9+/]*={0,2}",
}


@dataclass(slots=True)
class Found:
    """What the schema says: `plain` is always told, `named` only where no rule with a name tells it.

    A missing element or a value of the wrong kind mostly has a rule of its own (BR-01, FORMAT-DATE).
    """

    plain: list[Finding] = field(default_factory=list)
    named: list[Finding] = field(default_factory=list)


def schema_of(invoice: EInvoice) -> str:
    """The table that an invoice is held against."""
    if invoice.syntax != "cii":
        return "UBL"
    return invoice.level if invoice.level in PROFILES else "CII"


def check(root: Node, invoice: EInvoice) -> Found:
    """What does not fit the schema, and the counts that a profile demands beyond it."""
    name = schema_of(invoice)
    roots, types = tables.schema(name)
    found = Found()
    waiting = [(root, roots[root.tag])]
    while waiting and len(found.plain) + len(found.named) < _MOST:
        node, kind = waiting.pop()
        content = types[kind]
        if isinstance(content, str):
            _value(node, content, found)
        else:
            waiting.extend(reversed(list(_children(node, content, found))))
    for row in tables.counts(name):
        _count(root, row, found)
    if name == "CII":
        _said_once(root, found)
    return found


def _said_once(root: Node, found: Found) -> None:
    """CII lets a value stand many times where EN 16931 has one: then it says two things."""
    roots, types = tables.schema("EN 16931")
    waiting = [(root, roots[root.tag])]
    while waiting and len(found.plain) < _MOST:
        node, kind = waiting.pop()
        rows = (
            []
            if isinstance(types[kind], str)
            else [row.split() for row in types[kind] if row != "|"]
        )
        for name, below, _, most in rows:
            same = node.all(name)
            if most == "1" and len(same) > 1 and isinstance(types[below], str):
                counted = name.endswith(_COUNTED) or name == "ram:Name"
                differ = counted or len({row.text for row in same}) > 1
                if differ and node.tag not in _MANY and name not in _PROSE:
                    _often(len(same), "0", "1", name, node.tag, found)
                else:
                    said = f"{name} stands {len(same)} times in {node.tag}"
                    found.plain.append(warning("DOUBLE", said))
            waiting.extend((child, below) for child in same)


def _children(node: Node, content: list[Any], found: Found) -> Iterator[tuple[Node, str]]:
    """The children with their types; each in its place, as often as it may."""
    choice = content[:1] == ["|"]
    rows = [row.split() for row in content[1 if choice else 0 :]]
    places = {row[0]: number for number, row in enumerate(rows)}
    times = Counter(child.tag for child in node.children)
    last, before = -1, ""
    for child in node.children:
        place = places.get(child.tag)
        if len(found.plain) > _MOST:
            return
        if place is None:
            found.plain.append(error("XSD", f"{child.tag} may not stand in {node.tag}"))
            continue
        if place < last and not choice:
            found.plain.append(
                error("XSD", f"{child.tag} in {node.tag} must stand before {before}")
            )
        last, before = max(place, last), child.tag if place >= last else before
        yield child, rows[place][1]
    if choice and not node.children:
        found.named.append(error("XSD", f"{node.tag} is empty"))
    for name, _, least, most in rows:
        _often(times[name], "0" if choice else least, most, name, node.tag, found)
    if node.text.strip():
        found.plain.append(error("XSD", f"{node.tag} may hold no text"))
    if node.attributes and not all(key.startswith("{") for key in node.attributes):
        found.plain.append(error("XSD", f"{node.tag} may have no attribute"))


def _often(number: int, least: str, most: str, name: str, where: str, found: Found) -> None:
    if most != "*" and number > int(most):
        times = "once" if most == "1" else f"{most} times"
        row = error(
            "DOUBLE", f"{name} stands {number} times in {where}, and may stand there {times}"
        )
        found.plain.append(row)
    elif number < int(least):
        found.named.append(error("XSD", f"{name} is missing in {where}"))


def _value(node: Node, content: str, found: Found) -> None:
    kind, *attributes = content.removeprefix("=").split()
    if kind == "*":
        return
    for child in node.children:
        found.plain.append(error("XSD", f"{child.tag} may not stand in {node.tag}"))
    needed = {name.rstrip("!"): name.endswith("!") for name in attributes}
    for name in node.attributes:
        if name not in needed and not name.startswith("{"):
            found.plain.append(error("XSD", f"{node.tag} may have no attribute {name}"))
    for name in (name for name, must in needed.items() if must and name not in node.attributes):
        found.named.append(error("XSD", f"{node.tag} has no attribute {name}"))
    pattern, text = _VALUES.get(kind), node.text
    if kind == "base64Binary":
        text = "".join(text.split())
    whole = kind != "base64Binary" or len(text) % 4 == 0
    if pattern and not (whole and re.fullmatch(pattern, text, re.ASCII)):
        shown = node.text if len(node.text) < 40 else f"{node.text[:39]}…"
        found.named.append(error("XSD", f'{node.tag} "{shown}" is no {kind}'))


def _count(root: Node, row: str, found: Found) -> None:
    place, name, least, most = row.split("|")
    for node in at(root, place):
        _often(len(node.all(name)), least, most, name, node.tag, found)


def at(root: Node, place: str) -> list[Node]:
    """The elements at `place`; one step may ask for a child: `ram:A[ram:B="c"]`."""
    wanted = re.search(r'\[([\w:/]+?)(?:/@(\w+))?="(\w+)"\]', place)
    if wanted is None:
        return root.all(place) if place else [root]
    head, tail = place[: wanted.start()], place[wanted.end() :].removeprefix("/")
    path, attribute, value = wanted.groups()
    nodes = [
        node
        for node in root.all(head)
        if any(
            (inner.attributes.get(attribute) if attribute else inner.text) == value
            for inner in node.all(path)
        )
    ]
    return [below for node in nodes for below in node.all(tail)] if tail else nodes
