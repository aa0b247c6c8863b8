"""Ids made of names: what a client or a project is called becomes what one types."""

from __future__ import annotations

import re
import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# What stands before the word that a business is called by: articles, titles, forms of address.
_BEFORE = frozenset(
    [
        "der",
        "die",
        "das",
        "the",
        "le",
        "la",
        "les",
        "dr",
        "prof",
        "dipl",
        "ing",
        "herr",
        "frau",
        "firma",
        "fa",
    ]
)


def slug_of(text: str) -> str:
    """A name as an id: lower case, `ae oe ue ss`, no accents, `-` for everything else."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(LETTERS)
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)
    )
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")


def first_word(text: str) -> str:
    """The word a business goes by, as an id: `Dr. Müller & Söhne GmbH` is `mueller`."""
    words = [word for word in map(slug_of, text.split()) if word]
    telling = [word for word in words if word not in _BEFORE]
    return (telling or words or [""])[0]


def free_slug(slug: str, taken: Container[str]) -> str:
    """`slug`, or the next of `slug-2`, `slug-3` … that is not taken."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
