"""How the banks put name, purpose and references into their columns, and how they come out again."""

import re
from collections.abc import Callable
from typing import NamedTuple

from cowork_cli.importers.bank import tags
from cowork_cli.importers.bank.cells import words

_WIDTH = 35  # characters after which some banks put a blank, inside of words too
_COMMERZBANK = re.compile(
    r"(?P<text>.*?)\s*(?:End-to-End-Ref\.: ?(?P<reference>.*?))?\s*"
    r"(?:(?:CORE ?/ ?)?Mandatsref: ?.*|Gläubiger-ID: ?.*|SEPA-BASISLASTSCHRIFT.*|Kundenreferenz: ?.*)?",
    re.DOTALL,
)
_COMDIRECT = re.compile(
    r"\s*(?:Auftraggeber: ?|Empfänger: ?)(?P<name>.*?)\s*"
    r"(?:Kto/IBAN: ?(?P<iban>[A-Z0-9 ]+?)\s*(?:BLZ/BIC: ?(?P<bic>[A-Z0-9]+))?\s*)?"
    r"(?:Buchungstext: ?(?P<text>.*?))?\s*(?:Ref\. ?(?P<ref>\S+).*)?",
    re.DOTALL,
)


class Told(NamedTuple):
    """The texts of a row; `glued` is the other way to join its pieces (`domain.bank.Entry`)."""

    text: str
    name: str
    kind: str
    iban: str
    reference: str
    glued: str | None = None


def _plain(told: Told) -> Told:
    """As it stands; a tag with a colon ends the purpose."""
    return _tagged(told)


def _tagged(told: Told) -> Told:
    found = tags.glued(told.text)
    name = f"{found.other_name} ({told.name})" if found.other_name and told.name else told.name
    return Told(
        found.text, name, told.kind, told.iban or found.iban or "",
        told.reference or found.reference or "", told.glued,
    )  # fmt: skip


def _lines(told: Told) -> Told:
    """The kind on the first line, then pieces of 27 characters that join without a blank."""
    kind, *pieces = told.text.replace("\r", "").split("\n")
    found = tags.of_pieces(pieces)
    return told._replace(
        kind=told.kind or kind,
        text=found.text,
        reference=told.reference or found.reference or "",
        iban=told.iban or found.iban or "",
    )


def _wrapped(told: Told) -> Told:
    """Name, purpose and references in one text with a blank after every 35 characters."""
    joined = _unwrapped(told.text)
    match = _COMMERZBANK.fullmatch(joined)
    text, reference = (match["text"], match["reference"]) if match else (joined, None)
    return told._replace(
        text=words(text) or "",
        glued=words(told.text),
        reference=told.reference or words(reference) or "",
    )


def _wrapped_name(told: Told) -> Told:
    return _tagged(told._replace(name=_unwrapped(told.name)))


def _unwrapped(text: str) -> str:
    """Without the blank that stands after every 35 characters."""
    pieces = []
    while len(text) > _WIDTH and text[_WIDTH] == " ":
        pieces.append(text[:_WIDTH])
        text = text[_WIDTH + 1 :]
    return "".join([*pieces, text])


def _comdirect(told: Told) -> Told:
    """`Auftraggeber: X Buchungstext: Y Ref. Z`; no blank before `Kto/IBAN:`."""
    text = told.text.replace("\n", " ")
    match = _COMDIRECT.fullmatch(text)
    if match is None:
        return _tagged(told)
    return told._replace(
        name=told.name or match["name"],
        iban=told.iban or match["iban"] or "",
        text=words(match["text"]) or "",
        reference=told.reference or "",
    )


PURPOSES: dict[str, Callable[[Told], Told]] = {
    "plain": _plain,
    "glued": _tagged,
    "lines": _lines,
    "wrapped": _wrapped,
    "wrapped-name": _wrapped_name,
    "comdirect": _comdirect,
}
