"""Elements of XML as text."""

from dataclasses import dataclass
from xml.sax.saxutils import escape


def tag(name: str, content: object, **attributes: str | None) -> str:
    """An element; nothing for None."""
    if content is None:
        return ""
    given = "".join(f' {key}="{escape(v)}"' for key, v in attributes.items() if v is not None)
    text = content.inner if isinstance(content, Inner) else escape(str(content))
    return f"<{name}{given}>{text}</{name}>"


@dataclass(frozen=True)
class Inner:
    """Elements, as they are."""

    inner: str


def into(name: str, *parts: str) -> str:
    """An element around others; nothing around nothing."""
    joined = "".join(parts)
    return f"<{name}>{joined}</{name}>" if joined else ""
