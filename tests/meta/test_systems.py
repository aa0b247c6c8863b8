"""Linux, macOS and Windows: no call without its twin. Where the machine is missing, it is faked."""

import ast
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cowork_cli import locking, main, out_files
from cowork_cli.commands import _open
from cowork_cli.errors import Failed, StoreBusy, Unsupported
from cowork_cli.output import pager
from cowork_cli.services.bookings import schedule

ROOT = Path(main.__file__).parent
# What Windows does not have, or has under another name.
MODULES = {
    "fcntl",
    "termios",
    "tty",
    "pty",
    "pwd",
    "grp",
    "resource",
    "readline",
    "curses",
    "syslog",
}
NAMES = {
    "os": {"fork", "forkpty", "getuid", "geteuid", "getgid", "chown", "fchown", "fchmod", "killpg", "setsid",
           "getpgid", "mkfifo", "statvfs", "sync", "uname", "wait", "nice", "O_CLOEXEC", "O_NOFOLLOW",
           "O_DIRECTORY", "O_SYNC", "WEXITSTATUS"},
    "signal": {"SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGWINCH", "SIGTSTP", "SIGUSR1", "alarm", "setitimer"},
    "select": {"poll", "epoll", "kqueue"},
    "time": {"tzset"},
    "socket": {"AF_UNIX"},
}  # fmt: skip


def without_twin(tree: ast.AST) -> Iterator[str]:
    """Calls of one system alone, in functions that do not ask which system this is."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        text = ast.unparse(function)
        if any(asks in text for asks in ("os.name", "sys.platform", "suppress(ImportError)")):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import) and (
                found := MODULES & {one.name for one in node.names}
            ):
                yield f"{function.name}: {', '.join(found)}"
            named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            if named and node.attr in NAMES.get(node.value.id, ()):
                yield f"{function.name}: {ast.unparse(node)}"


def at_the_top(tree: ast.Module) -> set[str]:
    """Modules of one system that are imported whatever the system is."""
    return {
        one.name
        for node in tree.body
        if isinstance(node, ast.Import)
        for one in node.names
        if one.name in MODULES
    }


def test_no_call_of_one_system_is_without_its_twin() -> None:
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert list(without_twin(tree)) == [], path
        assert at_the_top(tree) == set(), path


def test_the_check_finds_a_call_without_twin() -> None:
    wrong = ast.parse("import pwd\ndef who():\n    return os.getuid()\n")
    assert list(without_twin(wrong)) == ["who: os.getuid"]
    assert at_the_top(wrong) == {"pwd"}
    right = ast.parse("def who():\n    return os.getuid() if os.name != 'nt' else 0\n")
    assert list(without_twin(right)) == []


def test_a_text_file_is_opened_with_its_encoding_said() -> None:
    """Windows would take another one."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = {one.arg for one in node.keywords}
                if node.func.attr in ("read_text", "write_text"):
                    assert "encoding" in named or node.args, f"{path}:{node.lineno}"


class Windows:
    """`os` as a module sees it on Windows; what is not named here is the real one."""

    name = "nt"

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


@pytest.mark.parametrize(
    ("raised", "expected"), [(None, None), (OSError(36, "deadlock"), StoreBusy)]
)
def test_the_lock_on_windows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, raised: Any, expected: Any
) -> None:
    asked: list[tuple[int, int]] = []

    def locking_of_windows(_: int, mode: int, size: int) -> None:
        asked.append((mode, size))
        if raised:
            raise raised

    monkeypatch.setattr(locking, "os", Windows())
    fake = SimpleNamespace(locking=locking_of_windows, LK_LOCK=1, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    if expected:
        with pytest.raises(expected), locking.locked(tmp_path / "lock"):
            pass
    else:
        with locking.locked(tmp_path / "lock"):
            pass
    with locking.tried(tmp_path / "lock") as held:
        assert held is (raised is None)
    assert asked == [(1, 1), (2, 1)]


def test_a_document_is_written_byte_by_byte(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    flags: list[int] = []
    real = os.open

    def noted(path: Any, wanted: int, mode: int) -> int:
        flags.append(wanted)
        return real(path, wanted & ~(1 << 30), mode)

    monkeypatch.setattr(out_files, "_BINARY", 1 << 30)
    monkeypatch.setattr(out_files.os, "open", noted)
    out_files.write_out(tmp_path / "a.pdf", b"one\ntwo\n")
    assert flags
    assert all(each & (1 << 30) for each in flags)
    assert (tmp_path / "a.pdf").read_bytes() == b"one\ntwo\n"


def test_a_file_is_opened_by_windows_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    _open.open_file(SimpleNamespace(env={}), tmp_path)  # type: ignore[arg-type]
    assert opened == [tmp_path]

    def refused(_: Path) -> None:
        raise OSError(1155, "no application")

    monkeypatch.setattr(os, "startfile", refused)
    with pytest.raises(Failed, match="Windows could not open"):
        _open.open_file(SimpleNamespace(env={}), tmp_path)  # type: ignore[arg-type]


def test_a_file_is_opened_by_open_on_a_mac(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "open").write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/seen\n')
    (tmp_path / "open").chmod(0o755)
    monkeypatch.setattr(sys, "platform", "darwin")
    _open.open_file(SimpleNamespace(env={"PATH": str(tmp_path)}), tmp_path)  # type: ignore[arg-type]
    assert (tmp_path / "seen").read_text().strip() == str(tmp_path)


def test_what_books_in_the_background_on_windows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "os", Windows())
    monkeypatch.setattr(schedule.shutil, "which", lambda _: None)
    with pytest.raises(Unsupported) as caught:
        schedule._by_cron({}, remove=False)
    assert "schtasks /create /sc minute" in str(caught.value.hint)


def test_a_pager_with_a_path_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pager, "os", Windows())
    chosen = {"PAGER": r'"C:\Program Files\less.exe" -R'}
    assert pager._program(chosen) == [r"C:\Program Files\less.exe", "-R"]


@pytest.mark.parametrize(
    ("encoding", "chosen", "terminal", "expected"),
    [
        ("cp1252", "", False, "Łódź €".encode()),
        ("ascii", "", False, "Łódź €".encode()),
        ("cp1252", "", True, b"\\u0141\xf3d\\u017a \x80"),
        ("cp1252", "cp1252", False, b"\\u0141\xf3d\\u017a \x80"),
        ("utf-8", "", True, "Łódź €".encode()),
        ("UTF-16-LE", "", False, "Łódź €".encode("utf-16-le")),
    ],
)
def test_a_letter_that_a_stream_lacks(
    monkeypatch: pytest.MonkeyPatch, encoding: str, chosen: str, terminal: bool, expected: bytes
) -> None:
    class Stream(io.TextIOWrapper):
        def isatty(self) -> bool:
            return terminal

    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    raw = io.BytesIO()
    stream = Stream(raw, encoding=encoding)
    main._hold_every_letter(stream)
    stream.write("Łódź €")
    stream.flush()
    assert raw.getvalue() == expected


@pytest.mark.parametrize(
    ("encoding", "chosen"), [("utf-8", ""), ("utf-8", "utf-8"), ("cp1252", "")]
)
def test_the_name_of_a_file_goes_out_as_the_bytes_it_is(
    monkeypatch: pytest.MonkeyPatch, encoding: str, chosen: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    main._hold_every_letter(stream)
    stream.write(os.fsdecode(b"/home/a\xff\xc3\xa9"))
    stream.flush()
    assert raw.getvalue() == b"/home/a\xff\xc3\xa9"


def test_json_is_utf_8_wherever_the_home_lies(cowork: Any, home: Path) -> None:
    shown = cowork(
        "data", "path", "--json", env={"COWORK_HOME": os.fsdecode(os.fsencode(home) + b"\xff")}
    )
    assert shown.out.encode()  # the bytes are spelled, none is written
    assert shown.data["state"] == f"{home}\udcff/state"


def test_a_name_goes_through_a_pipe_of_another_encoding(cowork: Any) -> None:
    assert cowork("client", "add", "lodz", "--name", "Łódź").code == 0
    done = subprocess.run(
        [sys.executable, "-m", "cowork_cli", "client", "list"],
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert rb"\u0141" in done.stdout
