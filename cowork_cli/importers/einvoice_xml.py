"""XML of strangers: read without entities, document types and surprises, into plain nodes.

A document type is refused as a whole, so that there are no entities to expand and nothing outside to
fetch. Names carry the usual prefix of their namespace (`ram:ID`, `cbc:ID`), whatever the file calls it.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from cowork_cli.domain.einvoice import Finding
from cowork_cli.errors import BadInput

LIMIT = 64 * 1024 * 1024
_DEEPEST = 64
_MOST = 250_000
_CII = "urn:un:unece:uncefact:data:standard:"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
# Digits of a number that are read: the sums and products of such numbers stay exact and quick.
DIGITS = 200
_ZONE = r"Z|[+-]\d\d:\d\d"
_PDFA = "http://www.aiim.org/pdfa/ns/"
PREFIXES = {
    f"{_CII}CrossIndustryInvoice:100": "rsm",
    f"{_CII}ReusableAggregateBusinessInformationEntity:100": "ram",
    f"{_CII}UnqualifiedDataType:100": "udt",
    f"{_CII}QualifiedDataType:100": "qdt",
    f"{_UBL}Invoice-2": "ubl",
    f"{_UBL}CreditNote-2": "cn",
    f"{_UBL}CommonAggregateComponents-2": "cac",
    f"{_UBL}CommonBasicComponents-2": "cbc",
    f"{_UBL}CommonExtensionComponents-2": "ext",
    "urn:ferd:CrossIndustryDocument:invoice:1p0": "ferd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    f"{_PDFA}id/": "pdfaid",
    f"{_PDFA}extension/": "pdfaExtension",
    f"{_PDFA}schema#": "pdfaSchema",
    f"{_PDFA}property#": "pdfaProperty",
    "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#": "fx",
    "urn:zugferd:pdfa:CrossIndustryDocument:invoice:2p0#": "fx",
}


@dataclass(slots=True)
class Node:
    """An element. `raw` is the text before its first child, `text` the same without blanks around."""

    tag: str
    attributes: dict[str, str]
    raw: str = ""
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, path: str) -> list["Node"]:
        """The elements at `path`: names of children, with slashes between them."""
        found = [self]
        for name in path.split("/"):
            found = [child for node in found for child in node.children if child.tag == name]
        return found

    def first(self, path: str) -> "Node | None":
        """The first element at `path`."""
        found = self.all(path)
        return found[0] if found else None

    def word(self, path: str) -> str | None:
        """The text of the first element at `path`, None if there is none or it is empty."""
        node = self.first(path)
        return node.text or None if node else None

    def lines(self, path: str) -> str | None:
        """All texts at `path` with their line ends, below each other; None for nothing."""
        return "\n".join(node.raw for node in self.all(path) if node.text) or None

    def words(self, path: str) -> tuple[str, ...]:
        """The texts at `path` that are not empty."""
        return tuple(node.text for node in self.all(path) if node.text)

    def walk(self) -> list["Node"]:
        """This element and all below it."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(node.children))
        return found


class _Builder:
    """Takes the events of the parser and hangs nodes onto each other."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.texts: list[list[str]] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.stack) >= _DEEPEST or self.count > _MOST:
            raise _Refused("is nested too deep or has too many elements")
        node = Node(_short_name(name), {_short_name(key): v for key, v in attributes.items()})
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node
        self.stack.append(node)
        self.texts.append([])

    def end(self, name: str) -> None:
        node = self.stack.pop()
        node.raw = "".join(self.texts.pop())
        node.text = node.raw.strip()

    def data(self, text: str) -> None:
        if not self.stack[-1].children:
            self.texts[-1].append(text)

    def doctype(self, *_: object) -> NoReturn:
        raise _Refused("holds a document type declaration (DTD), which an invoice never has")


class _Refused(Exception):
    """The parser was stopped; the text says why."""


def parse(content: bytes, what: str) -> Node:
    """The root of an XML document. Raises BadInput naming `what` for everything that is none."""
    if len(content) > LIMIT:
        raise BadInput(f"{what} is larger than {LIMIT // 1024**2} MB", "that is no invoice")
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.EntityDeclHandler = builder.doctype
    try:
        parser.Parse(content, True)
    except _Refused as error:
        raise BadInput(f"{what} {error}", "ask the sender for a clean file") from None
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise BadInput(
            f"{what} is broken XML: {reason}, line {error.lineno}", "ask the sender for it again"
        ) from None
    except (ValueError, LookupError, RecursionError) as error:
        raise BadInput(f"{what} is broken XML: {error}", "ask the sender for it again") from None
    assert builder.root is not None
    return builder.root


@lru_cache(maxsize=4096)
def _short_name(name: str) -> str:
    namespace, bracket, local = name.rpartition("}")
    if not bracket:
        return name
    prefix = PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else f"{{{namespace}}}{local}"


class Values:
    """Reads numbers and dates; what cannot be read becomes a finding and is None.

    Where one stands twice, the first is taken here; that it does is said by the check of structure.
    """

    def __init__(self, *, other_formats: bool = False) -> None:
        """`other_formats`: whether dates of CII may be in others than 102 (profile EXTENDED)."""
        self.other_formats = other_formats
        self.faults: list[Finding] = []
        self.currencies: set[str] = set()
        self.zoned: list[str] = []

    def number(self, node: Node | None, path: str, term: str) -> Decimal | None:
        """A decimal number."""
        found = self._only(node, path)
        if found is None:
            return None
        text = found.text
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text, re.ASCII):
            self.fault("FORMAT-NUMBER", f'{term} "{_clipped(text)}" is not a number')
            return None
        if len(text) > DIGITS:
            self.unread("FORMAT-NUMBER", f"{term} has {len(text)} digits; {DIGITS} are read here")
            return None
        return Decimal(text)

    def amount(self, node: Node | None, path: str, term: str) -> Decimal | None:
        """An amount of money in the currency of the invoice."""
        found = node.first(path) if node else None
        if found is not None and found.attributes.get("currencyID"):
            self.currencies.add(found.attributes["currencyID"])
        return self.number(node, path, term)

    def basic_date(self, node: Node | None, path: str, term: str) -> dt.date | None:
        """A date of CII: `20261125` with format 102; other formats are not read."""
        found = self._only(node, path)
        if found is None:
            return None
        form = found.attributes.get("format", "")
        whole = not term.startswith(("BT-2", "BT-73", "BT-134"))  # those are compared by rules
        if form != "102" and whole and self.other_formats:
            self.unread("FORMAT-DATE", f"{term} is in the format {_clipped(form)}, not in 102")
            return None
        if form != "102" or not re.fullmatch(r"\d{8}", found.text, re.ASCII):
            self.fault("FORMAT-DATE", f'{term} "{_clipped(found.text)}" is not a date YYYYMMDD')
            return None
        return self._date(f"{found.text[:4]}-{found.text[4:6]}-{found.text[6:]}", term)

    def iso_date(self, node: Node | None, path: str, term: str) -> dt.date | None:
        """A date of UBL: `2026-11-25`; it may carry a zone (`xs:date`), which changes no day."""
        found = self._only(node, path)
        if found is None:
            return None
        if not re.fullmatch(rf"\d{{4}}-\d\d-\d\d({_ZONE})?", found.text, re.ASCII):
            self.fault("FORMAT-DATE", f'{term} "{_clipped(found.text)}" is not a date YYYY-MM-DD')
            return None
        if len(found.text) > 10:
            self.zoned.append(term)
        return self._date(found.text[:10], term)

    def _only(self, node: Node | None, path: str) -> Node | None:
        """The first element at `path`."""
        return node.first(path) if node else None

    def _date(self, text: str, term: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self.fault("FORMAT-DATE", f"{term} {text} is a day that does not exist")
            return None

    def fault(self, rule: str, message: str) -> None:
        """Notes what is wrong in itself."""
        self._note(Finding(rule, "error", message))

    def unread(self, rule: str, message: str) -> None:
        """Notes what may be right and is not read here."""
        self._note(Finding(rule, "not-checked", message))

    def _note(self, finding: Finding) -> None:
        if len(self.faults) < 100:
            self.faults.append(finding)


# What the rule about empty elements (R008) leaves out since XRechnung 2.6.0: CII demands the first
# even when nothing is to be said, UBL the second.
_MAY_BE_EMPTY = ("ram:ApplicableHeaderTradeDelivery", "cac:OrderReference/cbc:ID")


def empty_elements(root: Node) -> tuple[str, ...]:
    """Names of elements with neither text nor children, each once."""
    found = []
    for node in root.walk():
        for child in node.children:
            bare = not child.children and not child.text
            if bare and not {child.tag, f"{node.tag}/{child.tag}"} & set(_MAY_BE_EMPTY):
                found.append(child.tag)
    return tuple(dict.fromkeys(found))


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
