"""A secret is planted, used for real, and then looked for in everything that is kept or said."""

import base64
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from cowork_cli import main
from tests.conftest import Cowork
from tests.fakes.cobot import FakeCobot
from tests.fakes.server import FakeServer, Reply, Request

pytestmark = pytest.mark.usefixtures("waits")

TOKEN = "planted/s3cret+of=4711"
SPELLINGS = tuple(
    {
        TOKEN.encode(),
        quote(TOKEN, safe="").encode(),
        base64.b64encode(TOKEN.encode()).rstrip(b"="),
        TOKEN.replace("/", "\\/").encode(),
    }
)
WHEN = ("--on", "2026-12-01", "--from", "09:00", "--to", "11:00")
USED = (
    ("account", "check", "hafen", "--debug"),
    ("account", "list", "--json"),
    ("account", "list", "--debug"),
    ("booking", "add", "hafen:hafen-dortmund/room-1", *WHEN, "--yes", "--debug", "--json"),
    ("booking", "sync", "--debug"),
    ("booking", "list", "-o", "csv"),
    ("history", "--json"),
    ("config", "list", "--json"),
    ("data", "verify", "--json"),
    ("data", "path", "--json"),
)


@pytest.fixture
def fake() -> Iterator[FakeCobot]:
    with FakeCobot(token=TOKEN) as server:
        space = server.add_space("hafen-dortmund", name="Hafen Dortmund")
        server.add_membership(space)
        server.add_resource(space, "room-1", name="Kapitän", resourceType="room", capacity=6)
        yield server


@pytest.fixture
def hafen(seller: Cowork, fake: FakeCobot) -> Cowork:
    for words, typed in (
        (("account", "add", "hafen", "--provider", "cobot", "--set", "spaces=hafen-dortmund",
          "--set", f"api_url={fake.url}", "--set", f"www_url={fake.url}", "--set", f"space_url={fake.url}/at/{{subdomain}}"), ""),
        (("account", "login", "hafen", "--token-stdin", "--yes"), f"{TOKEN}\n"),
    ):  # fmt: skip
        done = seller(*words, stdin=typed)
        assert done.code == 0, str(done)
    return seller


def leaks(content: bytes) -> list[bytes]:
    return [spelling for spelling in SPELLINGS if spelling in content]


def files_with_it(folder: Path) -> set[str]:
    """Every file below that holds the secret in any spelling, members of zip files too."""
    found = set[str]()
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        if leaks(file.read_bytes()):
            found.add(file.name)
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                found |= {
                    f"{file.name}: {name}"
                    for name in archive.namelist()
                    if leaks(archive.read(name))
                }
    return found


def test_it_is_nowhere_but_in_its_own_file(
    hafen: Cowork, fake: FakeCobot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files_with_it(home) == {"secrets.toml"}, "it is planted, and the search finds it"
    (secrets,) = home.rglob("secrets.toml")
    assert secrets.stat().st_mode & 0o077 == 0
    said = [hafen(*words) for words in USED]
    assert said[0].code == 0, str(said[0])
    assert any(TOKEN in request.headers.get("authorization", "") for request in fake.log), (
        "it was used"
    )

    # A server that repeats it, in an error and in a field.
    for status in (400, 401, 403, 404, 422, 500):
        fake.fail_next(
            status, {"message": TOKEN, "errors": [TOKEN], "detail": f"Bearer {TOKEN}"}, times=9
        )
        said += [hafen("account", "check", "hafen", *more) for more in (("--json",), ("--debug",))]
        fake.forget_orders()
    said += [hafen("data", "backup"), hafen("data", "export", "--out", str(tmp_path / "all.zip"))]

    # A bug while it is known: the crash file.
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"bug with {TOKEN}")

    monkeypatch.setattr("cowork_cli.http_client.HttpClient.request", broken)
    said.append(hafen("account", "check", "hafen", "--debug"))
    monkeypatch.setattr("cowork_cli.config.Config.explain_all", broken)
    crashed = hafen("config", "list")
    assert crashed.code == 70, str(crashed)
    assert list(home.rglob("crash-*.txt"))
    said.append(crashed)
    for one in said:
        assert not leaks((one.out + one.err).encode()), str(one)
    assert files_with_it(home) == {"secrets.toml"}
    assert files_with_it(tmp_path / "all.zip") == set()
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert not [
            name for name in archive.namelist() if leaks(archive.read(name)) or "secret" in name
        ]


class Elsewhere(FakeServer):
    """Another host, which must not be told anything."""

    def answer(self, request: Request) -> Reply | None:
        return Reply(200, {})


def test_a_redirect_to_another_host_is_not_told_it(hafen: Cowork, fake: FakeCobot) -> None:
    with Elsewhere() as other:
        for status in (301, 302, 303, 307, 308):
            fake.fail_next(status, headers={"Location": f"{other.url}/x"}, times=9)
            done = hafen("account", "check", "hafen", "--json")
            fake.forget_orders()
            assert done.code != 0
        assert other.log == []


@pytest.mark.skipif(
    not Path("/proc/self/cmdline").exists(), reason="a list of processes as Linux has it"
)
def test_it_is_in_no_list_of_processes(hafen: Cowork, fake: FakeCobot, tmp_path: Path) -> None:
    """Neither the command's own line nor one of a program that it starts."""
    import threading

    asked, go_on = threading.Event(), threading.Event()
    answer = fake.answer

    def waiting(request: Request) -> Reply | None:
        asked.set()
        go_on.wait(30)
        return answer(request)

    fake.answer = waiting  # type: ignore[method-assign]
    command = [sys.executable, "-m", "cowork_cli", "account", "check", "hafen", "--json"]
    world = {**os.environ, "PYTHONPATH": str(Path(main.__file__).parents[1])}
    with subprocess.Popen(
        command, env=world, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert asked.wait(30)
        lines = {file: _line(file) for file in Path("/proc").glob("[0-9]*/cmdline")}
        go_on.set()
        out, err = process.communicate()
    assert any(b"account\0check\0hafen" in line for line in lines.values())
    assert not [file for file, line in lines.items() if leaks(line)]
    assert process.returncode == 0, err
    assert not leaks(out + err)


def _line(file: Path) -> bytes:
    """The words of a process, none if it has ended meanwhile."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
