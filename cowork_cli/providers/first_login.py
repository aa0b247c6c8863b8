"""The login of an account that is being set up: its secret was just typed, nothing is kept yet."""

from cowork_cli.http_client import Masked
from cowork_cli.providers.base import Login
from cowork_cli.secrets_store import Secret


class FirstLogin:
    """Satisfies `providers.base.Session` for the time of `account login`."""

    def __init__(self, secret: Masked) -> None:
        self._secret = secret
        self._token: Secret | None = None

    def secret(self) -> Masked:
        """What was typed."""
        return self._secret

    def token(self, *, anew: bool = False) -> Masked | None:
        """What was won, once it was."""
        return self._token

    def keep(self, token: str) -> Masked:
        """Holds what was won, until the login is over and it is kept."""
        self._token = Secret(token)
        return self._token

    def change(self, secret: Masked) -> None:
        """The secret that holds from now on."""
        self._secret = secret

    def won(self) -> Login:
        """What is to be kept."""
        return Login(self._secret.reveal(), self._token.reveal() if self._token else None)
