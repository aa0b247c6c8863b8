"""CAMT.053 and CAMT.052 (ISO 20022), versions 02 and 08 and those between: read by local name.

A document type is refused, so that there is nothing to expand and nothing outside to fetch. Only booked
entries count; `Amt` is never negative, `CdtDbtInd` tells the direction of the entry itself, also of one
that takes another back (`RvslInd`). In a batch each part keeps its own amount and payer.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree
from xml.parsers import expat

from cowork_cli.data.currencies import CURRENCIES, digits_of
from cowork_cli.domain.bank import Entry, Part, Skipped, Statement
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank.cells import account_number, words
from cowork_cli.importers.bank.tags import reference
from cowork_cli.records import dataclass

MOST_ELEMENTS = 8_000_000
HINT = "download the statement again, or take another format with `--format`"
_KINDS = {"BkToCstmrStmt": "Stmt", "BkToCstmrAcctRpt": "Rpt"}
_RETURN_GVC = ("109",)  # DK: returned direct debit
_Node = ElementTree.Element
_Kids = dict[str, _Node]


def read(content: bytes, what: str) -> list[Statement]:
    """The statements of one document. Raises BadInput naming the entry that cannot be read."""
    root = _root(content, what)
    version = re.search(r"camt\.(\d{3})\.\d{3}\.(\d{2})", root.tag)
    kids = _kids(root)
    if "BkToCstmrDbtCdtNtfctn" in kids:
        raise BadInput(
            f"{what} is a notification of single bookings (camt.054), no statement",
            "download the statement (camt.053) or the turnover view (camt.052)",
        )
    for outer, inner in _KINDS.items():
        if outer in kids:
            form = f"camt.{version[1]}.{version[2]}" if version else "camt"
            found = [node for node in kids[outer] if _local(node.tag) == inner]
            if found:
                return [_statement(node, form, what) for node in found]
    raise BadInput(f"{what} is XML, but no camt.053 or camt.052", HINT)


def _root(content: bytes, what: str) -> _Node:
    """The tree of a document that declares no type and no entity."""
    if content.count(b"<") > MOST_ELEMENTS:
        raise BadInput(f"{what} has too many elements for a statement", HINT)
    try:
        _refuse_doctype(content, what)
        return ElementTree.fromstring(content)
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


def _statement(node: _Node, form: str, what: str) -> Statement:
    kids = _kids(node)
    account = _account(kids.get("Acct"))
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    number = 0
    for child in node:
        if _local(child.tag) != "Ntry":
            continue
        number += 1
        place = f"entry {number}"
        try:
            made = _entry(child, place)
        except BadInput as error:
            raise BadInput(f"{what}, {place}: {error.message}", HINT) from None
        if isinstance(made, Entry):
            entries.append(made)
        else:
            skipped.append(made)
    opening, closing = _balances(node, form)
    return Statement(form, "CAMT", account, tuple(entries), tuple(skipped), opening, closing)


def _account(node: _Node | None) -> str | None:
    identity = _kids(node).get("Id") if node is not None else None
    if identity is None:
        return None
    for part in identity.iter():
        if _local(part.tag) == "IBAN":
            return account_number(part.text)
    other = _kids(identity).get("Othr")
    return account_number(_text(_kids(other), "Id")) if other is not None else None


def _balances(node: _Node, form: str) -> tuple[Money | None, Money | None]:
    """Opening and closing balance, both booked; an interim report has none that must agree."""
    found: dict[str, Money] = {}
    for child in node:
        if _local(child.tag) != "Bal":
            continue
        kids = _kids(child)
        code = _deep(kids.get("Tp"), "CdOrPrtry", "Cd")
        if code in ("OPBD", "PRCD", "CLBD") and code not in found and "Amt" in kids:
            found[code] = _signed(kids)
    opening = found.get("OPBD") or found.get("PRCD")
    return (None, None) if ".052" in form else (opening, found.get("CLBD"))


def _entry(node: _Node, place: str) -> Entry | Skipped:
    kids = _kids(node)
    state = _deep(kids.get("Sts"), "Cd") or _text(kids, "Sts")
    if state not in ("BOOK", None):
        return Skipped(place, {"PDNG": "pending", "INFO": "for information"}.get(state, state))
    booked, valued = _day(kids.get("BookgDt")), _day(kids.get("ValDt"))
    if booked is None:
        booked = valued
    if booked is None:
        raise BadInput("it has no day of booking")
    money = _signed(kids)
    details = [
        part
        for group in node
        if _local(group.tag) == "NtryDtls"
        for part in group
        if _local(part.tag) == "TxDtls"
    ]
    info = words(_text(kids, "AddtlNtryInf"))
    codes = _deep(kids.get("BkTxCd"), "Prtry", "Cd") or ""
    if len(details) > 1:
        return _batch(node=kids, place=place, days=(booked, valued), money=money, details=details)
    one = _details(details[0], money) if details else _NONE
    returned = one.returned
    if returned is None and any(code in codes.split("+") for code in _RETURN_GVC):
        returned = info or "returned"
    return Entry(
        place, booked, valued, money, one.name, one.iban, one.text or info or "",
        one.reference or reference(_text(kids, "NtryRef")), one.glued, returned,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Details:
    """What one transaction says."""

    amount: Money | None = None
    name: str | None = None
    iban: str | None = None
    text: str = ""
    glued: str | None = None
    reference: str | None = None
    returned: str | None = None


_NONE = _Details()


def _details(node: _Node, entry: Money) -> _Details:
    kids = _kids(node)
    credit = entry.minor >= 0
    name, iban = _other_side(kids.get("RltdPties"), credit)
    pieces = [
        part.text or ""
        for part in kids["RmtInf"]
        if _local(part.tag) == "Ustrd"
    ] if "RmtInf" in kids else []  # fmt: skip
    text, close = words(" ".join(pieces)) or "", words("".join(pieces)) or ""
    refs = _kids(kids["Refs"]) if "Refs" in kids else {}
    found = reference(_text(refs, "EndToEndId")) or _creditor_reference(kids.get("RmtInf"))
    returned = _deep(kids.get("RtrInf"), "Rsn", "Cd") or _deep(kids.get("RtrInf"), "Rsn", "Prtry")
    return _Details(
        _part_amount(kids, entry), name, iban, text or found or "", close if close != text else None,
        found, returned,
    )  # fmt: skip


def _batch(
    node: _Kids, place: str, days: tuple[date, date | None], money: Money, details: list[_Node]
) -> Entry:
    """Several transfers in one sum. Where a part has no amount, only their texts can be told."""
    told = [_details(detail, money) for detail in details]
    parts = tuple(
        Part(one.amount, one.name, one.iban, one.text, one.reference)
        for one in told
        if one.amount is not None
    )
    if len(parts) == len(told) and sum(part.amount.minor for part in parts) == money.minor:
        text = words(_text(node, "AddtlNtryInf")) or f"batch of {len(parts)}"
        return Entry(place, *days, money, None, None, text, parts=parts)
    joined = " / ".join(" ".join(filter(None, (one.name, one.text))) for one in told)
    return Entry(place, *days, money, None, None, words(joined) or "")


def _part_amount(kids: _Kids, entry: Money) -> Money | None:
    """What a part adds to the account, in the currency of the account; None where none is said."""
    sign = -1 if entry.minor < 0 else 1
    if "CdtDbtInd" in kids and "Amt" in kids:
        sign = -1 if kids["CdtDbtInd"].text == "DBIT" else 1
    whole = _kids(kids["AmtDtls"]) if "AmtDtls" in kids else {}
    nodes = [kids.get("Amt")]
    nodes += [_kids(whole[name]).get("Amt") for name in ("TxAmt", "InstdAmt") if name in whole]
    for node in nodes:
        if node is not None and node.get("Ccy", entry.currency) == entry.currency:
            found = _money(node)
            return -found if sign < 0 else found
    return None


def _other_side(parties: _Node | None, credit: bool) -> tuple[str | None, str | None]:
    """Name and IBAN of who paid, or of who was paid; the last in the chain counts, where it is said."""
    if parties is None:
        return None, None
    kids = _kids(parties)
    side, account = ("Dbtr", "DbtrAcct") if credit else ("Cdtr", "CdtrAcct")
    if side not in kids and f"Ultmt{side}" not in kids:
        # In returns roles may stay as in the order that is returned.
        side, account = ("Cdtr", "CdtrAcct") if credit else ("Dbtr", "DbtrAcct")
    name = _name(kids.get(side))
    behind = _name(kids.get(f"Ultmt{side}"))
    if behind and behind != name:
        name = f"{behind} ({name})" if name else behind
    iban = _deep(kids.get(account), "Id", "IBAN")
    return words(name), account_number(iban)


def _name(node: _Node | None) -> str | None:
    if node is None:
        return None
    kids = _kids(node)
    return words(_text(kids, "Nm") or _deep(kids.get("Pty"), "Nm"))


def _creditor_reference(node: _Node | None) -> str | None:
    for part in node if node is not None else ():
        if _local(part.tag) == "Strd":
            found = reference(_deep(part, "CdtrRefInf", "Ref"))
            found = found or reference(_deep(part, "RfrdDocInf", "Nb"))
            if found:
                return found
    return None


def _signed(kids: _Kids) -> Money:
    if "Amt" not in kids:
        raise BadInput("it has no amount")
    money, side = _money(kids["Amt"]), _text(kids, "CdtDbtInd")
    if side not in ("CRDT", "DBIT"):
        raise BadInput("whether it is a credit or a debit is not said (CdtDbtInd)")
    return -money if side == "DBIT" else money


def _money(node: _Node) -> Money:
    text, currency = (node.text or "").strip(), node.get("Ccy", "")
    if currency not in CURRENCIES:
        raise BadInput(f'"{currency}" is not a currency')
    whole, _, cents = text.partition(".")
    figures = whole + cents
    usual = len(cents) == digits_of(currency) == 2 and len(whole) < 13
    if usual and figures.isascii() and figures.isdigit():
        return Money(int(figures), currency)
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadInput(f'"{text[:40]}" is not an amount') from None
    if not value.is_finite() or value < 0 or value >= 10**13:
        raise BadInput(f'"{text[:40]}" is not an amount of a statement')
    money = Money.of(value, currency)
    if money.amount != value:
        raise BadInput(f"{text} {currency} has more decimals than the currency")
    return money


def _day(node: _Node | None) -> date | None:
    """The day as written; a time and its zone move nothing."""
    if node is None:
        return None
    kids = _kids(node)
    text = (_text(kids, "Dt") or _text(kids, "DtTm") or "").strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise BadInput(f'"{text[:40]}" is not a day') from None


# ---- the tree by local names


_LOCAL: dict[str, str] = {}


def _local(tag: str) -> str:
    """The name without its namespace; the few names of a statement are cut once each."""
    name = _LOCAL.get(tag)
    if name is None:
        name = tag.rpartition("}")[2]
        if len(_LOCAL) < 1000:
            _LOCAL[tag] = name
    return name


def _kids(node: _Node) -> _Kids:
    """The children by local name, of several the first."""
    return {_LOCAL.get(child.tag) or _local(child.tag): child for child in reversed(node)}


def _text(kids: _Kids, name: str) -> str | None:
    node = kids.get(name)
    return None if node is None or node.text is None else node.text.strip() or None


def _deep(node: _Node | None, *path: str) -> str | None:
    """The text at the end of a path, None where it breaks off."""
    for name in path:
        if node is None:
            return None
        node = _kids(node).get(name)
    return None if node is None or node.text is None else node.text.strip() or None


def is_camt(content: bytes) -> bool:
    """Whether it looks like an XML document of ISO 20022."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<"))


def statements_of(documents: Iterator[tuple[str, bytes]]) -> list[Statement]:
    """The statements of several documents, each named in what is said of it."""
    return [one for name, content in documents for one in read(content, name)]
