"""Owns secrets: where one is looked for, where one is kept, and that none is ever shown.

Looked for in this order: the environment (`COWORK_HAFEN_TOKEN`), the account's `token_command`, the
system keyring (only if a login stored something there: asking it may unlock a wallet or wait for a
desktop that cron has not got), `state/secrets.toml` (only if the user said so at login).

Never in here: a secret in a message, a log, a settings file or an option.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from cowork_cli import redaction
from cowork_cli.errors import ConfigError, LoginRequired
from cowork_cli.locking import locked
from cowork_cli.paths import write_private
from cowork_cli.records import dataclass

KINDS = ("token", "password", "client_secret")
STORE = "store"
"""The account of the server that keeps the store."""
SESSION = "session"
"""A token won by logging in: kept where its password came from, never read from elsewhere."""

PLACES = ("environment", "token_command", "keyring", "file")
COMMAND_TIMEOUT_S = 30.0

_SERVICE = "cowork"
_T = TypeVar("_T")


class Secret:
    """A text that shows itself only by `reveal()`: masked in `repr`, `str`, f-strings and pickles.

    Being made is being remembered by `redaction`: no message, log or crash file shows it after that.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str):
        redaction.remember(text)
        self._text = text

    def reveal(self) -> str:
        """The text. Called where it is sent or stored, nowhere else."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        import hmac  # brings OpenSSL along, which a booking need not wait for

        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(("Secret", self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written out")


@dataclass(frozen=True, slots=True)
class Found:
    """A secret and which of `PLACES` it came from."""

    secret: Secret
    place: str


def env_name(account: str, kind: str) -> str:
    """`COWORK_HAFEN_WEST_TOKEN` for the token of `hafen-west`."""
    return f"COWORK_{account}_{kind}".upper().replace("-", "_")


def store_password(environ: Mapping[str, str], state: Path, command: str | None) -> Found | None:
    """The password of the server that keeps the store; `command` is `store.password_command`."""
    return find_secret(STORE, "password", environ=environ, state=state, token_command=command)


def find_secret(
    account: str,
    kind: str,
    *,
    environ: Mapping[str, str],
    state: Path,
    token_command: str | None = None,
    timeout_s: float = COMMAND_TIMEOUT_S,
) -> Found | None:
    """The secret of `account`, None if there is none anywhere.

    `kind` is one of `KINDS` or `SESSION`; `state` is the folder of state files. Raises ConfigError
    for a `token_command` that cannot be run, a keyring that does not answer, a damaged
    secrets.toml; LoginRequired for a `token_command` that ran and gave nothing.
    """
    if kind != SESSION:
        if text := environ.get(env_name(account, kind)):
            return Found(Secret(text), "environment")
        if token_command:
            return Found(_from_command(account, token_command, timeout_s), "token_command")
    if _marked(state, account, kind):
        text = _keyring(account, lambda ring: ring.get_password(_SERVICE, f"{account}/{kind}"))
        if text:
            return Found(Secret(text), "keyring")
    text = _read_file(state).get(account, {}).get(kind)
    return Found(Secret(text), "file") if text else None


def get_secret(
    account: str,
    kind: str,
    *,
    environ: Mapping[str, str],
    state: Path,
    token_command: str | None = None,
    timeout_s: float = COMMAND_TIMEOUT_S,
) -> Secret:
    """Like `find_secret`; raises LoginRequired if there is none."""
    found = find_secret(
        account,
        kind,
        environ=environ,
        state=state,
        token_command=token_command,
        timeout_s=timeout_s,
    )
    if found is None:
        raise LoginRequired(
            f'no {kind.replace("_", " ")} is known for account "{account}"',
            f"log in with `cowork account login {account}`, or set `{env_name(account, kind)}`",
            account=account,
        )
    return found.secret


def store_secret(account: str, kind: str, secret: Secret, *, state: Path, place: str) -> None:
    """Keeps a secret in `place`, `keyring` or `file` (mode 0600), and nowhere else.

    Raises ConfigError if the keyring refuses or secrets.toml is damaged.
    """
    if place not in ("keyring", "file"):
        raise ValueError(f"secrets are not kept in {place!r}")
    name = f"{account}/{kind}"
    with locked(state / ".secrets.lock"):
        if place == "keyring":
            _keyring(account, lambda ring: _put(ring, name, secret))
            # Marked after the fact: the mark of a failed attempt would ask the keyring in vain.
            _write_marks(state, _marks(state) | {name})
            _change_file(state, account, kind, None)
        else:
            _change_file(state, account, kind, secret.reveal())
            _forget_in_keyring(state, account, kind)


def remove_secrets(account: str, *, state: Path) -> tuple[str, ...]:
    """Forgets everything kept for `account`; returns the places it was taken from."""
    if not _marks_file(state).exists() and not _secrets_file(state).exists():
        return ()
    places: list[str] = []
    with locked(state / ".secrets.lock"):
        for kind in (*KINDS, SESSION):
            if _forget_in_keyring(state, account, kind):
                places.append("keyring")
            if _change_file(state, account, kind, None):
                places.append("file")
    return tuple(dict.fromkeys(places))


# ── token_command ────────────────────────────────────────────────────────────────────────────────


def _from_command(account: str, command: str, timeout_s: float) -> Secret:
    """The first line of its output. It is the user's own program: no shell, no standard input."""
    import shlex
    import subprocess

    what = f'the token_command of account "{account}"'
    hint = "run it by hand; it must print the secret on its first line"
    try:
        words: str | list[str] = command if os.name == "nt" else shlex.split(command)
        with subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=None
        ) as process:
            try:
                output, _ = process.communicate(timeout=timeout_s)
            except subprocess.TimeoutExpired:
                # Not read to the end: a grandchild may hold the pipe open for ever.
                process.kill()
                raise
    except subprocess.TimeoutExpired:
        message = f"{what} gave no answer within {timeout_s:g} s"
        raise ConfigError(message, hint, account=account) from None
    except (OSError, ValueError, IndexError):
        raise ConfigError(f"{what} cannot be run", hint, account=account) from None
    if process.returncode != 0:
        message = f"{what} failed with exit status {process.returncode}"
        raise ConfigError(message, hint, account=account)
    lines = output.decode("utf-8", "replace").splitlines()
    if not lines or not lines[0].strip():
        raise LoginRequired(f"{what} printed nothing", hint, account=account)
    return Secret(lines[0].strip())


# ── keyring ──────────────────────────────────────────────────────────────────────────────────────


def _put(ring: Any, name: str, secret: Secret) -> None:
    """Stores and reads back: the null backend takes everything and keeps nothing."""
    ring.set_password(_SERVICE, name, secret.reveal())
    if ring.get_password(_SERVICE, name) != secret.reveal():
        raise RuntimeError("the keyring did not keep it")


def _keyring(account: str, ask: Callable[[Any], _T]) -> _T:
    import keyring
    from keyring.errors import KeyringError

    try:
        return ask(keyring)
    except (KeyringError, RuntimeError, OSError):
        # The exception's text is left out: some backends quote what they were given.
        raise ConfigError(
            f'the system keyring did not answer for account "{account}"',
            "unlock it, or set the secret in the environment: `cowork help environment`",
            account=account,
        ) from None


def _forget_in_keyring(state: Path, account: str, kind: str) -> bool:
    """Whether there was something to forget. A keyring without our mark is not asked."""
    if not _marked(state, account, kind):
        return False
    name = f"{account}/{kind}"

    def forget(ring: Any) -> None:
        if ring.get_password(_SERVICE, name) is not None:
            ring.delete_password(_SERVICE, name)

    _keyring(account, forget)
    _write_marks(state, _marks(state) - {name})
    return True


def _marked(state: Path, account: str, kind: str) -> bool:
    return f"{account}/{kind}" in _marks(state)


def _marks_file(state: Path) -> Path:
    return state / "keyring.txt"


def _marks(state: Path) -> frozenset[str]:
    """What lies in the keyring, as `account/kind`; the file holds names, no secrets."""
    try:
        return frozenset(_marks_file(state).read_text(encoding="utf-8", errors="replace").split())
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise _unusable(_marks_file(state), f"cannot be read ({error.strerror})") from None


def _write_marks(state: Path, marks: frozenset[str]) -> None:
    file = _marks_file(state)
    if marks:
        write_private(file, "".join(f"{mark}\n" for mark in sorted(marks)).encode())
    else:
        file.unlink(missing_ok=True)


# ── secrets.toml ─────────────────────────────────────────────────────────────────────────────────


_LARGEST = 1 << 20  # bytes; a file of secrets has some hundred


def _secrets_file(state: Path) -> Path:
    return state / "secrets.toml"


def _read_file(state: Path) -> dict[str, dict[str, str]]:
    """Account → kind → secret. Raises ConfigError naming the file, never quoting it."""
    import tomllib

    file = _secrets_file(state)
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
        mode = file.stat().st_mode
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unusable(file, f"cannot be read ({error.strerror})") from None
    if os.name != "nt" and mode & 0o077:
        raise _unusable(file, "can be read by others", f"close it with `chmod 600 {file}`")
    if len(content) > _LARGEST:
        raise _unusable(file, "is damaged")
    try:
        tree = tomllib.loads(content.decode())
    except (ValueError, RecursionError):  # of TOML and of UTF-8, of too many digits and brackets
        raise _unusable(file, "is damaged") from None
    for account, kinds in tree.items():
        if not isinstance(kinds, dict) or not all(isinstance(text, str) for text in kinds.values()):
            raise _unusable(file, f'is damaged at "{account}"')
    return tree


def _change_file(state: Path, account: str, kind: str, text: str | None) -> bool:
    """Sets or takes out one secret; whether the file changed. An empty file is removed."""
    tree = _read_file(state)
    kinds = tree.get(account, {})
    if kinds.get(kind) == text:
        return False
    changed = {name: value for name, value in kinds.items() if name != kind}
    if text is not None:
        changed[kind] = text
    tree = {name: value for name, value in tree.items() if name != account}
    if changed:
        tree[account] = changed
    if not tree:
        _secrets_file(state).unlink(missing_ok=True)
        return True
    import tomli_w

    write_private(_secrets_file(state), tomli_w.dumps(tree).encode())
    return True


def _unusable(file: Path, why: str, hint: str | None = None) -> ConfigError:
    advice = "put the file aside and log in again with `cowork account login NAME`"
    return ConfigError(f"{file} {why}", hint or advice)
