"""The token of an account: won once, kept where its password came from, new after a 401."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.space import Space, SpaceQuery
from cowork_cli.errors import LoginRequired, Unsupported
from cowork_cli.http_client import Auth, HttpClient
from cowork_cli.providers import registry
from cowork_cli.providers.base import Session
from cowork_cli.secrets_store import Secret, store_secret
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.accounts.session import AccountSession
from tests.fakes.server import FakeServer, Reply, Request

UTC = ZoneInfo("UTC")


class FakeGate(FakeServer):
    """Trades a password for a numbered token; only the newest counts."""

    def __init__(self) -> None:
        self.tokens = 0
        super().__init__()

    def answer(self, request: Request) -> Reply | None:
        if request.path == "/login":
            if request.body != b"password=open-sesame":
                return Reply(401)
            self.tokens += 1
            return Reply(200, {"token": f"won-token-{self.tokens}"})
        if request.headers.get("authorization") != f"Bearer won-token-{self.tokens}":
            return Reply(401)
        return Reply(200, {"data": []}) if request.path == "/spaces" else None


class Gate:
    """An adapter of a platform with a login of its own."""

    def __init__(self, account: str, settings: Any, *, http: HttpClient, session: Session):
        def win() -> Auth:
            secret = session.secret().reveal()
            answer: Any = http.post_form("login", {"password": secret})
            return Auth(session.keep(answer["token"]))

        token = session.token()
        self._http = http.adapted(refresh=win, auth=Auth(token) if token else None)

    def search(self, query: SpaceQuery) -> list[Space]:
        self._http.get_json("spaces")
        return []


ROW = registry.ProviderInfo(
    name="gate",
    title="Gate",
    target="tests.services.accounts.test_session:Gate",
    capabilities=frozenset({"search"}),
    settings=(registry.SettingSpec("url", None, "address", "url"),),
    secret="password",
    uses="http",
    built_in=False,
    enabled=True,
    rank=registry.BOOKABLE,
    attribution=None,
    docs="-",
    session=True,
)


@pytest.fixture(autouse=True)
def _row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, ROW))


def asked(url: str, state: Path, environ: dict[str, str] | None = None) -> None:
    """One command of its own: the accounts are made anew."""
    given = {"gate": {"provider": "gate", "url": url}}
    accounts = Accounts(
        given, store=lambda: None, environ=environ or {}, state=state, home_zone=UTC
    )  # type: ignore[arg-type,return-value]
    try:
        list(accounts.searcher("gate").search(SpaceQuery(0, 0, 1, limit=1)))
    finally:
        accounts.close()


def paths(fake: FakeGate) -> list[str]:
    found = [request.path for request in fake.log]
    fake.log.clear()
    return found


def test_a_token_is_won_once_and_kept_beside_its_password(tmp_path: Path) -> None:
    store_secret("gate", "password", Secret("open-sesame"), state=tmp_path, place="file")
    with FakeGate() as fake:
        asked(fake.url, tmp_path)
        assert paths(fake) == ["/login", "/spaces"]
        asked(fake.url, tmp_path)
        assert paths(fake) == ["/spaces"]
        fake.tokens += 1  # the kept one has expired
        asked(fake.url, tmp_path)
        assert paths(fake) == ["/spaces", "/login", "/spaces"]
        asked(fake.url, tmp_path)
        assert paths(fake) == ["/spaces"]
    assert 'session = "won-token-3"' in (tmp_path / "secrets.toml").read_text()


@pytest.mark.parametrize("how", ["environment", "token_command"])
def test_from_elsewhere_it_is_kept_nowhere(tmp_path: Path, how: str) -> None:
    environ = {"COWORK_GATE_PASSWORD": "open-sesame"} if how == "environment" else {}
    command = "echo open-sesame" if how == "token_command" else None
    session = AccountSession(
        "gate", "password", environ=environ, state=tmp_path, token_command=command
    )
    assert session.place() == how
    assert session.token() is None
    assert session.keep("won-token-1").reveal() == "won-token-1"
    assert session.token() == Secret("won-token-1")
    assert not (tmp_path / "secrets.toml").exists()


def test_a_token_that_was_won_is_kept_even_if_the_request_after_it_fails(tmp_path: Path) -> None:
    store_secret("gate", "password", Secret("open-sesame"), state=tmp_path, place="file")
    with FakeGate() as fake:
        fake.fail_next(200, {"token": "won-token-9"})
        fake.fail_next(404)
        with pytest.raises(Exception, match="nothing there"):
            asked(fake.url, tmp_path)
    assert 'session = "won-token-9"' in (tmp_path / "secrets.toml").read_text()


def test_without_a_password_a_person_must_log_in(tmp_path: Path) -> None:
    with FakeGate() as fake, pytest.raises(LoginRequired):
        asked(fake.url, tmp_path)


def test_what_it_cannot_do_is_refused_before_a_login(tmp_path: Path) -> None:
    accounts = Accounts(
        {"gate": {"provider": "gate", "url": "https://gate.example"}},
        store=lambda: None,  # type: ignore[arg-type,return-value]
        environ={},
        state=tmp_path,
        home_zone=UTC,
    )
    for ask, words in (
        (accounts.booker, "takes no bookings"),
        (accounts.availability, "does not tell when desks are free"),
        (accounts.registrar, "sells no addresses"),
    ):
        with pytest.raises(Unsupported, match=words) as info:
            ask("gate")
        assert info.value.exit_code == 2
        assert info.value.account == "gate"
    assert not accounts.can("gate", "booking")
    assert accounts.can("gate", "search")
    assert not accounts.can("gone", "search")
