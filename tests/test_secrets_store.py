"""Where secrets are looked for and kept. The keyring is one of memory, never the machine's own."""

import os
import pickle
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from cowork_cli.errors import ConfigError, CoworkError, LoginRequired
from cowork_cli.secrets_store import (
    SESSION,
    Found,
    Secret,
    env_name,
    find_secret,
    get_secret,
    remove_secrets,
    store_secret,
)
from tests.conftest import Cowork

TEXT = "hunter2-größe\"'=#"


class MemoryKeyring(KeyringBackend):
    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.locked = False

    def _open(self) -> None:
        self.asked += 1
        if self.locked:
            raise KeyringLocked(f"cannot unlock for {TEXT}")

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    ring = MemoryKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", ring)
    assert keyring.get_keyring() is ring
    yield ring


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def prints(*lines: str, status: int = 0) -> str:
    """A token_command: this Python, printing lines."""
    text = "".join(line + "\n" for line in lines)
    code = f"import sys; sys.stdout.write({text!r}); sys.exit({status})"
    return shlex.join([sys.executable, "-c", code])


def find(state: Path, **more: object) -> Found | None:
    given: dict[str, object] = {"environ": {}, "state": state}
    return find_secret("hafen-west", "token", **(given | more))  # type: ignore[arg-type]


def shown(error: CoworkError) -> str:
    return f"{error.message} {error.hint} {error!r} {error.__cause__!r}"


# The secret itself ───────────────────────────────────────────────────────────────────────────────


def test_a_secret_masks_itself() -> None:
    secret = Secret(TEXT)
    found = Found(secret, "file")
    for text in (
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret:>40}",
        repr(found),
    ):
        assert TEXT not in text
        assert "***" in text
    assert secret.reveal() == TEXT
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_secrets_are_compared_by_their_text() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("ä") != Secret("a")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


# The order ───────────────────────────────────────────────────────────────────────────────────────


def test_the_name_in_the_environment() -> None:
    assert env_name("hafen-west", "token") == "COWORK_HAFEN_WEST_TOKEN"
    assert env_name("a", "client_secret") == "COWORK_A_CLIENT_SECRET"
    assert env_name("a", "password") == "COWORK_A_PASSWORD"


def test_the_order_of_places(state: Path, ring: MemoryKeyring) -> None:
    store_secret("hafen-west", "token", Secret("of the file"), state=state, place="file")
    assert find(state) == Found(Secret("of the file"), "file")
    store_secret("hafen-west", "token", Secret("of the ring"), state=state, place="keyring")
    assert find(state) == Found(Secret("of the ring"), "keyring")
    command = prints("of the command", "second line")
    assert find(state, token_command=command) == Found(Secret("of the command"), "token_command")
    environ = {"COWORK_HAFEN_WEST_TOKEN": "of the environment"}
    found = find(state, token_command="does-not-exist", environ=environ)
    assert found == Found(Secret("of the environment"), "environment")


def test_an_empty_variable_counts_as_unset(state: Path) -> None:
    assert find(state, environ={"COWORK_HAFEN_WEST_TOKEN": ""}) is None


def test_another_kind_of_secret_is_none(state: Path) -> None:
    assert find(state, environ={"COWORK_HAFEN_WEST_PASSWORD": "x"}) is None


def test_no_secret_asks_for_a_login(state: Path) -> None:
    with pytest.raises(LoginRequired) as info:
        get_secret("hafen-west", "token", environ={}, state=state)
    assert "cowork account login hafen-west" in (info.value.hint or "")
    assert "COWORK_HAFEN_WEST_TOKEN" in (info.value.hint or "")
    assert info.value.account == "hafen-west"


def test_a_session_is_read_only_where_a_login_stored_it(state: Path) -> None:
    environ = {"COWORK_HAFEN_SESSION": "x"}
    command = prints("x")

    def session() -> Found | None:
        return find_secret("hafen", SESSION, environ=environ, state=state, token_command=command)

    assert session() is None
    store_secret("hafen", SESSION, Secret("won"), state=state, place="file")
    assert session() == Found(Secret("won"), "file")


# token_command ───────────────────────────────────────────────────────────────────────────────────


def test_the_command_may_end_its_line_in_any_way(state: Path) -> None:
    found = find(state, token_command=prints("tok en \r"))
    assert found == Found(Secret("tok en"), "token_command")


@pytest.mark.parametrize("command", ["does-not-exist-anywhere", "'unclosed", " "])
def test_a_command_that_cannot_be_run(state: Path, command: str) -> None:
    if not command.strip():
        command = "''"
    with pytest.raises(ConfigError) as info:
        find(state, token_command=command)
    assert 'token_command of account "hafen-west" cannot be run' in info.value.message


def test_a_command_that_fails_does_not_show_what_it_printed(state: Path) -> None:
    with pytest.raises(ConfigError) as info:
        find(state, token_command=prints(TEXT, status=3))
    assert "exit status 3" in info.value.message
    assert "hunter2" not in shown(info.value)


def test_a_command_that_prints_nothing(state: Path) -> None:
    for command in (prints(), prints("", "second")):
        with pytest.raises(LoginRequired):
            find(state, token_command=command)


@pytest.mark.skipif(os.name == "nt", reason="no sh")
def test_a_command_that_hangs_is_left_behind_with_its_children(state: Path, tmp_path: Path) -> None:
    """It would wait for ever: nobody writes into its pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    try:
        with pytest.raises(ConfigError) as info:
            find(state, token_command=f"sh -c 'cat {pipe}; echo x'", timeout_s=0.1)
        assert "within 0.1 s" in info.value.message
    finally:
        with suppress(OSError):  # who still waits there can go
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))


def test_the_command_does_not_eat_our_standard_input(state: Path) -> None:
    code = "import sys; print('got' + sys.stdin.read())"
    found = find(state, token_command=shlex.join([sys.executable, "-c", code]))
    assert found == Found(Secret("got"), "token_command")


# keyring ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_keyring_is_not_asked_unless_something_was_stored_there(
    state: Path, ring: MemoryKeyring
) -> None:
    ring.kept["cowork", "hafen-west/token"] = "of somebody else"
    assert find(state) is None
    assert ring.asked == 0


def test_what_the_keyring_has_lost_is_no_secret(state: Path, ring: MemoryKeyring) -> None:
    store_secret("hafen-west", "token", Secret(TEXT), state=state, place="keyring")
    ring.kept.clear()
    assert find(state) is None


def test_a_keyring_that_keeps_nothing_is_none(state: Path, ring: MemoryKeyring) -> None:
    """The backend called null takes every secret, says nothing, and gives none back."""
    ring.set_password = lambda *words: None  # type: ignore[method-assign]
    with pytest.raises(ConfigError, match="keyring") as info:
        store_secret("hafen-west", "token", Secret(TEXT), state=state, place="keyring")
    assert TEXT not in f"{info.value.message}{info.value.hint}"
    assert find(state) is None
    assert not (state / "keyring.txt").exists()


def test_a_locked_keyring_is_said_without_its_words(state: Path, ring: MemoryKeyring) -> None:
    store_secret("hafen-west", "token", Secret(TEXT), state=state, place="keyring")
    ring.locked = True
    for call in (
        lambda: find(state),
        lambda: store_secret("b", "token", Secret(TEXT), state=state, place="keyring"),
    ):
        with pytest.raises(ConfigError) as info:
            call()
        assert "keyring" in info.value.message
        assert "hunter2" not in shown(info.value)
    assert find_secret("b", "token", environ={}, state=state) is None


def test_a_secret_is_in_one_place_only(state: Path, ring: MemoryKeyring) -> None:
    store_secret("hafen-west", "token", Secret("1"), state=state, place="file")
    store_secret("hafen-west", "token", Secret("2"), state=state, place="keyring")
    assert not (state / "secrets.toml").exists()
    store_secret("hafen-west", "token", Secret("3"), state=state, place="file")
    assert ring.kept == {}
    assert find(state) == Found(Secret("3"), "file")


def test_the_marks_hold_no_secret(state: Path, ring: MemoryKeyring) -> None:
    store_secret("hafen-west", "token", Secret(TEXT), state=state, place="keyring")
    for file in state.iterdir():
        assert "hunter2" not in file.read_text(encoding="utf-8")


# secrets.toml ────────────────────────────────────────────────────────────────────────────────────


def test_the_file_is_private_and_survives_any_text(state: Path) -> None:
    for account, text in {"a": TEXT, "b": "line\nbreak\x7f", "c": "x" * 5000}.items():
        store_secret(account, "password", Secret(text), state=state, place="file")
        found = find_secret(account, "password", environ={}, state=state)
        assert found == Found(Secret(text), "file")
    if os.name != "nt":
        assert (state / "secrets.toml").stat().st_mode & 0o777 == 0o600
        assert state.stat().st_mode & 0o777 == 0o700
    assert sorted(file.name for file in state.iterdir()) == [".secrets.lock", "secrets.toml"]


@pytest.mark.parametrize(
    "content", [b"not toml =", b"\xff\xfe", b"hafen-west = 'x'", b"[a]\ntoken = 7"]
)
def test_a_damaged_file_is_named_and_not_quoted(state: Path, content: bytes) -> None:
    state.mkdir()
    file = state / "secrets.toml"
    file.write_bytes(content)
    file.chmod(0o600)
    for call in (
        lambda: find(state),
        lambda: store_secret("b", "token", Secret("x"), state=state, place="file"),
        lambda: remove_secrets("b", state=state),
    ):
        with pytest.raises(ConfigError) as info:
            call()
        assert str(file) in info.value.message
    assert file.read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_a_file_that_others_can_read_is_refused(state: Path) -> None:
    store_secret("hafen-west", "token", Secret(TEXT), state=state, place="file")
    (state / "secrets.toml").chmod(0o644)
    with pytest.raises(ConfigError) as info:
        find(state)
    assert "chmod 600" in (info.value.hint or "")


def test_a_folder_in_the_place_of_the_file(state: Path) -> None:
    (state / "secrets.toml").mkdir(parents=True)
    with pytest.raises(ConfigError):
        find(state)


# Forgetting ──────────────────────────────────────────────────────────────────────────────────────


def test_forgetting_takes_out_everything_of_one_account(state: Path, ring: MemoryKeyring) -> None:
    store_secret("a", "password", Secret("1"), state=state, place="keyring")
    store_secret("a", SESSION, Secret("2"), state=state, place="file")
    store_secret("b", "token", Secret("3"), state=state, place="file")
    assert remove_secrets("a", state=state) == ("keyring", "file")
    assert remove_secrets("a", state=state) == ()
    assert ring.kept == {}
    assert find_secret("a", "password", environ={}, state=state) is None
    assert find_secret("b", "token", environ={}, state=state) == Found(Secret("3"), "file")
    remove_secrets("b", state=state)
    assert [file.name for file in state.iterdir()] == [".secrets.lock"]


def test_forgetting_what_was_never_there_touches_nothing(state: Path, ring: MemoryKeyring) -> None:
    assert remove_secrets("a", state=state) == ()
    assert not state.exists()
    assert ring.asked == 0


def test_a_place_that_is_none(state: Path) -> None:
    with pytest.raises(ValueError, match="environment"):
        store_secret("a", "token", Secret("1"), state=state, place="environment")


def test_two_logins_at_once_both_land(state: Path) -> None:
    start = threading.Barrier(8, timeout=30)

    def login(number: int) -> None:
        start.wait()
        store_secret(f"a-{number}", "token", Secret(str(number)), state=state, place="file")

    threads = [threading.Thread(target=login, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for number in range(8):
        found = find_secret(f"a-{number}", "token", environ={}, state=state)
        assert found == Found(Secret(str(number)), "file")


def test_nothing_is_imported_before_it_is_needed() -> None:
    modules = ("keyring", "tomllib", "tomli_w", "subprocess")
    code = (
        f"import sys, cowork_cli.secrets_store; print([m for m in {modules} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
@pytest.mark.parametrize(
    "words", [("client", "add", "acme", "--name", "A"), ("config", "set", "seller.city", "Berlin")]
)
def test_every_folder_of_a_home_is_private_from_the_first_command(
    cowork: Cowork, home: Path, words: tuple[str, ...]
) -> None:
    assert cowork(*words).code == 0
    folders = [home, *(path for path in home.rglob("*") if path.is_dir())]
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}


@pytest.mark.parametrize(
    "content", [b"x = " + b"[" * 9000, b"x = " + b"9" * 6000, b"\xff", b"#" * (1 << 20) + b"x"]
)
def test_a_file_of_secrets_that_no_reader_takes_is_damaged(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "secrets.toml"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(ConfigError, match="is damaged"):
        find_secret("hafen", "token", environ={}, state=tmp_path)
