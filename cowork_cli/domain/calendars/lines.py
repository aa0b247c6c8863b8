"""Content lines of an iCalendar file: escaping and folding as RFC 5545 asks for them.

The one home of both for what is written by hand (days to remember, hours). Bookings, which have zones,
people and series, are written by the library `icalendar` in `writing`.
"""

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

CONTROL = r"[\x00-\x08\x0b-\x1f\x7f]"
"""What TEXT has no room for (§3.3.11): every control character but the tab and the end of a line."""

_LONGEST = 75  # octets of a line without its end, §3.1


def written(product: str, components: "Iterable[str]") -> str:
    """A whole VCALENDAR of lines that are escaped, but not folded yet. `product` says who wrote it."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//cowork//{product}//EN")
    return "".join(folded(line) for line in (*head, *components, "END:VCALENDAR"))


def escaped(text: str) -> str:
    """TEXT of RFC 5545 §3.3.11; control characters have no place in it and are left out."""
    text = re.sub(r"\r\n?", "\n", text)
    text = re.sub(CONTROL, "", text)
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def folded(line: str) -> str:
    """A line with its ends, folded so that no character is cut (RFC 5545 §3.1)."""
    parts, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += char
        size += octets
    return "\r\n".join(parts) + "\r\n"
