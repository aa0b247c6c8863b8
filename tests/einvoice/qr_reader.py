"""Reads a QR code of modules without damage: ISO/IEC 18004, versions 1 to 13, level M, bytes."""

from collections.abc import Iterator, Sequence

_CENTERS = {
    1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38),
    8: (6, 24, 42), 9: (6, 26, 46), 10: (6, 28, 50), 11: (6, 30, 54), 12: (6, 32, 58),
    13: (6, 34, 62),
}  # fmt: skip
# Data codewords of each block at level M.
_BLOCKS = {
    1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4, 7: [31] * 4,
    8: [38] * 2 + [39] * 2, 9: [36] * 3 + [37] * 2, 10: [43] * 4 + [44],
    11: [50] + [51] * 4, 12: [36] * 6 + [37] * 2, 13: [37] * 8 + [38],
}  # fmt: skip
_MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)

Modules = Sequence[Sequence[int]]


def read(modules: Modules) -> str:
    """The text of a code, `modules[y][x]` 1 for dark."""
    size = len(modules)
    version = (size - 17) // 4
    level, mask = _form(modules)
    assert level == 0, "error correction M"
    bits = [
        modules[y][x] ^ _MASKS[mask](y, x)
        for y, x in _zigzag(size)
        if not _is_function(version, size, y, x)
    ]
    words = [_number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)]
    data = [f"{word:08b}" for word in _in_order(words, _BLOCKS[version])]
    stream = [int(bit) for bit in "".join(data)]
    assert _number(stream[:4]) == 4, "bytes"
    width = 8 if version < 10 else 16
    length = _number(stream[4 : 4 + width])
    start = 4 + width
    return bytes(
        _number(stream[start + 8 * at : start + 8 * at + 8]) for at in range(length)
    ).decode()


def _form(modules: Modules) -> tuple[int, int]:
    places = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    found = _number([modules[y][x] for y, x in places]) ^ 0x5412
    return found >> 13, found >> 10 & 7


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    upwards = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for y in range(size - 1, -1, -1) if upwards else range(size):
            yield y, right
            yield y, right - 1
        upwards = not upwards


def _is_function(version: int, size: int, y: int, x: int) -> bool:
    if 6 in (x, y):
        return True
    if (y < 9 and (x < 9 or x >= size - 8)) or (y >= size - 8 and x < 9):
        return True
    if version >= 7 and ((y < 6 and x >= size - 11) or (x < 6 and y >= size - 11)):
        return True
    last = size - 7
    return any(
        abs(y - row) <= 2 and abs(x - column) <= 2
        for row in _CENTERS[version]
        for column in _CENTERS[version]
        if (row, column) not in ((6, 6), (6, last), (last, 6))
    )


def _in_order(words: Sequence[int], lengths: Sequence[int]) -> list[int]:
    """The data codewords of the interleaved blocks, one block after the other."""
    blocks: list[list[int]] = [[] for _ in lengths]
    rest = iter(words)
    for index in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if index < length:
                block.append(next(rest))
    return [word for block in blocks for word in block]


def _number(bits: Sequence[int]) -> int:
    return int("".join(str(int(bit)) for bit in bits), 2)
