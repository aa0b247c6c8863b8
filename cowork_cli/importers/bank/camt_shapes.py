"""Entries of a long CAMT document, read by their shape: a bank writes thousands with the same elements.

The shape of an entry is all of it but its texts. The first of a shape is read as XML with a mark in place of
each text, which shows what text is what; the others are matched as they stand. That is the same as to read
them all as XML (`test_camt_shapes` holds both against each other), because a shape is well-formed, and the
texts in it have nothing that XML would read: no `<`, no entity, no line end, no control character. A document that
has anything else between its tags (comments, CDATA, processing instructions, an encoding other than UTF-8,
elements with a prefix) is left to the reader of XML as a whole.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Any, NamedTuple
from xml.etree import ElementTree

from cowork_cli.importers.bank import camt_said
from cowork_cli.importers.bank.camt_said import Detail, Said

FEWEST = 300  # entries: to learn the shapes of fewer takes longer than to read them
MOST_SHAPES = 40
_BEGIN, _END = "<Ntry>", "</Ntry>"
_TOKEN = re.compile(r"(<[^<>]*>)")
_TEXT = r"[^\s<>&\x00-\x1f\x7f\ufffe\uffff][^<>&\x00-\x1f\x7f\ufffe\uffff]*"
_DECLARED = re.compile(rb"""<\?xml\s[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)


class Taken(NamedTuple):
    """The entries that were taken out, and the document with `<Ntry>NUMBER</Ntry>` in place of each."""

    rest: bytes
    entries: list[tuple[Said, list[Detail]]]


def take(content: bytes) -> Taken | None:
    """Takes the entries out of a document; None where it is short, or has to be read as XML."""
    declared = content[:200].lstrip(b"\xef\xbb\xbf")
    if content.count(_BEGIN.encode()) < FEWEST or _DECLARED.match(declared):
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    shapes = _Shapes()
    entries: list[tuple[Said, list[Detail]]] = []
    rest: list[str] = []
    end, begin = 0, text.find(_BEGIN)
    while begin >= 0:
        rest += text[end:begin], f"{_BEGIN}{len(entries)}{_END}"
        said, end = shapes.read(text, begin)
        if said is None:
            return None
        entries.append(said)
        begin = text.find(_BEGIN, end)
    left = "".join((*rest, text[end:]))
    # An entry that is written in another way would not be told from those that were taken.
    plain = _is_plain(left) and left.count("<Ntry") == len(entries)
    return Taken(left.encode(), entries) if plain else None


def _is_plain(text: str) -> bool:
    """Whether it has nothing but elements and texts, behind its declaration as XML."""
    begins = text.startswith(("<?xml", "\ufeff<?xml"))
    return "<!" not in text and text.count("<?") == begins


class _Shapes:
    """The shapes that were met."""

    def __init__(self) -> None:
        self._known: list[_Shape] = []

    def read(self, text: str, begin: int) -> tuple[tuple[Said, list[Detail]] | None, int]:
        """What the entry says that begins there, and where it ends; None: it cannot be read alone."""
        for shape in self._known:
            match = shape.pattern.match(text, begin)
            if match is not None:
                if shape is not self._known[0]:  # the next one is often alike
                    self._known.remove(shape)
                    self._known.insert(0, shape)
                return shape.said(match), match.end()
        end = text.find(_END, begin) + len(_END)
        source = text[begin:end]
        if not _is_plain(source):
            return None, end
        try:
            node = ElementTree.fromstring(source)
        except ElementTree.ParseError:
            return None, end
        if len(self._known) < MOST_SHAPES:
            learnt = _shape_of(source, ElementTree.fromstring(source))
            if learnt is not None:
                self._known.append(learnt)
        return camt_said.of(node), end


class _Mark(str):
    """Stands for a text of an entry; it is the number of its place among them."""


class _Shape(NamedTuple):
    """`pattern` matches the entries of this shape.

    `get` orders its groups, followed by `constants`, into the fields of `Said`, those of `Detail` up to its
    `references`, the references, and the remittance, which begin at these places.
    """

    pattern: re.Pattern[str]
    get: itemgetter[Any]
    constants: tuple[str | None, ...]
    has_detail: bool
    remittance: int

    def said(self, match: re.Match[str]) -> tuple[Said, list[Detail]]:
        """What an entry says."""
        values = self.get(match.groups() + self.constants)
        if not self.has_detail:
            return Said._make(values), []
        more = values[_SINGLE : self.remittance], values[self.remittance :], None, ()
        return Said._make(values[:_OWN]), [Detail._make((*values[_OWN:_SINGLE], *more))]


_OWN = len(Said._fields)
_SINGLE = _OWN + Detail._fields.index("references")


def _shape_of(source: str, node: ElementTree.Element) -> _Shape | None:
    """The shape of an entry, whose texts become marks; None where it has several transactions, or is odd."""
    tokens = _TOKEN.split(source)
    places = [n for n in range(0, len(tokens), 2) if tokens[n] and not tokens[n].isspace()]
    holders = [one for one in node.iter() if one.text and not one.text.isspace()]
    alone = all(_is_alone(tokens, n) for n in places)
    if not alone or [one.text for one in holders] != [tokens[n] for n in places]:
        return None
    for number, holder in enumerate(holders):
        holder.text = _Mark(number)
    said, details = camt_said.of(node)
    if len(details) > 1:
        return None
    values: list[Any] = list(said)
    for detail in details:
        values += (*detail[: _SINGLE - _OWN], *detail.references, *detail.remittance)
    marks = sorted({int(value) for value in values if isinstance(value, _Mark)})
    parts = [re.escape(token) for token in tokens]
    for number, at in enumerate(places):
        parts[at] = f"({_TEXT})" if number in marks else _TEXT
    constants = tuple({value for value in values if not isinstance(value, _Mark)})
    slots = [
        marks.index(int(value)) if isinstance(value, _Mark) else len(marks) + constants.index(value)
        for value in values
    ]
    remittance = _SINGLE + len(details[0].references) if details else 0
    return _Shape(
        re.compile("".join(parts)), itemgetter(*slots), constants, bool(details), remittance
    )


def _is_alone(tokens: list[str], at: int) -> bool:
    """Whether a text is all that its element holds."""
    before, behind = tokens[at - 1], tokens[at + 1]
    return not before.startswith("</") and not before.endswith("/>") and behind.startswith("</")
