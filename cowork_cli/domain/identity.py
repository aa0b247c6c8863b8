"""Identities that hold across machines: UUIDv7 (RFC 9562 §5.7)."""

from __future__ import annotations

import os


def new_uuid(unix_ms: int) -> str:
    """A UUIDv7 whose first 48 bits are `unix_ms`, so that records sort by their creation."""
    number = int.from_bytes(os.urandom(10)) | unix_ms << 80
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
