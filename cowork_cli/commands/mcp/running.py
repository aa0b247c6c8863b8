"""A command line run in this process, as it would be in a shell: through the funnel, its streams kept.

One at a time: the streams belong to the process.
"""

import io
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from cowork_cli.commands._out import NO_JSON
from cowork_cli.context import Context
from cowork_cli.records import dataclass
from cowork_cli.redaction import redact

_ONE_AT_A_TIME = Lock()
LARGEST = 1_000_000
"""Characters of text that go into one answer; the rest is cut off, and said to be."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command: its envelope, or the text of one that writes bytes, and its notes."""

    document: dict[str, Any]
    notes: tuple[str, ...]

    @property
    def failed(self) -> bool:
        """Whether it did not do what it was asked for."""
        return bool(self.document["status"] == "error")


def run(context: Context, words: list[str], *, yes: bool = False) -> Ran:
    """Runs a command for real. `yes` says that the person has agreed."""
    return _run(context, ["--yes", *words] if yes else words, {})


def rehearse(context: Context, words: list[str], *, itself: bool) -> Ran:
    """What a command would do: by its own dry run, or on a copy of the home that is thrown away."""
    if itself:
        at = words.index("--") if "--" in words else len(words)
        return _run(context, [*words[:at], "--dry-run", *words[at:]], {})
    from cowork_cli.services.home.rehearsing import rehearsal

    on_server = context.copy_server if context.server else None
    with rehearsal(context.paths, on_server) as home:
        world = {"COWORK_HOME": str(home), "COWORK_STORE": ""}
        return _run(context, ["--yes", *words], world)


def _run(context: Context, words: list[str], world: Mapping[str, str]) -> Ran:
    variables = {"COWORK_NO_INPUT": "1", "COWORK_OUTPUT": "", "NO_COLOR": "1", **world}
    home = context.options.home
    words = ["--home", home, *words] if home and "COWORK_HOME" not in world else words
    with _ONE_AT_A_TIME, _streams() as (stdout, stderr):
        code = context.run_again(["--json", *words], variables)
        out, err = _text(stdout), _text(stderr)
        if _refuses_json(out):
            for stream in (stdout, stderr):
                stream.seek(0)
                stream.truncate()
            code = context.run_again(words, variables)
            out, err = _text(stdout), _text(stderr)
    return Ran(_document(out, words, code), tuple(redact(err).splitlines()))


def _refuses_json(out: str) -> bool:
    """Whether the command writes a document of its own to stdout, a calendar or a table."""
    try:
        return any(one["message"] == NO_JSON for one in json.loads(out)["problems"])
    except (ValueError, KeyError, TypeError):
        return False


def _document(out: str, words: list[str], code: int) -> dict[str, Any]:
    try:
        document = json.loads(out)
        if isinstance(document, dict) and "cowork" in document:
            return {key: _redacted(value) for key, value in document.items()}
    except ValueError:
        pass
    text = redact(out)
    return {
        "cowork": 1,
        "command": words[:2],
        "status": "ok" if code == 0 else "error",
        "exit_code": code,
        "data": {"text": text[:LARGEST]},
        "truncated": len(text) > LARGEST,
        "problems": [],
    }


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [_redacted(one) for one in value]
    if isinstance(value, dict):
        return {key: _redacted(one) for key, one in value.items()}
    return value


@contextmanager
def _streams() -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Streams of the process that are kept; nothing can be read."""
    before = sys.stdin, sys.stdout, sys.stderr
    kept = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), *kept
    try:
        yield kept
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8", "replace")
