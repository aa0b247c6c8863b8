"""A secret is planted, used for real, and then looked for in everything that is kept or said."""

import base64
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.smtp import AuthResult

from cowork_cli import main
from tests.conftest import Cowork
from tests.fakes.asking_server import asking
from tests.fakes.cobot import FakeCobot
from tests.fakes.server import FakeServer, Reply, Request
from tests.fakes.smtp_server import Inbox, served

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


# ---- the password of a mail server, and of the server that keeps the store


class OfMail(Inbox):
    """A mail server whose password is the secret, and which repeats it to who is wrong."""

    def authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        given = data.password.decode()
        self.logins.append(given)
        right = given == TOKEN and self.refuses is None
        return AuthResult(
            success=right, handled=False, message=f"535 not {given}" if not right else None
        )


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it is on loopback
def test_the_password_of_a_mail_server_is_in_its_own_file_alone(
    acme: Cowork, home: Path, tmp_path: Path
) -> None:
    inbox = OfMail()
    for words in (("invoice", "draft", "acme", "--empty"), ("invoice", "line", "draft-1", "--text", "Logo", "--price", "9"),
                  ("invoice", "issue", "draft-1", "--in", "2026-11")):  # fmt: skip
        assert acme(*words).code == 0
    with served(inbox, login=True) as port:
        assert acme("config", "set", "mail.smtp", f"smtp://erika@127.0.0.1:{port}").code == 0
        assert (
            acme("account", "login", "mail", "--password-stdin", "--yes", stdin=f"{TOKEN}\n").code
            == 0
        )
        send = ("invoice", "mail", "2026-0001", "--send", "--debug")
        said = [acme(*send)]
        assert said[0].code == 0, str(said[0])
        inbox.refuses = "550 no"
        said.append(acme(*send, "--again", "--json"))
        assert said[1].code == 4, str(said[1])
    said.append(acme(*send, "--again"))  # nobody answers
    assert set(inbox.logins) == {TOKEN}
    looking = (
        ("invoice", "show", "2026-0001", "--json"), ("account", "check", "mail", "--json"), ("account", "list", "--json"),
        ("config", "list", "--json"), ("history", "--json"), ("status",), ("data", "verify"), ("data", "backup"),
        ("data", "export", "--out", str(tmp_path / "all.zip")),
    )  # fmt: skip
    said += [acme(*words, "--debug") for words in looking]
    assert not [str(one) for one in said if leaks((one.out + one.err).encode())]
    assert files_with_it(home) == {"secrets.toml"}
    assert files_with_it(tmp_path) <= {"secrets.toml"}


@pytest.mark.file_store(reason="the server that is asked is a made-up one")
@pytest.mark.parametrize("state", ["28P01", "XX000", "08006", "42501", "0A000"])
def test_the_password_of_the_store_is_shown_by_no_failed_connection(
    cowork: Cowork, home: Path, state: str
) -> None:
    """A server that repeats the password in its refusal; given by a file, the variables, a program."""
    with asking() as server:
        server.state = state
        url = f"postgresql://me@127.0.0.1:{server.server_address[1]}/office"
        assert cowork("config", "set", "store.url", url).code == 0
        kept = cowork("account", "login", "store", "--password-stdin", "--yes", stdin=f"{TOKEN}\n")
        said = [kept] + [cowork(*words) for words in LOOKING]
        assert cowork("account", "logout", "store", "--yes").code == 0
        said += [
            cowork("client", "list", env={name: TOKEN})
            for name in ("COWORK_STORE_PASSWORD", "PGPASSWORD")
        ]
        assert set(server.passwords) == {TOKEN}
    said.append(cowork("data", "status", env={"COWORK_STORE_PASSWORD": TOKEN}))  # nobody answers
    assert all(one.code != 70 for one in said)
    assert not [str(one) for one in said if leaks((one.out + one.err).encode())]
    assert files_with_it(home) == set()


LOOKING = (
    ("client", "list", "--debug"),
    ("client", "add", "acme", "--name", "ACME", "--json"),
    ("data", "status", "--json"),
    ("data", "verify", "--debug"),
    ("data", "outbox", "--json"),
    ("data", "backup"),
    ("account", "check", "store", "--json"),
    ("account", "list", "--json"),
    ("config", "list", "--json"),
    ("status", "--debug"),
    ("prompt",),
)
WRITTEN = (
    "postgresql://me:{}@127.0.0.1:9/office",
    "postgresql://me@127.0.0.1:9/office?password={}",
    "postgresql://me@127.0.0.1:9/office?sslpassword={}",
    "postgres://me:{}@[::1]:9/office",
    "mysql://me:{}@127.0.0.1/office",
    "postgresql://me:12/{}@127.0.0.1:9/office",
    "me:{}@127.0.0.1/office",
)


@pytest.mark.parametrize("url", WRITTEN)
def test_a_password_in_an_address_is_refused_and_shown_by_nothing(
    acme: Cowork, home: Path, tmp_path: Path, url: str
) -> None:
    """As people write it by hand: into the variable, a setting, and the file of settings."""
    for secret in (TOKEN, quote(TOKEN, safe=""))[: 2 if url == WRITTEN[0] else 1]:
        full = url.format(secret)
        said = [acme(*words, env={"COWORK_STORE": full}) for words in LOOKING]
        said += [acme("config", "set", name, full) for name in ("store.url", "mail.smtp")]
        said.append(acme("data", "move", "--to", full))
        said.append(
            acme(
                "account",
                "login",
                "store",
                "--password-stdin",
                "--yes",
                stdin="x\n",
                env={"COWORK_STORE": full},
            )
        )
        (home / "config" / "config.toml").write_text(f'[store]\nurl = "{full}"\n')
        said += [acme(*words) for words in LOOKING]
        said.append(acme("config", "get", "store.url"))
        said.append(acme("data", "export", "--out", str(tmp_path / "all.zip")))
        (home / "config" / "config.toml").unlink()
        shown = [str(one) for one in said if leaks((one.out + one.err).encode())]
        assert not shown, shown[0]
        assert all(one.code != 70 for one in said)
        assert files_with_it(home) == set()
        assert files_with_it(tmp_path) == set()
