"""Records of other people: what the journal holds of them can be erased, and its chain still proves the rest.

The chain of these tables runs over the SHA-256 of each image instead of the image. Each image carries random
figures of its own (`salt`), so that nobody guesses a name from the hash that stays. Where a person is to be
forgotten (Art. 17 GDPR), the image gives way to `{"erased": HASH}`: the row, its place, its time and its hash
stay, and `erasures` says which records that was done to. Whatever else is changed shows as before.
"""

from __future__ import annotations

import os

from cowork_cli.store.engine.chain import hash_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

TABLES = frozenset(["people", "talks", "members", "job_parts", "job_hours"])
_BEGIN, _END = '{"erased":"', '"}'


def salted(row: Mapping[str, Any]) -> dict[str, Any]:
    """The image of a record with its own random figures."""
    return {**row, "salt": os.urandom(16).hex()}


def unsalted(image: dict[str, Any] | None) -> dict[str, Any] | None:
    """The record of an image that was read."""
    if image is None:
        return None
    return {name: value for name, value in image.items() if name != "salt"}


def held(table: str, before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """What the chain runs over of two images: of a sealed table their hashes, else they themselves."""
    return (_seal(before), _seal(after)) if table in TABLES else (before, after)


def _seal(text: str | None) -> str | None:
    """The hash of an image, also after the image was erased."""
    if text is None:
        return None
    if is_erased(text):
        return f"sha256:{text[len(_BEGIN) : -len(_END)]}"
    return f"sha256:{hash_of(text.encode())}"


def erased(text: str | None) -> str | None:
    """What is left of an image."""
    if text is None or is_erased(text):
        return text
    return f"{_BEGIN}{hash_of(text.encode())}{_END}"


def is_erased(text: str) -> bool:
    """Whether an image gave way to its hash."""
    return len(text) == len(_BEGIN) + 64 + len(_END) and text.startswith(_BEGIN)


def is_gone(image: Mapping[str, Any] | None) -> bool:
    """The same of an image that was read."""
    return image is not None and image.keys() == {"erased"}
