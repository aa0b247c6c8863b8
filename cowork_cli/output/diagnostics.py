"""The only writer of stderr: errors, hints, notes; and the crash file. Neither shows a secret.

stdout is flushed before each line, so that both streams interleave in a pipe as they were written.
"""

from __future__ import annotations

import os
import sys

from cowork_cli.output.habit import sentence
from cowork_cli.output.text import one_line
from cowork_cli.redaction import redact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import TextIO

    from cowork_cli.errors import CoworkError


_SHORT = 38  # such a line fits in any terminal, wide letters too, if it is not a toy


class Diagnostics:
    """Writes to stderr. With `quiet` only errors are written."""

    def __init__(self, stderr: TextIO, stdout: TextIO, *, quiet: bool, colour: bool):
        self._stderr = stderr
        self._stdout = stdout
        self._quiet = quiet
        self._colour = colour

    def error(self, error: CoworkError) -> None:
        """The `error:` line, then the `hint:` line."""
        self._line(f"{self._paint('error:', '31;1')} {sentence(one_line(error.message))}")
        if error.hint and not self._quiet:
            self._line(f"{self._paint('hint:', '36')} {one_line(error.hint)}")

    def note(self, message: str) -> None:
        """A line for people, without a label."""
        if not self._quiet:
            self._line(sentence(one_line(message)))

    def warning(self, error: CoworkError) -> None:
        """What failed while the rest went on."""
        self._line(f"{self._paint('warning:', '33')} {sentence(one_line(error.message))}")
        if error.hint and not self._quiet:
            self._line(f"{self._paint('hint:', '36')} {one_line(error.hint)}")

    def debug(self, message: str) -> None:
        """A line that only `--debug` asked for."""
        self._line(one_line(message))

    def prompt(self, message: str) -> None:
        """A question, the cursor left behind it."""
        self._write(sentence(message))

    def _paint(self, label: str, code: str) -> str:
        return f"\x1b[{code}m{label}\x1b[0m" if self._colour else label

    def _line(self, line: str) -> None:
        """One line; on a terminal that it does not fit in, several that break between words."""
        if len(line) > _SHORT and is_terminal(self._stderr):
            from cowork_cli.output.wrapping import columns_of, wrapped

            columns = columns_of(self._stderr)
            line = wrapped(line, columns) if columns else line
        self._write(line + "\n")

    def _write(self, message: str) -> None:
        try:
            self._stdout.flush()
            self._stderr.write(redact(message))
            self._stderr.flush()
        except (OSError, ValueError):
            pass  # nobody reads stderr any more: the exit code still tells


def wants_colour(stream: TextIO, env: Mapping[str, str], *, no_color: bool) -> bool:
    """Whether `stream` gets colour: no-color.org, force-color.org, `TERM=dumb`."""
    if no_color or env.get("NO_COLOR"):
        return False
    if env.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and env.get("TERM") != "dumb"


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees `stream`."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def write_crash_file(folder: Path, error: BaseException, command: str, version: str) -> Path | None:
    """Writes what a bug report needs, secrets redacted. None if not even that works."""
    import traceback
    from datetime import UTC, datetime

    # The real clock: a frozen one would give two crashes one name.
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    lines = [
        f"cowork {version}, Python {sys.version.split()[0]}, {sys.platform}",
        f"command: cowork {command}",
        "",
        *traceback.format_exception(error),
    ]
    path = folder / f"crash-{stamp}-{os.getpid()}.txt"
    try:
        from cowork_cli.paths import write_private

        write_private(path, redact("\n".join(lines)).encode(errors="replace"))
    except OSError:
        return None
    return path
