"""The server that sends mail, as an account: its password is kept and forgotten like any other secret."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cowork_cli.errors import ConfigError
from cowork_cli.mail_transport import parse_server
from cowork_cli.secrets_store import find_secret
from cowork_cli.services.accounts.accounts import Account

NAME = "mail"


def account(settings: Callable[[str], Any], env: Mapping[str, str], state: Path) -> Account:
    """The account of `mail.smtp`. Raises ConfigError where that is not set, or names no user."""
    text = settings("mail.smtp")
    hint = "set it with `cowork config set mail.smtp smtps://me@mail.example.org`"
    if not text:
        raise ConfigError("mail.smtp is not set: there is nothing to log in to", hint)
    server = parse_server(str(text))
    if server.user is None:
        raise ConfigError("mail.smtp names no user, so it asks for no password", hint)
    found = find_secret(
        NAME, "password", environ=env, state=state, token_command=settings("mail.password_command")
    )
    return Account(
        name=NAME,
        provider="smtp",
        title=f"mail through {server.host}",
        enabled=True,
        built_in=False,
        capabilities=("mail",),
        login=found.place if found else "missing",
        settings={"mail.smtp": str(text)},
    )
