"""CAMT.053 and CAMT.052 (ISO 20022), versions 02 and 08 and those between: read by local name.

A document type is refused, so that there is nothing to expand and nothing outside to fetch. Only booked
entries count. What an entry says is read by `camt_said`, in a long statement by `camt_shapes`; the booking
that it is, is made by `camt_entries`.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from xml.etree import ElementTree
from xml.parsers import expat

from cowork_cli.domain.bank import Entry, Skipped, Statement
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import camt_entries, camt_said, camt_shapes
from cowork_cli.importers.bank.camt_said import Detail, Said
from cowork_cli.importers.bank.cells import account_number

MOST_ELEMENTS = 8_000_000
HINT = "download the statement again, or take another format with `--format`"
_KINDS = {"BkToCstmrStmt": "Stmt", "BkToCstmrAcctRpt": "Rpt"}
_Node = ElementTree.Element
_Entry = tuple[Said, list[Detail]]
_DEFAULT_NAMESPACE = re.compile(rb' xmlns="[^"]*"')


def read(content: bytes, what: str) -> list[Statement]:
    """The statements of one document. Raises BadInput naming the entry that cannot be read."""
    if content.count(b"<") > MOST_ELEMENTS:
        raise BadInput(f"{what} has too many elements for a statement", HINT)
    version = re.search(rb"camt\.(\d{3})\.\d{3}\.(\d{2})", content[:4000].replace(b"\0", b""))
    form = f"camt.{version[1].decode()}.{version[2].decode()}" if version else "camt"
    taken = camt_shapes.take(content)
    if taken is not None:
        with suppress(BadInput):  # read as a whole it is refused too, and by its own lines
            return _statements(_root(taken.rest, what), form, what, taken.entries)
    return _statements(_root(content, what), form, what, ())


def _statements(root: _Node, form: str, what: str, taken: Sequence[_Entry]) -> list[Statement]:
    if root.find("BkToCstmrDbtCdtNtfctn") is not None:
        raise BadInput(
            f"{what} is a notification of single bookings (camt.054), no statement",
            "download the statement (camt.053) or the turnover view (camt.052)",
        )
    for outer, inner in _KINDS.items():
        found = root.findall(f"{outer}/{inner}")
        if found:
            return [_statement(node, form, what, taken) for node in found]
    raise BadInput(f"{what} is XML, but no camt.053 or camt.052", HINT)


def _root(content: bytes, what: str) -> _Node:
    """The tree of a document that declares no type and no entity."""
    try:
        _refuse_doctype(content, what)
        # Without its namespace a document is read in half the time; a prefix goes afterwards.
        head, rest = content[:4000], content[4000:]
        return _bare(ElementTree.fromstring(_DEFAULT_NAMESPACE.sub(b"", head, count=1) + rest))
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise BadInput(f"{what} is broken XML: {reason}, line {error.lineno}", HINT) from None
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise BadInput(f"{what} is broken XML: {error}", HINT) from None


class _Begun(Exception):
    """The first element begins: no document type can follow."""


def _refuse_doctype(content: bytes, what: str) -> None:
    """Reads up to the first element. Raises BadInput for a document type, ExpatError for no XML."""
    guard = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise BadInput(
            f"{what} holds a document type declaration (DTD), which no statement has", HINT
        )

    def begun(*_: object) -> None:
        raise _Begun

    guard.StartDoctypeDeclHandler = refuse
    guard.EntityDeclHandler = refuse
    guard.StartElementHandler = begun
    with suppress(_Begun):
        guard.Parse(content, True)


def _statement(node: _Node, form: str, what: str, taken: Sequence[_Entry]) -> Statement:
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    for number, child in enumerate(node.findall("Ntry"), 1):
        said, details = taken[int(child.text or 0)] if taken else camt_said.of(child)
        place = f"entry {number}"
        try:
            made = camt_entries.entry(said, details, place)
        except BadInput as error:
            raise BadInput(f"{what}, {place}: {error.message}", HINT) from None
        if isinstance(made, Entry):
            entries.append(made)
        else:
            skipped.append(made)
    account = _account(node.find("Acct"))
    try:
        opening, closing = _balances(node, form)
    except BadInput as error:
        raise BadInput(f"{what}, a balance: {error.message}", HINT) from None
    return Statement(form, "CAMT", account, tuple(entries), tuple(skipped), opening, closing)


def _account(node: _Node | None) -> str | None:
    identity = node.find("Id") if node is not None else None
    if identity is None:
        return None
    return account_number(_text(identity, "IBAN") or _deep(identity, "Othr", "Id"))


def _balances(node: _Node, form: str) -> tuple[Money | None, Money | None]:
    """Opening and closing balance, both booked; an interim report has none that must agree."""
    found: dict[str, Money] = {}
    for child in node.findall("Bal"):
        code = _deep(child, "Tp", "CdOrPrtry", "Cd")
        if code in ("OPBD", "PRCD", "CLBD") and code not in found:
            amount = child.find("Amt")
            found[code] = camt_entries.signed(
                None if amount is None else amount.text or "",
                None if amount is None else amount.get("Ccy"),
                _text(child, "CdtDbtInd"),
            )
    opening = found.get("OPBD") or found.get("PRCD")
    return (None, None) if ".052" in form else (opening, found.get("CLBD"))


# ---- the tree by local names


def _bare(root: _Node) -> _Node:
    """The tree with local names."""
    if root.tag.startswith("{"):
        for node in root.iter():
            node.tag = node.tag.rpartition("}")[2]
    return root


def _text(node: _Node | None, name: str) -> str | None:
    text = node.findtext(name) if node is not None else None
    return text.strip() or None if text else None


def _deep(node: _Node | None, *path: str) -> str | None:
    """The text at the end of a path, None where it breaks off."""
    for name in path[:-1]:
        if node is None:
            return None
        node = node.find(name)
    return _text(node, path[-1])


def is_camt(content: bytes) -> bool:
    """Whether it looks like an XML document of ISO 20022."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<"))
