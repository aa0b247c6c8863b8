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


def new_uuids(unix_ms: int, count: int) -> list[str]:
    """Many at once, with the randomness asked for once."""
    random = os.urandom(10 * count).hex()
    time = f"{unix_ms:012x}"
    head = f"{time[:8]}-{time[8:]}-7"
    found = []
    for start in range(0, 20 * count, 20):
        part = random[start : start + 20]
        variant = "89ab"[int(part[3], 16) & 3]
        found.append(f"{head}{part[:3]}-{variant}{part[4:7]}-{part[7:19]}")
    return found
