"""Logging in to an account: the provider says how, the person answers, the secret is kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cowork_cli.providers.base import LogIn, Login, LoginDesk
from cowork_cli.secrets_store import SESSION, Secret, store_secret

if TYPE_CHECKING:
    from pathlib import Path

    from cowork_cli.services.accounts.accounts import Accounts


def log_in(accounts: "Accounts", name: str, desk: LoginDesk) -> Login:
    """What the account's provider asks for; nothing is kept yet. Raises AuthRejected, EndOfInput."""
    row = accounts.info(name)
    if row.login is None:
        kind = (row.secret or "").replace("_", " ").capitalize()
        return Login(desk.secret(kind).reveal())
    from importlib import import_module

    module, _, function = row.login.partition(":")
    how: LogIn = getattr(import_module(module), function)
    with accounts.client(name) as http:
        return how(name, accounts.settings(name), http, desk)


def keep(
    name: str, kind: str, login: Login, *, state: "Path", allow_file: Callable[[], None]
) -> str:
    """Keeps what was won in the keyring, else in the private file if `allow_file` lets it.

    Returns `keyring` or `file`. Whatever `allow_file` raises goes through, nothing kept.
    """
    from cowork_cli.errors import ConfigError

    secret, place = Secret(login.secret), "keyring"
    try:
        store_secret(name, kind, secret, state=state, place=place)
    except ConfigError:
        allow_file()
        place = "file"
        store_secret(name, kind, secret, state=state, place=place)
    if login.session is not None:
        store_secret(name, SESSION, Secret(login.session), state=state, place=place)
    return place
