"""What an account can be asked, as whom, and where its secret comes from."""

import base64
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.ref import Ref
from cowork_cli.errors import ConfigError, CoworkError
from cowork_cli.secrets_store import Secret
from cowork_cli.services.accounts import geocoding, mail_account
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.accounts.login import log_in
from tests.fakes.server import FakeServer, Reply, Request


def accounts(state: Path, environ: dict[str, str] | None = None, **given: Any) -> Accounts:
    """The accounts of a home without a store."""
    return Accounts(
        given, store=lambda: None, environ=environ or {}, state=state, home_zone=ZoneInfo("UTC")
    )  # type: ignore[arg-type,return-value]


def test_who_only_finds_spaces_knows_no_desk_of_them(tmp_path: Path) -> None:
    desk = Ref("openfairdb", "7")
    for there in (accounts(tmp_path), accounts(tmp_path, hafen={"provider": "openfairdb"})):
        assert there.knower("openfairdb") is None
        assert there.booking_page(desk) is None
    assert accounts(tmp_path).knower("gone") is None


def test_an_account_whose_address_is_not_set(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        accounts(tmp_path, {"COWORK_CAL_PASSWORD": "x"}, cal={"provider": "caldav"}).booker("cal")
    assert (refused.value.message, refused.value.hint) == (
        'account "cal" has no address',
        "add it with `cowork account add cal --set url=URL`",
    )


class _Calendar(FakeServer):
    """Takes nobody in."""

    def answer(self, request: Request) -> Reply | None:
        return Reply(401)


def test_a_calendar_is_asked_by_name_and_password(tmp_path: Path) -> None:
    with _Calendar() as fake:
        given = {"provider": "caldav", "url": f"{fake.url}/rooms/", "username": "erika"}
        cal = accounts(tmp_path, {"COWORK_CAL_PASSWORD": "open-sesame"}, cal=given)
        with pytest.raises(CoworkError):
            cal.checker("cal").check("availability")
        cal.close()
        sent = fake.log[0].headers["authorization"]
    kind, _, coded = sent.partition(" ")
    assert (kind, base64.b64decode(coded)) == ("Basic", b"erika:open-sesame")


def test_a_platform_without_a_login_of_its_own_asks_for_the_secret(tmp_path: Path) -> None:
    asked: list[str] = []

    def secret(question: str) -> Secret:
        asked.append(question)
        return Secret("open-sesame")

    desk: Any = SimpleNamespace(secret=secret)
    given = {"provider": "caldav", "url": "https://calendar.example"}
    won = log_in(accounts(tmp_path, cal=given), "cal", desk)
    assert (won.secret, won.session, asked) == ("open-sesame", None, ["Password"])


@pytest.mark.parametrize("server", ["smtps://mail.example.org", "smtp://mail.example.org:587"])
def test_a_server_of_mail_without_a_user_has_no_password(server: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        mail_account.account({"mail.smtp": server}.get, {}, tmp_path)
    assert refused.value.message == "mail.smtp names no user, so it asks for no password"


class _Nominatim(FakeServer):
    """Knows no place."""

    def answer(self, request: Request) -> Reply | None:
        return Reply(200, [])


def test_a_geocoder_is_asked_without_a_word_where_nobody_listens(tmp_path: Path) -> None:
    with _Nominatim() as fake:
        osm = {"geocoder": "nominatim", "geocoder_url": fake.url}
        there = accounts(tmp_path, osm=osm)
        ask = geocoding.geocoder(there, None)
        assert ask is not None
        assert ask("Hauptstr. 1, Berlin") == []
        there.close()
        assert len(fake.log) == 1
