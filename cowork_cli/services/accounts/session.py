"""The login of one account: the secret a person gave, and the token that was won with it."""

from collections.abc import Mapping
from pathlib import Path

from cowork_cli.secrets_store import SESSION, Secret, find_secret, get_secret, store_secret


class AccountSession:
    """Satisfies `providers.base.Session`. `kind` says which secret the provider wants.

    A token is kept where the secret came from: in the keyring or in the private file. Where that was
    the environment or a `token_command`, it lives as long as the command.
    """

    def __init__(
        self,
        account: str,
        kind: str,
        *,
        environ: Mapping[str, str],
        state: Path,
        token_command: str | None,
    ):
        self._account = account
        self._kind = kind
        self._environ = environ
        self._state = state
        self._token_command = token_command
        self._token: Secret | None = None

    def secret(self) -> Secret:
        """What the person gave. Raises LoginRequired, ConfigError."""
        return get_secret(
            self._account,
            self._kind,
            environ=self._environ,
            state=self._state,
            token_command=self._token_command,
        )

    def place(self) -> str | None:
        """Where the secret is found, None if nowhere. Raises LoginRequired, ConfigError."""
        found = find_secret(
            self._account,
            self._kind,
            environ=self._environ,
            state=self._state,
            token_command=self._token_command,
        )
        return found.place if found else None

    def token(self, *, anew: bool = False) -> Secret | None:
        """The token won last; None if none could be kept. Raises ConfigError.

        `anew`: what another command has kept meanwhile counts too.
        """
        if (self._token is None or anew) and self.place() in ("keyring", "file"):
            kept = find_secret(self._account, SESSION, environ={}, state=self._state)
            self._token = kept.secret if kept else self._token
        return self._token

    def keep(self, token: str) -> Secret:
        """Keeps a token at once, so that a rotated one is never lost. Raises ConfigError."""
        self._token = Secret(token)
        place = self.place()
        if place in ("keyring", "file"):
            store_secret(self._account, SESSION, self._token, state=self._state, place=place)
        return self._token
