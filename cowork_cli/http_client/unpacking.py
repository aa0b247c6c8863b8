"""Bodies that come packed (RFC 9110, 8.4), unpacked piece by piece and never beyond a limit.

The decoders of httpx unpack a piece whole before anybody can count: 64 KiB of gzip are 64 MiB, and of gzip
in gzip 64 GiB. They also take half of a packed body for all of it.
"""

import zlib

ACCEPTED = "gzip, deflate"
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"


class CannotUnpack(Exception):
    """What came is not packed as it says, or not all of it came."""


class Unpacker:
    """Unpacks one body. `codings` is its Content-Encoding; of names that nobody knows none is heeded.

    Raises CannotUnpack for a body that is packed more than once: no service does that.
    """

    def __init__(self, codings: str):
        names = [name.strip().lower() for name in codings.split(",")]
        packed = [name for name in names if name in ("gzip", "x-gzip", "deflate", "br", "zstd")]
        if len(packed) > 1 or "br" in packed or "zstd" in packed:
            raise CannotUnpack
        self._deflate = packed == ["deflate"]
        self._inflater = self._new() if packed else None
        self._began = False

    def _new(self, wbits: int | None = None) -> "zlib._Decompress":
        usual = zlib.MAX_WBITS if self._deflate else _GZIP
        return zlib.decompressobj(usual if wbits is None else wbits)

    def feed(self, content: bytes, most: int) -> bytes:
        """What a piece holds, at most `most` + 1 bytes of it: who gets more than `most` stops."""
        if self._inflater is None or not content:
            return content
        parts: list[bytes] = []
        room = most + 1
        while content and room > 0:
            part = self._inflated(content, room)
            parts.append(part)
            room -= len(part)
            content = self._inflater.unconsumed_tail
            if self._inflater.eof:
                content = self._next_member()
        return b"".join(parts)

    def _inflated(self, content: bytes, room: int) -> bytes:
        assert self._inflater is not None
        began, self._began = self._began, True
        try:
            return self._inflater.decompress(content, room)
        except zlib.error:
            if began or not self._deflate:
                raise CannotUnpack from None
        # "deflate" is zlib's form by the standard; some servers leave out its head.
        self._inflater = self._new(-zlib.MAX_WBITS)
        return self._inflated(content, room)

    def _next_member(self) -> bytes:
        """What follows the end: another member (RFC 1952, 2.2), which may be padded with zeros."""
        assert self._inflater is not None
        rest = self._inflater.unused_data
        if rest.startswith(_MAGIC) and not self._deflate:
            self._inflater = self._new()
            return rest
        if rest.strip(b"\0"):
            raise CannotUnpack
        return b""

    def end(self) -> None:
        """No more comes. Raises CannotUnpack if more was due."""
        if self._inflater is not None and self._began and not self._inflater.eof:
            raise CannotUnpack
