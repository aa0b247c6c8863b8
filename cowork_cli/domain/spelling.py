"""The nearest known name to one that was mistyped: the only place that knows how alike is alike."""

from collections.abc import Iterable


def nearest(typed: str, known: Iterable[str], count: int = 1, *, alike: float = 0.6) -> list[str]:
    """At most `count` of the known names that look like `typed`, the most alike first.

    `alike` is the share of letters in common, from 0 to 1 (Ratcliff/Obershelp, as `difflib` has it).
    """
    # Costs some ms to import and is needed after a typing error only.
    from difflib import get_close_matches

    return get_close_matches(typed, list(known), n=count, cutoff=alike)


def guess(typed: str, known: Iterable[str]) -> str:
    """`, did you mean "NAME"?`, or nothing where no name is near; to be put behind a message."""
    near = nearest(typed, known)
    return f', did you mean "{near[0]}"?' if near else ""
