"""What every test gets: a home of its own, a frozen clock, and the command as a function."""

import gc
import io
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from cowork_cli import main, redaction
from cowork_cli.paths import locate
from cowork_cli.store.engine.store import Store
from tests import in_memory, stores
from tests.postgresql.fixtures import (  # noqa: F401
    _databases,
    kind_of_store,
    kinds_of_store,
    new_database,
    postgresql_server,
)
from tests.tried import pytest_terminal_summary, tried  # noqa: F401

# The same examples in every run, however slow the machine is.
hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "few", hypothesis.settings.get_profile("suite"), max_examples=15
)
hypothesis.settings.load_profile("suite")

if memory := in_memory.place():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))  # what `tmp_path` lies in

NOW = os.environ.get("COWORK_TEST_NOW", "2026-11-25T18:00:00+01:00")
ZONE = os.environ.get("COWORK_TEST_ZONE", "Europe/Berlin")  # of the machine; empty: it says none


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test once for each place where it keeps its store; its name is the same in the first."""
    if (kinds := kinds_of_store(metafunc.definition)) != [stores.FILE]:
        first, *others = kinds or [stores.FILE]
        runs = [pytest.param(first, id=pytest.HIDDEN_PARAM), *others]
        metafunc.parametrize("kind_of_store", runs, indirect=True)


def _is_of_file_on_server(item: pytest.Item) -> bool:
    kept = getattr(item, "callspec", None)
    on_server = kept is not None and kept.params.get("kind_of_store") == stores.POSTGRESQL
    return on_server and item.get_closest_marker("file_store") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is about the file itself where a test is run on a server."""
    out = [item for item in items if not kinds_of_store(item) or _is_of_file_on_server(item)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in set(out)]


@dataclass(frozen=True)
class Outcome:
    """What a command did: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as its one JSON document."""
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        """The data of the envelope, after a look at its status."""
        document = self.json
        assert document["cowork"] == 1
        assert document["exit_code"] == self.code
        return document["data"]

    @property
    def rows(self) -> list[list[str]]:
        """Plain output as cells."""
        return [line.split("\t") for line in self.out.splitlines()]

    def __str__(self) -> str:
        return f"exit {self.code}\n--- stdout\n{self.out}--- stderr\n{self.err}"


Cowork = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test can reach a real home, zone, terminal width or secret."""
    for name in list(os.environ):
        if name.startswith("COWORK_") or name in ("NO_COLOR", "FORCE_COLOR", "PAGER", "TZ"):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("COWORK_HOME", str(folder))
    monkeypatch.setenv("COWORK_NOW", NOW)
    if ZONE:
        monkeypatch.setenv("TZ", ZONE)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(socket, "getaddrinfo", _loopback_only(socket.getaddrinfo))
    monkeypatch.setattr(redaction, "_known", set())  # a secret of one test is a word of another
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, opened past the commands."""
    opened = stores.opened(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def november(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 25 November 2026 in Berlin, at whatever clock the suite is run: for tests that speak of a day."""
    monkeypatch.setenv("COWORK_NOW", "2026-11-25T18:00:00+01:00")
    monkeypatch.setenv("TZ", "Europe/Berlin")


def _loopback_only(ask: Callable[..., Any]) -> Callable[..., Any]:
    """No test asks a real service, whatever is switched on by default: other names are not known."""

    def known(host: Any, *more: Any, **named: Any) -> Any:
        if host in (None, "127.0.0.1", "::1", "localhost", b"127.0.0.1", b"localhost"):
            return ask(host, *more, **named)
        raise socket.gaierror(socket.EAI_NONAME, "only this machine is known in tests")

    return known


class _Stream(io.TextIOWrapper):
    """A stream over bytes, as the real ones are; a terminal if it is told to be."""

    def __init__(self, content: str = "", *, terminal: bool = False):
        super().__init__(io.BytesIO(content.encode()), encoding="utf-8", newline="\n")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        self.flush()
        raw = self.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue().decode()


def _store_of(words: Sequence[str], patch: pytest.MonkeyPatch) -> None:
    """Names the database of the home that a line is for, where this test keeps its stores in such."""
    chosen = words[words.index("--home") + 1] if "--home" in words[:-1] else None
    url = stores.url_of(locate(os.environ, chosen))
    if url and stores.is_ours(os.environ.get("COWORK_STORE")):
        patch.setenv("COWORK_STORE", url)


@pytest.fixture
def cowork(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cowork]:
    """Runs a command line through the real funnel: `cowork("space", "search", "Lübeck")`.

    `stdin` is what is typed; `terminal=True` makes all three streams terminals; `env` adds variables.
    """

    def run(
        *words: str, stdin: str = "", terminal: bool = False, env: dict[str, str] | None = None
    ) -> Outcome:
        streams = (
            _Stream(stdin, terminal=terminal),
            _Stream(terminal=terminal),
            _Stream(terminal=terminal),
        )
        with monkeypatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            for key, value in (env or {}).items():
                patch.setenv(key, value)
            _store_of(words, patch)
            code = main.run(list(words))
        seen.append(words)
        return Outcome(code, streams[1].text(), streams[2].text())

    seen: list[tuple[str, ...]] = []
    run.seen = seen  # type: ignore[attr-defined]
    yield run


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that clients of the network would have slept; nobody sleeps."""
    from cowork_cli.http_client import HttpClient

    slept: list[float] = []
    defaults = HttpClient.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "sleep", slept.append)
    monkeypatch.setitem(defaults, "jitter", lambda: 0.0)
    return slept


def pytest_collection_finish(session: pytest.Session) -> None:
    """What 14,000 tests are made of stays until the end: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


Played = Callable[..., Cowork]
_PLAYED: dict[tuple[object, ...], Path] = {}


@pytest.fixture
def played(cowork: Cowork, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Plays command lines in the new home of a test, each of which has to succeed.

    They are played once: every other test that begins with the same lines, at the same time and with
    the same variables, gets a copy of the home. A fixture may go on where another one ended.
    """
    begun: list[object] = [stores.kind()]
    runs = 0

    def play(*lines: Sequence[str]) -> Cowork:
        nonlocal runs
        assert home.exists() == (len(begun) > 1), "something happened in this home before"
        assert len(cowork.seen) == runs, "a line was run in between"  # type: ignore[attr-defined]
        world = {name: value for name, value in os.environ.items() if name.startswith("COWORK_")}
        begun.extend(
            [*lines, *sorted({**world, "COWORK_HOME": "", "TZ": os.environ.get("TZ", "")}.items())]
        )
        if kept := _PLAYED.get(tuple(begun)):
            stores.bring_back(kept, home)
            return cowork
        for words in lines:
            outcome = cowork(*words)
            assert outcome.code == 0, str(outcome)
        runs = len(cowork.seen)  # type: ignore[attr-defined]
        kept = tmp_path_factory.mktemp("played") / "home"
        stores.keep(home, kept)
        _PLAYED[tuple(begun)] = kept
        return cowork

    return play


SELLER = (
    "init", "--no-input", "--name", "Erika Muster", "--street", "Hauptstr. 1",
    "--postcode", "10115", "--city", "Berlin", "--tax-number", "27/123/45678",
    "--iban", "DE02120300000000202051", "--email", "erika@example.org",
    "--phone", "+49 30 1234567", "--timezone", "Europe/Berlin", "--land", "BE",
)  # fmt: skip
ACME = (
    SELLER,
    ("client", "add", "acme", "--name", "ACME GmbH", "--street", "Ring 5", "--postcode", "50667",
     "--city", "Köln", "--country", "DE", "--email", "ap@acme.example", "--rate", "95"),
    ("project", "add", "acme/site"),
)  # fmt: skip


@pytest.fixture
def seller(played: Played) -> Cowork:
    """A home that is set up: who the seller is."""
    return played(SELLER)


@pytest.fixture
def acme(played: Played) -> Cowork:
    """A home with one client and one project."""
    return played(*ACME)
