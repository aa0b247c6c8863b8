"""Long output on a terminal goes through `$PAGER`, else through `less` where there is one."""

import io
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO

_DEFAULT = ("less", "-FRX")  # ends where all fits, keeps colours, leaves the screen as it is


@contextmanager
def paged(stdout: TextIO, env: Mapping[str, str]) -> Iterator[TextIO]:
    """A stream for one document; at the end it is paged if the terminal `stdout` is too low for it."""
    words, height = _program(env), _height(stdout, env)
    if not words or height is None:
        yield stdout
        return
    kept = io.TextIOWrapper(io.BytesIO(), encoding=stdout.encoding, newline="\n")
    yield kept
    kept.flush()
    raw = kept.buffer
    assert isinstance(raw, io.BytesIO)
    content = raw.getvalue()
    if content.count(b"\n") < height or not _shown(words, content, _world(env, stdout.encoding)):
        stdout.write(content.decode(stdout.encoding))
        stdout.flush()


def _world(env: Mapping[str, str], encoding: str) -> dict[str, str]:
    """The variables of the pager. `less` goes by the locale, which may not be installed here."""
    if encoding.lower().replace("-", "") == "utf8":
        return {"LESSCHARSET": "utf-8", **env}
    return dict(env)


def _program(env: Mapping[str, str]) -> list[str]:
    """The pager's words; none where no pager is wanted (`PAGER=` or `cat`) or there is none."""
    chosen = env.get("PAGER")
    if chosen is None:
        return list(_DEFAULT) if shutil.which(_DEFAULT[0], path=env.get("PATH")) else []
    try:
        if os.name == "nt":  # the backslashes of a path escape nothing there
            words = [word.strip('"') for word in shlex.split(chosen, posix=False)]
        else:
            words = shlex.split(chosen)
    except ValueError:
        return []
    return [] if words == ["cat"] else words


def _height(stdout: TextIO, env: Mapping[str, str]) -> int | None:
    """The lines of the terminal; what it does not know itself may stand in `LINES`."""
    try:
        descriptor = stdout.fileno()
    except (OSError, ValueError, AttributeError):
        return None
    with suppress(OSError):
        if known := os.get_terminal_size(descriptor).lines:
            return known
    lines = env.get("LINES", "")
    return int(lines) if lines.isdigit() and int(lines) > 0 else None


def _shown(words: list[str], content: bytes, env: Mapping[str, str]) -> bool:
    """Shows `content` and waits for the person; False where the pager could not be started."""
    import subprocess

    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=env)
    except OSError:
        return False
    with suppress(BrokenPipeError):  # the person has seen enough
        assert pager.stdin is not None
        pager.stdin.write(content)
    with suppress(BrokenPipeError):
        assert pager.stdin is not None
        pager.stdin.close()
    while True:
        try:
            return pager.wait() not in (126, 127)
        except KeyboardInterrupt:  # meant for the pager, which is still there
            continue
