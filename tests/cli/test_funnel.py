"""The funnel: global flags, forms of output, and every way a command line can fail."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cowork

COMMAND = [sys.executable, "-m", "cowork_cli"]


def process(*words: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """The command as a real process."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        timeout=30,
        stdin=subprocess.DEVNULL,
        **options,
    )


def test_version_and_help() -> None:
    for words in (("--version",), ("-q", "--version")):
        assert process(*words).stdout.startswith("cowork 0.")
    for words in (
        (),
        ("--help",),
        ("-h",),
        ("track", "--help"),
        ("track",),
        ("track", "add", "-h"),
        ("help",),
    ):
        done = process(*words)
        assert done.returncode == 0, done.stderr
        assert "cowork" in done.stdout
        assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "says", "hint"),
    [
        (("plaec", "find", "x"), 'there is no command "plaec", did you mean "place"?', "cowork --help"),
        (("place", "fidn", "x"), 'there is no place command "fidn", did you mean "find"?', "cowork place --help"),
        (("place", "find", "--limt", "3", "x"), '`cowork place find` has no option "--limt"', "cowork place find --help"),
        (("place", "find"), "needs a QUERY", "cowork place find --help"),
        (("client", "show", "a", "b"), "b", "cowork client show --help"),
        (("--frobnicate", "place", "find", "x"), 'there is no global option "--frobnicate"', "cowork --help"),
        (("-o", "report.csv", "place", "find", "x"), '"report.csv" is not a form of output', "--out report.csv"),
        (("track", "add", "x", "--from"), "--from", "cowork track add --help"),
    ],
)  # fmt: skip
def test_usage_errors(
    cowork: Cowork, home: Path, words: tuple[str, ...], says: str, hint: str
) -> None:
    outcome = cowork(*words)
    assert outcome.code == 2
    assert outcome.out == ""
    error, remedy = outcome.err.splitlines()
    assert error.startswith("error: ")
    assert says in error
    assert remedy.startswith("hint: ")
    assert hint in remedy
    assert not home.exists(), "a usage error leaves no trace on disk"


def test_global_flags_stand_anywhere_before_two_dashes(acme: Cowork) -> None:
    for words in (
        ("--json", "track", "status"),
        ("track", "--json", "status"),
        ("track", "status", "--json"),
        ("-o", "json", "track", "status"),
        ("track", "status", "--output=json"),
    ):
        assert acme(*words).json["command"] == ["track", "status"]


def test_an_options_value_is_never_taken_for_a_flag(acme: Cowork) -> None:
    acme("start", "acme/site")
    outcome = acme("track", "stop", "--at", "now", "--note", "--json")
    assert outcome.code == 0
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00", "--", "--json")
    notes = [row["note"] for row in acme("track", "list", "--json").data]
    assert "--json" in notes


def test_the_envelope(acme: Cowork) -> None:
    document = acme("client", "show", "acme", "--json").json
    assert list(document) == [
        "cowork",
        "command",
        "status",
        "exit_code",
        "data",
        "truncated",
        "problems",
    ]
    assert document["command"] == ["client", "show"]
    assert (document["cowork"], document["status"], document["exit_code"]) == (1, "ok", 0)


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("client", "show", "nobody"), 5, "not-found"),
        (("stop",), 5, "not-found"),
        (("start", "acme/site", "--at", "25:00"), 2, "bad-input"),
        (("plaec",), 2, "usage"),
        (("client", "add", "acme", "--name", "x"), 6, "conflict"),
    ],
)
def test_the_envelope_holds_on_failure(
    acme: Cowork, words: tuple[str, ...], code: int, problem: str
) -> None:
    outcome = acme(*words, "--json")
    assert outcome.code == code
    document = outcome.json
    assert (document["status"], document["exit_code"], document["data"]) == ("error", code, None)
    (told,) = document["problems"]
    assert list(told) == ["code", "message", "hint", "account"]
    assert told["code"] == problem
    assert outcome.err.startswith(f"error: {told['message']}\n")


def test_plain_is_one_record_a_line_and_escaped(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "tab\there\\ and\nline", "--from", "9:00", "--to", "10:00")
    (line,) = acme("track", "list").out.splitlines()
    assert "tab\\there\\\\ and\\nline" in line.split("\t")


def test_csv_has_a_header(acme: Cowork) -> None:
    header, row = acme("client", "list", "-o", "csv").out.splitlines()
    assert header.startswith("ID,Name,")
    assert row.startswith("acme,ACME GmbH,")


def test_an_empty_list_is_a_sentence_and_no_failure(acme: Cowork) -> None:
    assert acme("invoice", "list").out == ""
    assert "No invoices" in acme("invoice", "list").err
    assert acme("invoice", "list", "-q").err == ""
    assert "No invoices" in acme("invoice", "list", terminal=True).out


def test_colour_follows_the_environment(acme: Cowork) -> None:
    words = ("client", "list")
    assert "\x1b[" in acme(*words, terminal=True, env={"TERM": "xterm"}).out
    assert "\x1b[" not in acme(*words, terminal=True, env={"TERM": "xterm", "NO_COLOR": "1"}).out
    assert "\x1b[" not in acme(*words, "--no-color", terminal=True, env={"TERM": "xterm"}).out
    assert "\x1b[" not in acme(*words, terminal=True, env={"TERM": "dumb"}).out
    assert "\x1b[" in acme(*words, "-o", "table", env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in acme(*words).out


def test_control_characters_of_a_name_do_not_steer_the_terminal(acme: Cowork) -> None:
    outcome = acme("start", "acme/\x1b[31msite")
    assert outcome.code == 5
    assert "\x1b[31m" not in outcome.err


def test_the_output_setting_and_variable(acme: Cowork) -> None:
    assert acme("client", "list", env={"COWORK_OUTPUT": "json"}).json["status"] == "ok"
    assert acme("client", "list", env={"COWORK_OUTPUT": "xml"}).code == 2
    acme("config", "set", "output", "json")
    assert acme("client", "list").json["status"] == "ok"
    assert acme("client", "list", "-o", "plain").out.startswith("acme\t")


@pytest.mark.parametrize("now", ["tomorrow", "2026-11-25", "2026-11-25T18:00:00"])
def test_a_frozen_clock_must_be_an_instant(cowork: Cowork, now: str) -> None:
    outcome = cowork("status", env={"COWORK_NOW": now})
    assert outcome.code == 2
    assert "COWORK_NOW" in outcome.err


def test_a_bug_leaves_a_crash_file_and_no_traceback(
    acme: Cowork, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cowork_cli.services.hours import reports

    def broken(*_: object) -> None:
        raise ZeroDivisionError("with token=geheim123 in it")

    monkeypatch.setattr(reports, "unbilled", broken)
    monkeypatch.setenv("COWORK_HAFEN_TOKEN", "sesame-open")
    outcome = acme("report", "unbilled", "--json")
    assert outcome.code == 70
    assert "Traceback" not in outcome.err
    (file,) = (home / "state").glob("crash-*.txt")
    assert str(file) in outcome.err
    assert outcome.json["problems"][0]["code"] == "bug"
    content = file.read_text()
    assert "ZeroDivisionError" in content
    assert "geheim123" not in content
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_closed_pipe_ends_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*COMMAND, "place", "find", "Neustadt"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        timeout=30,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_stdout() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "place", "find", "Berlin"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("error: the disk is full")
    assert len(done.stderr.splitlines()) == 2


def test_ctrl_c_at_a_question_changes_nothing(acme: Cowork, home: Path) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00")
    pid, terminal = pty.fork()
    if pid == 0:  # the child: a process on a terminal of its own
        # A suite that runs in the background was told to ignore it, and would hand that down.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.executable, [*COMMAND, "track", "remove", "-1"])
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(terminal, 1024)
    os.kill(pid, signal.SIGINT)
    code, rest = _told_until_the_end(pid, terminal)
    assert code == 130
    assert b"interrupted" in rest
    assert b"Traceback" not in shown + rest
    assert len(acme("track", "list", "--json").data) == 1


def _told_until_the_end(pid: int, terminal: int) -> tuple[int, bytes]:
    """Exit code of a process on a terminal, and what it wrote; after 20 s without a word it is killed."""
    shown = b""
    try:
        while select.select([terminal], [], [], 20)[0]:
            if not (chunk := os.read(terminal, 1024)):
                break
            shown += chunk
        else:
            os.kill(pid, signal.SIGKILL)
    except OSError:
        pass  # Linux says EIO when the other side of a terminal is gone
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown


def test_ctrl_c_before_readline_waits_is_not_lost(acme: Cowork) -> None:
    """The signal comes from C, after the question was shown and before readline waits for a key."""
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00")
    pressed = (
        "import ctypes, functools, os, readline, signal, sys\n"
        "kill = ctypes.PyDLL(None).kill\n"
        "readline.set_pre_input_hook(functools.partial(kill, os.getpid(), int(signal.SIGINT)))\n"
        "from cowork_cli.main import main\n"
        "sys.argv = ['cowork', 'track', 'remove', '-1']\n"
        "main()\n"
    )
    pid, terminal = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, "-c", pressed])
    code, shown = _told_until_the_end(pid, terminal)
    assert (code, b"[y/N]" in shown, b"interrupted" in shown) == (130, True, True), shown
    assert len(acme("track", "list", "--json").data) == 1


def test_debug_shows_the_traceback_of_a_bug_only(acme: Cowork) -> None:
    outcome = acme("client", "show", "nobody", "--debug")
    assert "Traceback" not in outcome.err


def test_json_of_every_process_is_one_document(acme: Cowork) -> None:
    for words in (
        ("client", "list"),
        ("status",),
        ("history",),
        ("config", "list"),
        ("place", "find", "Bonn"),
    ):
        done = process(*words, "--json")
        assert json.loads(done.stdout)["status"] == "ok", done.stderr


@pytest.mark.file_store(reason="the prompt reads the file")
def test_prompt(acme: Cowork, home: Path) -> None:
    assert process("prompt").stdout == ""
    acme("start", "acme/site", "Konzept", "--at", "16:25")
    assert process("prompt").stdout == "acme/site 1:35\n"
    assert process("prompt", "{client} {note} {elapsed}").stdout == "acme Konzept 1:35\n"
    assert acme("prompt", "--json").code == 0


@pytest.mark.parametrize("content", [b"", b"no store", None])
def test_prompt_never_fails(home: Path, content: bytes | None) -> None:
    (home / "data").mkdir(parents=True)
    store = home / "data" / "cowork.db"
    if content is None:
        store.mkdir()
    else:
        store.write_bytes(content)
    done = process("prompt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert content is None or store.read_bytes() == content


def test_a_store_that_was_never_there_is_not_made_by_prompt(home: Path) -> None:
    process("prompt")
    assert not home.exists()


@pytest.mark.file_store(reason="the prompt reads the file")
def test_a_prompt_keeps_its_colours_and_cleans_its_values(acme: Cowork) -> None:
    acme("start", "acme/site", "odd\x1b[31mnote", "--at", "17:00")
    done = process("prompt", "\x1b[32m{note}\x1b[0m")
    assert done.stdout == "\x1b[32modd [31mnote\x1b[0m\n"
