"""The fields of a SEPA payment inside of a purpose: `EREF+1234SVWZ+Rechnung …`, `EREF: … MREF: …`."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cowork_cli.importers.bank.cells import words

NAMES = "EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|IBAN|BIC"
_TAG = re.compile(rf"({NAMES})\+")
# Written behind the purpose by the banks of Atruvia, with a colon.
_BEHIND = re.compile(r"\b(EREF|KREF|MREF|CRED|IBAN|BIC|ABWA|ABWE|TAN): ?")
_NOTHING = ("NOTPROVIDED", "NOT PROVIDED", "NONREF")


class Purpose(NamedTuple):
    """What a purpose holds: the text itself, the reference of the payer, another payer's name."""

    text: str
    reference: str | None = None
    iban: str | None = None
    other_name: str | None = None


def of_pieces(pieces: Iterable[str]) -> Purpose:
    """The purpose in the pieces of a bank's field; a tag is one only where a piece begins with it.

    Pieces join without anything between: a blank at the end of one belongs to the text.
    """
    fields: dict[str, str] = {}
    name = ""
    for piece in pieces:
        match = _TAG.match(piece)
        if match:
            name, piece = match[1], piece[match.end() :]
        fields[name] = fields.get(name, "") + piece
    text = fields["SVWZ"] if "SVWZ" in fields else fields.get("", "")
    return _purpose(text, fields)


def glued(text: str) -> Purpose:
    """The purpose in one text where the tags stand without any separator, as Sparkasse writes it."""
    if not _TAG.match(text):
        return _purpose(text, {})
    fields: dict[str, str] = {}
    starts = list(_TAG.finditer(text))
    # What follows SVWZ is the payer's own text, which may hold such letters too: SVWZ comes last.
    last = next((n for n, tag in enumerate(starts) if tag[1] == "SVWZ"), len(starts) - 1)
    starts = starts[: last + 1]
    for tag, following in zip(starts, [*starts[1:], None], strict=True):
        fields[tag[1]] = text[tag.end() : following.start() if following else len(text)]
    return _purpose(fields.get("SVWZ", ""), fields)


def _purpose(text: str, fields: dict[str, str]) -> Purpose:
    text, *behind = _BEHIND.split(text)
    if behind:
        more = dict(zip(behind[::2], map(str.strip, behind[1::2]), strict=True))
        fields = {**more, **fields}
    if not fields:
        return Purpose(words(text) or "")
    return Purpose(
        words(text) or "",
        reference(fields.get("EREF")) or reference(fields.get("KREF")),
        _iban(fields.get("IBAN")),
        words(fields.get("ABWA")) or words(fields.get("ABWE")),
    )


def reference(text: str | None) -> str | None:
    """A reference, None where it says that there is none."""
    found = words(text)
    return None if found is None or found.upper() in _NOTHING else found


@lru_cache(maxsize=1024)
def _iban(text: str | None) -> str | None:
    found = re.sub(r"\s+", "", text or "").upper()
    return found if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", found) else None
