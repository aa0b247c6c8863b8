"""Counts and row numbers that people and files write. `²` and `३` are digits to Python, not to us."""

# The largest number that the store can hold in a row id.
_MOST = 2**63 - 1


def whole_number(text: str) -> int | None:
    """`12` as 12; None for anything but ASCII digits, and for what no row number can be."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    number = int(text)
    return number if number <= _MOST else None
