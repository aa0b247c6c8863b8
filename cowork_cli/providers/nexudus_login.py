"""Logging in at Nexudus: a password is traded for a token, with a second factor where one is set.

https://developers.nexudus.com/rest-api/authentication, compared 2026-09. A form, never JSON. A
refresh wants the header `client_id` with the value of the login; the user's e-mail is sent in both.
A refresh ends the refresh token before it, so what was won is kept before it is used.
"""

import json
from collections.abc import Callable, Mapping

from cowork_cli.errors import AuthRejected, BadAnswer, ConfigError, CoworkError, LoginRequired
from cowork_cli.http_client import Answer, Auth, HttpClient
from cowork_cli.http_client.message import form_body
from cowork_cli.providers.base import Login, LoginDesk, Session, required
from cowork_cli.records import dataclass
from cowork_cli.redaction import remember


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a login won: shown nowhere, kept as one text."""

    access: str
    refresh: str | None

    def kept(self) -> str:
        """As one text for the session."""
        return json.dumps([self.access, self.refresh])

    @classmethod
    def of(cls, text: str) -> "Tokens | None":
        """What `kept` made; None for anything else."""
        try:
            access, refresh = json.loads(text)
        except (ValueError, TypeError):
            return None
        for part in (access, refresh):
            if part:
                remember(part)
        return cls(access, refresh)


class SecondFactor(LoginRequired):
    """The password is right, and a code is asked for beside it."""


class _Plain:
    """A text that shows itself only when asked."""

    def __init__(self, text: str):
        remember(text)
        self._text = text

    def reveal(self) -> str:
        """The text."""
        return self._text

    def __repr__(self) -> str:
        return "***"


class TokenDesk:
    """Where tokens are won: `{space}/api/token` of the first space of the account."""

    def __init__(self, account: str, username: str, http: HttpClient, url: str):
        self._account, self._username, self._url = account, username, url
        self._http = http.adapted(translate=self._meaning)

    def by_password(self, password: str, code: str | None = None) -> Tokens:
        """Raises AuthRejected, SecondFactor."""
        fields = {"grant_type": "password", "username": self._username, "password": password}
        return self._won(fields | ({"totp": code} if code else {}))

    def by_refresh(self, refresh: str) -> Tokens:
        """Raises AuthRejected for one that has ended."""
        return self._won({"grant_type": "refresh_token", "refresh_token": refresh})

    def _won(self, fields: Mapping[str, str]) -> Tokens:
        headers = {"client_id": self._username}
        # Nothing is booked by it: a lost answer may be asked for again.
        answer = self._http.request(
            "POST", self._url, body=form_body(fields), headers=headers, read=True
        ).json()
        access = str(required(answer, "access_token", self._account))
        refresh = answer.get("refresh_token") if isinstance(answer, Mapping) else None
        remember(access)
        if refresh:
            remember(str(refresh))
        return Tokens(access, str(refresh) if refresh else None)

    def _meaning(self, answer: Answer) -> CoworkError | None:
        if answer.status not in (400, 401, 403):
            return None
        told = answer.json()
        code = told.get("error") if isinstance(told, Mapping) else None
        login = f"log in again with `cowork account login {self._account}`"
        who = f'account "{self._account}"'
        if code == "two_factor_auth_check":
            return SecondFactor(f"{who} asks for a second factor", login, account=self._account)
        if code == "must_reset_password":
            what = f"{who}: the password must be changed first, on the web page of the space"
            return AuthRejected(what, f"then {login}")
        if code == "unsupported_grant_type":
            return BadAnswer(f"{who} does not take a login in this form")
        return AuthRejected(f"{who} rejected the login", login)


def winner(session: Session, desk: TokenDesk) -> Callable[[], Auth]:
    """How a token is won when it is wanted: by the refresh token, else by the password.

    A refresh token that another command was quicker to use has given that one a new token: it is read.
    """

    def win() -> Auth:
        tokens = _last(session)
        if tokens and tokens.refresh:
            try:
                return _kept(session, desk.by_refresh(tokens.refresh))
            except AuthRejected:
                newer = _last(session, anew=True)
                if newer and newer != tokens:
                    return Auth(_Plain(newer.access))
        return _kept(session, desk.by_password(session.secret().reveal()))

    return win


def _kept(session: Session, tokens: Tokens) -> Auth:
    session.keep(tokens.kept())
    return Auth(_Plain(tokens.access))


def known(session: Session) -> Auth | None:
    """The token of the last login, if it could be kept."""
    tokens = _last(session)
    return Auth(_Plain(tokens.access)) if tokens else None


def _last(session: Session, *, anew: bool = False) -> Tokens | None:
    kept = session.token(anew=anew)
    return Tokens.of(kept.reveal()) if kept else None


def log_in(
    account: str, settings: Mapping[str, object], http: HttpClient, desk: LoginDesk
) -> Login:
    """Asks for the password, tries it, and asks for the code where one is wanted."""
    username = desk.username or str(settings.get("username") or "")
    if not username:
        raise ConfigError(
            f'account "{account}" has no user name',
            f"give it with `cowork account login {account} --username E-MAIL`",
            account=account,
        )
    password = desk.secret("Password")
    tokens = TokenDesk(account, username, http, token_url(account, settings))
    try:
        won = tokens.by_password(password.reveal())
    except SecondFactor:
        won = tokens.by_password(password.reveal(), desk.ask("Code of the second factor").strip())
    return Login(password.reveal(), won.kept())


def token_url(account: str, settings: Mapping[str, object]) -> str:
    """Where the first space of an account gives tokens. Raises ConfigError without a space."""
    return f"{base_of(account, settings, first_space(account, settings))}/api/token"


def first_space(account: str, settings: Mapping[str, object]) -> str:
    """The first space of the settings. Raises ConfigError if there is none."""
    given = settings.get("spaces")
    if not isinstance(given, list | tuple) or not given:
        raise ConfigError(
            f'account "{account}" names no space',
            f"name it with `cowork account add {account} --set spaces=NAME`, as in NAME.spaces…",
            account=account,
        )
    return str(given[0])


def base_of(account: str, settings: Mapping[str, object], space: str) -> str:
    """The address of a space's portal."""
    return str(settings.get("space_url") or "").replace("{space}", space).rstrip("/")
