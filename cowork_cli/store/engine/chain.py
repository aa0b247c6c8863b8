"""The chain of the journal: each row holds a hash over the one before it and over what it says."""

from __future__ import annotations

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
    for name in ("_sha2", "_sha256", "hashlib"):  # since 3.12, up to 3.11, where neither was built
        try:
            return import_module(name).sha256
        except ImportError:
            continue
    raise RuntimeError("Python without SHA-256")
