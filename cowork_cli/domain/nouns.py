"""A number and what it counts, in English."""


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 entry`, `2 entries`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {plural or noun + 's'}"
