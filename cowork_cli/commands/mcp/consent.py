"""What has to be agreed to before a tool changes anything: previews with their tokens, and questions.

A token stands for one call to the letter: the tool and every argument of it. It serves once, for ten
minutes. A question is answered by the person, through the client; its token cannot be used by the
assistant, as no tool takes it as an argument.
"""

import json
import time
from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from cowork_cli.commands.mcp.running import Ran
from cowork_cli.domain.shell_words import typed

VALID_S = 600
_LONGEST = 2000  # characters of a question: what lies beyond is not read


class Tokens:
    """The previews and questions that wait for an answer."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[str, float]] = {}

    def issue(self, tool: str, given: Mapping[str, Any]) -> str:
        """A token for this very call."""
        token = token_urlsafe(12)
        self._waiting[token] = (_letter(tool, given), time.monotonic() + VALID_S)
        return token

    def take(self, token: object, tool: str, given: Mapping[str, Any]) -> bool:
        """Whether the token was issued for this very call; it is used up by asking."""
        letter, until = self._waiting.pop(str(token), ("", 0.0))
        return letter == _letter(tool, given) and time.monotonic() < until


def _letter(tool: str, given: Mapping[str, Any]) -> str:
    return json.dumps([tool, dict(given)], sort_keys=True, ensure_ascii=True)


def question(words: list[str], preview: Ran) -> str:
    """What the person is asked: the command to the letter, and what it would do.

    Names that others have chosen stand in it, so each line is one line, and nothing in it is invisible.
    """
    lines = [
        "The assistant wants to run this:",
        f"  {typed(['cowork', *words])}",
        "What it would do:",
        *(f"  {note}" for note in preview.notes),
        f"  {json.dumps(preview.document['data'], ensure_ascii=False)}",
    ]
    return visible("\n".join(visible(line) for line in lines), keep="\n")[:_LONGEST]


def visible(text: str, keep: str = "") -> str:
    """`text` with signs that cannot be seen, or that turn the line round, as JSON escapes them."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or sign in keep else json.dumps(sign)[1:-1] for sign in text
    )


def as_text(document: Mapping[str, Any]) -> str:
    """A document as JSON in which nothing is invisible; letters of every script stay as they are."""
    return visible(json.dumps(document, ensure_ascii=False, indent=1), keep="\n")
