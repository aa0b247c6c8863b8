"""Logging in at Cobot: a pasted token, or a browser with one's own client.

The established way is the token that https://dev.cobot.me/oauth2_clients shows for a client: pasted,
or `--token-stdin`. With `client_id` set the browser is used: authorization code with PKCE (RFC 7636),
answered at a loopback address (RFC 8252). With `--register` a client is registered first, at the
endpoint that the discovery document names (RFC 7591). Whether Cobot takes loopback addresses and such
registrations is not published: where one is refused, the token is asked for. Compared 2026-09.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    BadInput,
    Conflict,
    CoworkError,
    NotFound,
    Unsupported,
)
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.base import Login, LoginDesk, required
from cowork_cli.records import dataclass

if TYPE_CHECKING:
    from cowork_cli.providers.loopback import Loopback

SCOPES = (
    "read_user read_spaces read_space_profiles read_urls read_resources read_memberships "
    "read_bookings write_bookings read_booking_credits read_external_resources "
    "read_external_bookings write_external_bookings read_payment_methods "
    "read_drop_in_pass_templates write_drop_in_pass_purchases"
)
WAIT_S = 300.0
_REFUSALS = (AuthRejected, BadAnswer, Conflict, NotFound, Unsupported)
PASTE = "paste a token of https://dev.cobot.me/oauth2_clients instead"


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a browser is sent, a code is traded, a client is registered."""

    authorize: str
    token: str
    register: str | None = None


def log_in(
    account: str, settings: Mapping[str, object], http: HttpClient, desk: LoginDesk
) -> Login:
    """The token. Raises EndOfInput, AuthRejected."""
    client = str(settings.get("client_id") or "")
    if desk.given() or not (client or desk.register):
        return Login(desk.secret("Token").reveal())
    try:
        return Login(_by_browser(account, settings, http, desk, client))
    except _REFUSALS as refused:
        desk.show(f"Logging in with a browser was refused ({refused.message}); {PASTE}.")
        return Login(desk.secret("Token").reveal())


def _by_browser(
    account: str, settings: Mapping[str, object], http: HttpClient, desk: LoginDesk, client: str
) -> str:
    from cowork_cli.providers.loopback import Loopback, challenge_of, new_text

    www = str(settings.get("www_url") or "").rstrip("/")
    places = _Places(f"{www}/oauth/authorize", f"{www}/oauth/access_token")
    verifier, state = new_text(), new_text()
    with Loopback() as loopback:
        if desk.register and not client:
            places = _discovered(account, www, http)
            client = _registered(account, places, http, loopback.url, desk)
        query = {
            "response_type": "code",
            "client_id": client,
            "redirect_uri": loopback.url,
            "state": state,
            "scope": SCOPES,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        address = f"{places.authorize}?{urlencode(query)}"
        answer = _answer(desk, loopback, address)
    code = _code_in(answer, state)
    form = {
        "grant_type": "authorization_code",
        "client_id": client,
        "code": code,
        "redirect_uri": loopback.url,
        "code_verifier": verifier,
    }
    # A code is good for one answer: a lost one is a new login, nothing was booked.
    return str(required(http.ask_form(places.token, form), "access_token", account))


def _answer(desk: LoginDesk, loopback: "Loopback", address: str) -> str:
    """The address that the browser was sent to in the end: caught here, or pasted."""
    desk.show(f"Log in at {address}")
    if desk.open(address):
        caught = loopback.wait(WAIT_S)
        if caught is not None:
            return caught
    desk.show("Open that address in any browser, log in, and paste the address it ends at.")
    return desk.ask("Address or code")


def _code_in(answer: str, state: str) -> str:
    """The code of a pasted address; a bare code is one too. Raises BadInput, AuthRejected."""
    answer = answer.strip()
    if not answer:
        raise BadInput("no answer was pasted", "log in again, and paste the address it ends at")
    if "?" not in answer:
        return answer
    fields = {name: values[0] for name, values in parse_qs(urlsplit(answer).query).items()}
    if "error" in fields:
        why = fields.get("error_description") or fields["error"]
        raise AuthRejected(f"the login was refused: {why}", PASTE)
    if fields.get("state") != state:
        raise BadInput(
            "the answer belongs to another login", "log in again, and paste the new address"
        )
    if not fields.get("code"):
        raise BadInput("the address holds no code", "paste the address the browser ended at")
    return fields["code"]


def _discovered(account: str, www: str, http: HttpClient) -> _Places:
    document = http.get_json(f"{www}/.well-known/openid-configuration")
    register = document.get("registration_endpoint") if isinstance(document, Mapping) else None
    return _Places(
        str(required(document, "authorization_endpoint", account)),
        str(required(document, "token_endpoint", account)),
        str(register) if register else None,
    )


def _registered(
    account: str, places: _Places, http: HttpClient, redirect: str, desk: LoginDesk
) -> str:
    """A client of our own for this login (RFC 7591). Raises what its refusal is."""
    if places.register is None:
        raise Unsupported("its discovery document names no place to register at")
    wanted = {
        "client_name": "cowork",
        "redirect_uris": [redirect],
        "grant_types": ["authorization_code"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
        "scope": SCOPES,
    }
    try:
        answer = http.ask_json(places.register, wanted)
    except CoworkError as refused:
        raise Unsupported(f"registering a client: {refused.message}") from None
    desk.show("Registered a client for this login.")
    return str(required(answer, "client_id", account))
