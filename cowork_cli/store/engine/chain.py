"""The chain of the journal: each row holds a hash over the one before it and over what it says."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.store.engine.connection import Connection


def last_link(connection: Connection) -> str:
    """The hash of the last row: it stands for all that was ever written. Empty before the first."""
    return connection.value("SELECT chain FROM journal ORDER BY id DESC LIMIT 1") or ""


def header(at: int, command: str, kind: str, person: str) -> tuple[object, ...]:
    """What the chain holds of a change; of who made it only where somebody is named."""
    return (at, command, kind, person) if person else (at, command, kind)


def link(chain: str, *parts: object) -> str:
    """The hash of a journal row, over the hash of the row before it, its change and its content."""
    return hash_of("\x1f".join(map(str, (chain, *parts))).encode())


def hash_of(content: bytes) -> str:
    """SHA-256 as text."""
    return str(sha256()(content).hexdigest())


@cache
def sha256() -> Any:
    """SHA-256 without OpenSSL, which takes longer to load than the rest of a change takes."""
    try:
        return import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:  # a Python that was built without it
        return import_module("hashlib").sha256
