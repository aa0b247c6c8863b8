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
from functools import lru_cache
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
_DEFAULT_NAMESPACE = re.compile(rb' xmlns="[^"]*"')


def read(content: bytes, what: str) -> list[Statement]:
    """The statements of one document. Raises BadInput naming the entry that cannot be read."""
    version = re.search(rb"camt\.(\d{3})\.\d{3}\.(\d{2})", content[:4000].replace(b"\0", b""))
    root = _root(content, what)
    if root.find("BkToCstmrDbtCdtNtfctn") is not None:
        raise BadInput(
            f"{what} is a notification of single bookings (camt.054), no statement",
            "download the statement (camt.053) or the turnover view (camt.052)",
        )
    for outer, inner in _KINDS.items():
        found = root.findall(f"{outer}/{inner}")
        if found:
            form = f"camt.{version[1].decode()}.{version[2].decode()}" if version else "camt"
            return [_statement(node, form, what) for node in found]
    raise BadInput(f"{what} is XML, but no camt.053 or camt.052", HINT)


def _root(content: bytes, what: str) -> _Node:
    """The tree of a document that declares no type and no entity."""
    if content.count(b"<") > MOST_ELEMENTS:
        raise BadInput(f"{what} has too many elements for a statement", HINT)
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


def _statement(node: _Node, form: str, what: str) -> Statement:
    account = _account(node.find("Acct"))
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    for number, child in enumerate(node.findall("Ntry"), 1):
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
            found[code] = _signed(child)
    opening = found.get("OPBD") or found.get("PRCD")
    return (None, None) if ".052" in form else (opening, found.get("CLBD"))


def _entry(node: _Node, place: str) -> Entry | Skipped:
    state = _text(node, "Sts") or _deep(node, "Sts", "Cd")
    if state not in ("BOOK", None):
        return Skipped(place, {"PDNG": "pending", "INFO": "for information"}.get(state, state))
    booked, valued = _day(node.find("BookgDt")), _day(node.find("ValDt"))
    if booked is None:
        booked = valued
    if booked is None:
        raise BadInput("it has no day of booking")
    money = _signed(node)
    details = [part for group in node.findall("NtryDtls") for part in group.findall("TxDtls")]
    if len(details) > 1:
        return _batch(node, place, (booked, valued), money, details)
    info = words(_text(node, "AddtlNtryInf"))
    one = _details(details[0], money) if details else _NONE
    returned = one.returned
    if returned is None:
        codes = (_deep(node, "BkTxCd", "Prtry", "Cd") or "").split("+")
        if any(code in codes for code in _RETURN_GVC):
            returned = info or "returned"
    return Entry(
        place, booked, valued, money, one.name, one.iban, one.text or info or "",
        one.reference or reference(_text(node, "NtryRef")), one.glued, returned, (),
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
    name, iban = _other_side(node.find("RltdPties"), credit=entry.minor >= 0)
    remittance = node.find("RmtInf")
    pieces = [] if remittance is None else [part.text or "" for part in remittance.findall("Ustrd")]
    text, close = words(" ".join(pieces)) or "", None
    if len(pieces) > 1:
        close = words("".join(pieces))
    found = reference(_deep(node, "Refs", "EndToEndId"))
    if found is None and remittance is not None:
        found = _creditor_reference(remittance)
    returned = None
    reason = node.find("RtrInf")
    if reason is not None:
        returned = _deep(reason, "Rsn", "Cd") or _deep(reason, "Rsn", "Prtry") or "returned"
    return _Details(
        _part_amount(node, entry), name, iban, text or found or "", close if close != text else None,
        found, returned,
    )  # fmt: skip


def _batch(
    node: _Node, place: str, days: tuple[date, date | None], money: Money, details: list[_Node]
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


def _part_amount(node: _Node, entry: Money) -> Money | None:
    """What a part adds to the account, in the currency of the account; None where none is said."""
    sign = -1 if entry.minor < 0 else 1
    own = node.find("Amt")
    side = node.findtext("CdtDbtInd")
    if side is not None and own is not None:
        sign = -1 if side.strip() == "DBIT" else 1
    whole = node.find("AmtDtls")
    nodes = [own]
    if whole is not None:
        nodes += [whole.find(f"{name}/Amt") for name in ("TxAmt", "InstdAmt")]
    for told in nodes:
        if told is not None and told.get("Ccy", entry.currency) == entry.currency:
            found = _money(told)
            return -found if sign < 0 else found
    return None


def _other_side(parties: _Node | None, *, credit: bool) -> tuple[str | None, str | None]:
    """Name and IBAN of who paid, or of who was paid; the last in the chain counts, where it is said."""
    if parties is None:
        return None, None
    side, account = ("Dbtr", "DbtrAcct") if credit else ("Cdtr", "CdtrAcct")
    party, behind = parties.find(side), _name(parties.find(f"Ultmt{side}"))
    if party is None and behind is None:
        # In returns roles may stay as in the order that is returned.
        side, account = ("Cdtr", "CdtrAcct") if credit else ("Dbtr", "DbtrAcct")
        party, behind = parties.find(side), _name(parties.find(f"Ultmt{side}"))
    name = _name(party)
    if behind and behind != name:
        name = f"{behind} ({name})" if name else behind
    return name, account_number(_deep(parties, account, "Id", "IBAN"))


def _name(node: _Node | None) -> str | None:
    if node is None:
        return None
    return words(_text(node, "Nm") or _deep(node, "Pty", "Nm"))


def _creditor_reference(node: _Node) -> str | None:
    for part in node.findall("Strd"):
        found = reference(_deep(part, "CdtrRefInf", "Ref"))
        found = found or reference(_deep(part, "RfrdDocInf", "Nb"))
        if found:
            return found
    return None


def _signed(node: _Node) -> Money:
    amount = node.find("Amt")
    if amount is None:
        raise BadInput("it has no amount")
    money, side = _money(amount), _text(node, "CdtDbtInd")
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
    return _day_said(_text(node, "Dt") or _text(node, "DtTm") or "")


@lru_cache(maxsize=1024)
def _day_said(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise BadInput(f'"{text[:40]}" is not a day') from None


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


def statements_of(documents: Iterator[tuple[str, bytes]]) -> list[Statement]:
    """The statements of several documents, each named in what is said of it."""
    return [one for name, content in documents for one in read(content, name)]
