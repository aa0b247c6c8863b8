"""The text of an imprint as plain text, HTML or Markdown; `words.imprint` owns the words."""

from __future__ import annotations

from cowork_cli.documents.words.imprint import WORDS
from cowork_cli.records import dataclass

FORMATS = ("text", "html", "md")


@dataclass(frozen=True, slots=True)
class ImprintFacts:
    """Who is behind a web site; what is not known is None. `lines`: names, then the address."""

    lines: tuple[str, ...]
    email: str | None
    phone: str | None
    vat_id: str | None
    web: str | None = None


def imprint_text(facts: ImprintFacts, form: str, language: str) -> str:
    """The imprint in one of FORMATS. What people typed is escaped in HTML and Markdown."""
    words = WORDS[language]
    contact = []
    if facts.email:
        contact.append(words["email"].format(email=facts.email))
    if facts.phone:
        contact.append(words["phone"].format(phone=facts.phone))
    if facts.web:
        contact.append(facts.web)
    parts: list[tuple[str, list[str]]] = [(words["about"], list(facts.lines))]
    if contact:
        parts.append((words["contact"], contact))
    if facts.vat_id:
        parts.append((words["vat_title"], [words["vat"].format(vat_id=facts.vat_id)]))
    return {"text": _text, "html": _html, "md": _md}[form](words["title"], parts)


def _text(title: str, parts: list[tuple[str, list[str]]]) -> str:
    blocks = ["\n".join([heading, *lines]) for heading, lines in parts]
    return "\n\n".join([title, *blocks]) + "\n"


def _html(title: str, parts: list[tuple[str, list[str]]]) -> str:
    from cowork_cli.documents.html_text import escape

    lines = [f"<h1>{escape(title)}</h1>"]
    for heading, texts in parts:
        lines.append(f"<h2>{escape(heading)}</h2>")
        lines.append(f"<p>{'<br>'.join(escape(text) for text in texts)}</p>")
    return "\n".join(lines) + "\n"


def _md(title: str, parts: list[tuple[str, list[str]]]) -> str:
    lines = [f"# {title}"]
    for heading, texts in parts:
        lines += ["", f"## {heading}", "", "  \n".join(map(_escaped, texts))]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Text of Markdown (CommonMark §2.4): what would be markup stands for itself."""
    import re

    return re.sub(r"([\\`*_{}\[\]()#+!|<>~])", r"\\\1", text)
