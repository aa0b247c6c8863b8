"""Where a store on a server is: `postgresql://USER@HOST:PORT/DB`, as libpq reads it.

https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-CONNSTRING-URIS
"""

from __future__ import annotations

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from cowork_cli.errors import BadInput, SecretInConfig
from cowork_cli.records import dataclass

_FORM = "write it as `postgresql://USER@HOST/DATABASE`"
_SCHEMES = ("postgresql", "postgres")
# Parameters of libpq that are secrets themselves: https://www.postgresql.org/docs/18/libpq-connect.html
_SECRETS = frozenset(("password", "sslpassword", "oauth_client_secret"))
_ENCRYPTED = ("require", "verify-ca", "verify-full")


@dataclass(frozen=True, slots=True)
class Address:
    """The URL without a password, fit to be shown, and the parameters that it gives to libpq."""

    shown: str
    parameters: dict[str, str]

    @property
    def is_local(self) -> bool:
        """A socket or loopback: what is sent leaves no machine.

        Where the URL says no host, libpq asks its own variables; a service may stand for any.
        """
        if "service" in self.parameters or os.environ.get("PGSERVICE"):
            return False
        named = self.parameters.get("host", "") or os.environ.get("PGHOST", "")
        numbered = self.parameters.get("hostaddr", "") or os.environ.get("PGHOSTADDR", "")
        return _stays_here(named) and _stays_here(numbered)


def address(url: str, source: str) -> Address:
    """Reads a URL; `source` says where it stands. Raises BadInput, SecretInConfig for a password in it.

    Beyond this machine the connection is encrypted, and the server proves by a certificate of the
    system who it is, unless the URL says which other way (`sslmode`, `sslrootcert`).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadInput(f'{source} "{_hidden(url)}" is no address of a server', _FORM) from None
    given = dict(parse_qsl(parts.query))
    # An @ behind the host: a password with a slash in it, whose first part was taken for a port.
    if parts.scheme not in _SCHEMES or not parts.path.strip("/") or "@" in parts.path:
        raise BadInput(f'{source} "{_hidden(url)}" is no address of a database', _FORM)
    if parts.password or not _SECRETS.isdisjoint(given):
        raise SecretInConfig(
            f"{source} holds a password",
            "leave it out, and keep it with `cowork account login store` or in COWORK_STORE_PASSWORD",
        )
    parameters = {"dbname": unquote(parts.path.strip("/")), **given}
    if parts.hostname:
        parameters["host"] = unquote(parts.hostname)
    if port:
        parameters["port"] = str(port)
    if parts.username:
        parameters["user"] = unquote(parts.username)
    read = Address(url, parameters)
    if not read.is_local:
        _encrypt(parameters, source)
    return read


def _stays_here(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _encrypt(parameters: dict[str, str], source: str) -> None:
    mode = parameters.get("sslmode")
    if mode is None:
        parameters["sslmode"] = "verify-full"
        parameters.setdefault("sslrootcert", "system")
    elif mode not in _ENCRYPTED:
        raise BadInput(
            f"{source} asks for sslmode={mode}, and hours and invoices go over no open network",
            "use `sslmode=require`, or leave it out: then the server's certificate is looked at too",
        )
    elif mode != "verify-full" and parameters.get("sslrootcert") == "system":
        raise BadInput(
            f"{source} asks for sslmode={mode} with the authorities of the system, which vouch for anybody",
            "leave `sslmode` out: then the name of the server is looked at too",
        )


def _hidden(url: str) -> str:
    """A URL that could not be read, without what may be a password in it."""
    url = url.partition("?")[0]
    return url if "@" not in url else "…@" + url.rpartition("@")[2]
