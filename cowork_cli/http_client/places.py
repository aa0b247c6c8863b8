"""Which addresses may be asked, and how one is named without showing more than its host."""

from urllib.parse import urlsplit

from cowork_cli.errors import ConfigError, SecretInConfig
from cowork_cli.redaction import remember


def origin(url: str) -> str:
    """Scheme, host and port of `url`, the port written out only where it is not the usual one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "an unreadable address"
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def is_loopback(url: str) -> bool:
    """Whether `url` is on this machine."""
    host = (urlsplit(url).hostname or "").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def checked(url: str, account: str, allow_insecure: bool) -> str:
    """The origin of a URL that may be asked. Messages never quote the URL: it may be a secret.

    Raises ConfigError for what is no web address or would go unencrypted to another machine,
    SecretInConfig for one with a password in it.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(
            f'the address set for account "{account}" is not a web address',
            "write it as `https://host/path`",
            account=account,
        )
    if parts.username or parts.password:
        remember(parts.password or parts.username or "")
        raise SecretInConfig(
            f'the address set for account "{account}" holds a password',
            f"take it out and store it with `cowork account login {account}`",
            account=account,
        )
    if parts.scheme == "http" and not allow_insecure and not is_loopback(url):
        raise ConfigError(
            f'account "{account}" would be asked without encryption (http://{parts.hostname})',
            "use an `https://` address, or accept it with "
            f"`cowork account add {account} --set allow_insecure=true`",
            account=account,
        )
    return origin(url)
