"""The server that keeps the store, as an account: its password is kept and forgotten like any other secret."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.errors import ConfigError
from cowork_cli.secrets_store import STORE, store_password
from cowork_cli.services.accounts.accounts import Account

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Server

NAME = STORE


def account(
    server: "Server | None", settings: Callable[[str], Any], env: Mapping[str, str], state: Path
) -> Account:
    """The account of `store.url`, or of COWORK_STORE. Raises ConfigError where the store is a file."""
    from cowork_cli.store.engine.postgresql.address import address

    if server is None:
        raise ConfigError(
            "store.url is not set: the store is a file of this home, which asks for no password",
            "set it with `cowork config set store.url postgresql://me@db.example.org/office`",
        )
    where = address(server.url, server.source)
    found = store_password(env, state, settings("store.password_command"))
    return Account(
        name=NAME,
        provider="postgresql",
        title=f"the store on {where.parameters.get('host') or 'this machine'}",
        enabled=True,
        built_in=False,
        capabilities=("store",),
        login=found.place if found else "missing",
        settings={server.source: where.shown},
    )
