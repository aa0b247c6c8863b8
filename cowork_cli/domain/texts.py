"""Words about and of other people, before they are kept: one line, without signs that steer a terminal."""

import unicodedata

from cowork_cli.errors import BadInput

LINE, TEXT = 300, 10_000


def harmless(text: str) -> str:
    """`text` of any length and with its lines, without the signs that steer a terminal or turn its direction."""
    if text.isprintable():
        return text
    return "".join(sign if sign == "\n" else _sign(sign, "") for sign in text)


def line(text: str, what: str, *, most: int = LINE) -> str | None:
    """`text` on one line; None for an empty one. Raises BadInput where it is longer than `most`."""
    kept = " ".join("".join(_sign(sign, " ") for sign in text).split())
    return _bounded(kept, what, most)


def words(text: str, what: str) -> str | None:
    """The same, with its lines. Raises BadInput where it is longer than 10,000 signs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join("".join(_sign(sign, "") for sign in part).rstrip() for part in lines).strip()
    return _bounded(kept, what, TEXT)


def _sign(sign: str, instead: str) -> str:
    """Control signs, and those that turn the direction of what follows, have no place in a name."""
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Zl", "Zp"):
        return instead if sign != "\t" else " "
    return "" if kind in ("Cf", "Cs", "Co") and sign not in "\u200c\u200d\u00ad" else sign


def _bounded(text: str, what: str, most: int) -> str | None:
    if len(text) > most:
        raise BadInput(f"{what} has {len(text)} signs, more than {most}", "shorten it")
    return text or None


def may_hold_halves(text: str) -> bool:
    """Whether this JSON may spell half a character: `\\ud83d` alone, which no terminal and no store can hold."""
    return "\\ud" in text or "\\uD" in text


def without_halves(value: object) -> object:
    """What JSON says, halves of characters in its texts and names replaced by U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [without_halves(part) for part in value]
    if isinstance(value, dict):
        return {without_halves(name): without_halves(part) for name, part in value.items()}
    return value
