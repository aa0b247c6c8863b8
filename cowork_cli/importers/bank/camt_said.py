"""What an `<Ntry>` of CAMT says, in its own words: the texts by the names of their elements, nothing made of them.

Versions 02 and 08 differ in where a text stands; here both say the same. `camt_entries` makes a booking of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

Node = ElementTree.Element


class Said(NamedTuple):
    """An entry, without its transactions. None: the element is not there, or is empty."""

    amount: str | None
    currency: str | None
    side: str | None
    state: str | None
    booked: str | None
    valued: str | None
    info: str | None
    own_reference: str | None
    code: str | None
    reversal: str | None = None


class Detail(NamedTuple):
    """One transaction of an entry. A party that has no name is "", one that is not there None.

    `references` are those of the creditor, `remittance` the pieces of the purpose, `amounts` (text,
    currency) in the order in which they count.
    """

    debtor: str | None
    debtor_iban: str | None
    debtor_behind: str | None
    creditor: str | None
    creditor_iban: str | None
    creditor_behind: str | None
    end_to_end: str | None
    returned: str | None
    references: tuple[str, ...]
    remittance: tuple[str, ...]
    side: str | None = None
    amounts: tuple[tuple[str, str | None], ...] = ()


def of(node: Node) -> tuple[Said, list[Detail]]:
    """What the entry says; `node` has local names."""
    amount = node.find("Amt")
    said = Said(
        None if amount is None else amount.text or "",
        None if amount is None else amount.get("Ccy", ""),
        _text(node, "CdtDbtInd"),
        _text(node, "Sts") or _text(node, "Sts", "Cd"),
        _day(node.find("BookgDt")),
        _day(node.find("ValDt")),
        _text(node, "AddtlNtryInf"),
        _text(node, "NtryRef"),
        _text(node, "BkTxCd", "Prtry", "Cd"),
        _text(node, "RvslInd"),
    )
    details = [part for group in node.findall("NtryDtls") for part in group.findall("TxDtls")]
    return said, [_detail(part) for part in details]


def _detail(node: Node) -> Detail:
    parties, remittance = node.find("RltdPties"), node.find("RmtInf")
    return Detail(
        *_party(parties, "Dbtr"),
        *_party(parties, "Cdtr"),
        _text(node, "Refs", "EndToEndId"),
        _reason(node.find("RtrInf")),
        () if remittance is None else tuple(_references(remittance)),
        tuple(_texts(node, remittance)),
        None if node.find("Amt") is None else _text(node, "CdtDbtInd"),
        tuple(_amounts(node)),
    )


def _party(parties: Node | None, side: str) -> tuple[str | None, str | None, str | None]:
    """Name, IBAN and the name of who stands behind."""
    if parties is None:
        return None, None, None
    iban = _text(parties, f"{side}Acct", "Id", "IBAN")
    return _name(parties.find(side)), iban, _name(parties.find(f"Ultmt{side}"))


def _name(node: Node | None) -> str | None:
    if node is None:
        return None
    return _text(node, "Nm") or _text(node, "Pty", "Nm") or ""


def _reason(node: Node | None) -> str | None:
    """Why it was returned."""
    if node is None:
        return None
    return _text(node, "Rsn", "Cd") or _text(node, "Rsn", "Prtry") or "returned"


def _references(node: Node) -> Iterator[str]:
    for part in node.findall("Strd"):
        for path in (("CdtrRefInf", "Ref"), ("RfrdDocInf", "Nb")):
            found = _text(part, *path)
            if found:
                yield found


def _texts(node: Node, remittance: Node | None) -> Iterator[str]:
    """What the payer wrote, in pieces; what the bank adds to it where the payer wrote nothing."""
    pieces: list[Node] = []
    if remittance is not None:
        pieces = [*remittance.findall("Ustrd"), *remittance.findall("Strd/AddtlRmtInf")]
    yield from (one.text or "" for one in pieces)
    added = None if pieces else _text(node, "AddtlTxInf")
    if added is not None:
        yield added


def _amounts(node: Node) -> Iterator[tuple[str, str | None]]:
    own, whole = node.find("Amt"), node.find("AmtDtls")
    nodes = [own]
    if whole is not None:
        nodes += [whole.find(f"{name}/Amt") for name in ("TxAmt", "InstdAmt")]
    for told in nodes:
        if told is not None:
            yield told.text or "", told.get("Ccy")


def _day(node: Node | None) -> str | None:
    """The day as written, with or without a time; "" where the element holds none."""
    return None if node is None else _text(node, "Dt") or _text(node, "DtTm") or ""


def _text(node: Node | None, *path: str) -> str | None:
    """The text at the end of a path, as it stands; None for blanks alone, and where the path breaks off."""
    for name in path[:-1]:
        if node is None:
            return None
        node = node.find(name)
    text = node.findtext(path[-1]) if node is not None else None
    return text if text and not text.isspace() else None
