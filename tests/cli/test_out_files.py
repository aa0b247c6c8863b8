"""`--out` of every command: the same words, whole files, nothing replaced in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cowork_cli import out_files
from tests.conftest import Cowork, Outcome

ROOT = Path(__file__).resolve().parents[2]
LATER = {"COWORK_NOW": "2027-01-20T12:00:00+01:00"}
PDF = ("invoice", "export", "2026-0001")
COMMANDS = {
    "invoice export": PDF,
    "invoice remind": ("invoice", "remind", "2026-0001"),
    "invoice mail": ("invoice", "mail", "2026-0001"),
    "track export": ("track", "export"),
    "space export": ("space", "export"),
}
EVERY = pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
BINARY = pytest.mark.parametrize(
    ("words", "natural"),
    [
        (PDF, "2026-0001.pdf"),
        (COMMANDS["invoice remind"], "2026-0001-reminder-1.pdf"),
        (COMMANDS["invoice mail"], "2026-0001.eml"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)


@pytest.fixture
def desk(acme: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    """An overdue invoice, some hours and a space; commands are run in an empty folder."""
    for words in (
        ("track", "add", "acme/site", "--from", "9:00", "--to", "10:00"),
        ("space", "add", "Dorf", "--city", "Lübeck"),
        ("invoice", "draft", "acme", "--empty", "--in", "2026-11"),
        ("invoice", "line", "draft-1", "--text", "X", "--price", "10"),
        ("invoice", "issue", "draft-1"),
    ):
        done = acme(*words)
        assert done.code == 0, str(done)
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, value in LATER.items():
        monkeypatch.setenv(name, value)
    return acme


def refused(outcome: Outcome, code: int, says: str) -> None:
    assert (outcome.code, outcome.out) == (code, ""), str(outcome)
    assert says in outcome.err
    assert "hint:" in outcome.err


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


@EVERY
def test_a_file_is_whole_private_and_alone(desk: Cowork, words: tuple[str, ...]) -> None:
    outcome = desk(*words, "--out", "x")
    assert outcome.code == 0, str(outcome)
    assert files() == ["x"], "no part is left"
    assert Path("x").stat().st_mode & 0o777 == 0o600
    assert Path("x").read_bytes()
    assert "Wrote" in outcome.err
    assert " x" in outcome.err


@EVERY
def test_what_lies_there_stays_unless_forced(desk: Cowork, words: tuple[str, ...]) -> None:
    Path("x").write_text("mine")
    Path("x").chmod(0o644)
    refused(desk(*words, "--out", "x"), 6, "there is a file x already")
    assert (files(), Path("x").read_text()) == (["x"], "mine")
    assert desk(*words, "--out", "x", "--force").code == 0
    assert b"mine" not in Path("x").read_bytes()
    assert Path("x").stat().st_mode & 0o777 == 0o644, "the mode that was chosen stays"
    written = Path("x").read_bytes()
    assert desk(*words, "--out", "x").code == 0, "the same bytes again are no harm"
    assert Path("x").read_bytes() == written


@EVERY
def test_places_that_cannot_be(desk: Cowork, words: tuple[str, ...]) -> None:
    Path("folder").mkdir()
    refused(desk(*words, "--out", "no/x"), 2, "there is no folder no")
    refused(desk(*words, "--out", "folder"), 2, "folder is a folder")
    refused(desk(*words, "--out", "folder", "--force"), 2, "folder is a folder")
    refused(desk(*words, "--out", "y" * 300), 2, "the name is too long")
    refused(desk(*words, "--out", ""), 2, "names no file")
    assert files() == ["folder"]


@pytest.mark.parametrize("verb", ["remind", "mail"])
def test_a_dry_run_looks_at_the_place_too(desk: Cowork, verb: str) -> None:
    words = ("invoice", verb, "2026-0001", "--dry-run")
    Path("x").write_text("mine")
    refused(desk(*words, "--out", "x"), 6, "there is a file x already")
    refused(desk(*words, "--out", "no/x"), 2, "there is no folder no")
    for more in (("--out", "x", "--force"), ("--out", "y"), ()):
        assert desk(*words, *more).code == 0
    assert (files(), Path("x").read_text()) == (["x"], "mine")


@EVERY
def test_the_home_a_link_and_a_long_name(
    desk: Cowork, words: tuple[str, ...], tmp_path: Path
) -> None:
    assert desk(*words, "--out", "~/x", env={"HOME": str(tmp_path)}).code == 0
    content = (tmp_path / "x").read_bytes()
    Path("link").symlink_to(tmp_path / "target")
    assert desk(*words, "--out", "link").code == 0
    assert Path("link").is_symlink()
    assert (tmp_path / "target").read_bytes() == content
    longest = "n" * 255
    assert desk(*words, "--out", longest).code == 0
    assert Path(longest).read_bytes() == content


@EVERY
def test_stdout_is_asked_for_by_a_dash_and_is_no_json(
    desk: Cowork, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk(*words, "--out", "x").code == 0
    done = subprocess.run(
        [sys.executable, "-m", "cowork_cli", *words, "--out", "-"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout == Path("x").read_bytes()
    assert b"Wrote" not in done.stderr
    refused_json = desk(*words, "--json")
    assert (refused_json.code, refused_json.json["status"]) == (2, "error")
    for env in ({"COWORK_OUTPUT": "json"}, {}):
        if not env:
            assert desk("config", "set", "output", "json").code == 0
        outcome = desk(*words, env=env)
        assert outcome.code == 2
        assert outcome.json["problems"][0]["hint"] == "give `--out FILE`"
    assert desk(*words, "--out", "y").json["exit_code"] == 0
    assert files() == ["x", "y"]


@BINARY
def test_a_terminal_gets_a_file_and_no_binary(
    desk: Cowork, words: tuple[str, ...], natural: str
) -> None:
    refused(desk(*words, "--out", "-", terminal=True), 2, "a terminal cannot show")
    outcome = desk(*words, terminal=True, env={"NO_COLOR": "1"})
    assert outcome.code == 0, str(outcome)
    assert "%PDF" not in outcome.out
    assert "X-Unsent" not in outcome.out
    assert f"Wrote {natural}" in outcome.err
    assert files() == [natural]
    Path(natural).write_text("mine")
    refused(desk(*words, terminal=True), 6, "already")


def test_text_may_go_to_a_terminal(desk: Cowork) -> None:
    assert desk("track", "export", terminal=True).out.startswith("from,to,")
    assert desk(*PDF, "--format", "cii", terminal=True).out.startswith("<?xml")
    assert desk(*PDF, "--format", "json", terminal=True).out.startswith("{")
    assert files() == []


@EVERY
def test_a_full_disk_leaves_nothing(desk: Cowork, words: tuple[str, ...], tmp_path: Path) -> None:
    """A limit on the size of files is what a process can have of a full disk."""
    assert desk(*words, "--out", str(tmp_path / "whole")).code == 0
    size = (tmp_path / "whole").stat().st_size

    def limit() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    code = (
        "import sys, resource; from cowork_cli import main, out_files; real = out_files.write_out\n"
        "def small(*a, **k):\n"
        f"    resource.setrlimit(resource.RLIMIT_FSIZE, ({size - 1}, -1)); real(*a, **k)\n"
        "from cowork_cli.commands import _out; _out.write_out = small\n"
        "sys.exit(main.run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--out", "x"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=limit, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert done.stderr.startswith("error: the disk is full: x was not written\nhint: ")
    assert files() == []


@EVERY
def test_a_pipe_that_nobody_reads_any_more(desk: Cowork, words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cowork_cli", *words, "--out", f"/dev/fd/{writer}"],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, pass_fds=(writer,),
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr


@EVERY
def test_a_device_is_written_and_not_replaced(desk: Cowork, words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cowork_cli", *words, "--out", "/dev/stdout"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert desk(*words, "--out", "x").code == 0
    assert Path("x").read_bytes() in done.stdout
    assert Path("/dev/null").is_char_device()
    assert desk(*words, "--out", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


def test_what_the_system_refuses_else_has_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from cowork_cli.errors import Failed

    def read_only(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(out_files.os, "open", read_only)
    with pytest.raises(Failed, match=r"cannot write .*/x: read-only file system"):
        out_files.write_out(tmp_path / "x", b"content")


def test_timewarrior_s_months_are_all_new_or_none(desk: Cowork) -> None:
    done = desk("track", "add", "acme/site", "--on", "2026-10-02", "--from", "9:00", "--to", "9:30")
    assert done.code == 0, str(done)
    Path("data").mkdir()
    Path("data/2027-01.data").write_text("mine")
    words = ("track", "export", "--format", "timewarrior", "--out", "data")
    done = desk("track", "add", "acme/site", "--from", "9:00", "--to", "9:30")
    refused(desk(*words), 6, "there is a file data/2027-01.data already")
    assert [path.name for path in Path("data").iterdir()] == ["2027-01.data"]
    assert desk(*words, "--force").code == 0
    assert len(list(Path("data").iterdir())) == 3
    assert desk(*words).code == 0


def test_a_letter_is_kept_with_its_invoice(desk: Cowork) -> None:
    words = COMMANDS["invoice remind"]
    assert desk(*words, "--out", "1.pdf").code == 0
    assert desk("config", "set", "seller.name", "Somebody Else").code == 0
    assert desk(*words, "--out", "2.pdf").code == 0
    assert Path("1.pdf").read_bytes() == Path("2.pdf").read_bytes()
    assert desk("undo").code == 0
    assert desk("redo").code == 0
    assert desk(*words, "--out", "3.pdf").code == 0
    assert Path("1.pdf").read_bytes() == Path("3.pdf").read_bytes()
    assert desk("data", "verify").code == 0
    assert desk("invoice", "pay", "2026-0001", "--amount", "1").code == 0
    assert desk(*words, "--out", "4.pdf").code == 0, "other figures, another letter"
    assert Path("1.pdf").read_bytes() != Path("4.pdf").read_bytes()
    assert desk(*words, "--out", "1.pdf").code == 0, "a letter that is kept may be replaced"


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_letter_from_before_letters_were_kept(desk: Cowork, home: Path) -> None:
    import sqlite3

    assert desk(*COMMANDS["invoice remind"], "--out", "1.pdf").code == 0
    raw = sqlite3.connect(home / "data" / "cowork.db")
    raw.executescript("UPDATE reminders SET letter = NULL")
    raw.close()
    outcome = desk(*COMMANDS["invoice remind"], "--out", "2.pdf")
    assert outcome.code == 0, str(outcome)
    assert Path("1.pdf").read_bytes() == Path("2.pdf").read_bytes(), "the same settings"
    assert desk("data", "verify").code == 0


@pytest.mark.file_store(reason="the store is one of the files that are kept")
def test_the_program_s_own_files_are_no_place_even_by_force(desk: Cowork, home: Path) -> None:
    Path("link").symlink_to(home / "data/cowork.db")
    Path("door").symlink_to(home / "config", target_is_directory=True)
    backup = Path(desk("data", "backup", "--json").data["file"])
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    places = (home / "data/cowork.db", home / "data/cowork.db-wal", backup,
              home / "data/invoices/2026-0001.pdf", home / "config/config.toml", home / "state/secrets.toml",
              home / "config/../data/COWORK.DB", Path("link"), Path("door/settings.toml"))  # fmt: skip
    for place in places:
        told = f"error: {place} is among the files of cowork itself\nhint: give a file elsewhere\n"
        done = desk("space", "export", "--out", str(place), "--force")
        assert (done.code, done.err) == (2, told), place
    for words in (
        ("books", "export", "--out"),
        ("track", "export", "--format", "timewarrior", "--out"),
    ):
        refused(desk(*words, str(home / "data/backups")), 2, "is among the files of cowork itself")
    after = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    assert {file.name for file in after if after[file] != before.get(file)} <= {"cowork.db-shm"}
    for place in ("x.csv", "data/x.csv", "data/backups/x.csv", "data/invoices/x.csv"):
        for _ in ("new", "again"):  # what a person has put there is theirs
            assert desk("space", "export", "--out", str(home / place), "--force").code == 0
