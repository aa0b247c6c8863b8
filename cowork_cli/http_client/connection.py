"""Owns httpx: lines that stay open between requests, and answers of a bounded size.

`import httpx` is a quarter of what a booking costs, so nothing here is imported before a request is
sent, its command line (with click and rich) never, and certificates are read for `https` alone.
"""

import sys
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from cowork_cli.errors import ConfigError
from cowork_cli.http_client import deadline, verdicts
from cowork_cli.http_client.terms import Limits, Progress
from cowork_cli.http_client.unpacking import ACCEPTED, CannotUnpack, Unpacker
from cowork_cli.records import dataclass

if TYPE_CHECKING:
    import ssl
    from types import ModuleType

    import httpx

_WHERE = "cowork-location"
KEPT_OPEN_S = 5.0
"""An idle line older than that is not used again: servers close theirs, and a write would be lost."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One answer as it came over the line, header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Silence(Exception):
    """No answer: `how` is one of the words of `verdicts`, `name` what to call it in a debug line."""

    def __init__(self, how: str, name: str):
        super().__init__()
        self.how = how
        self.name = name


class Unreadable(Exception):
    """An answer began with `status` and cannot be used because of `why`."""

    def __init__(self, status: int, why: str):
        super().__init__()
        self.status = status
        self.why = why


class Connection:
    """The lines of one account, opened on first use and shared by every view of its client.

    `encrypted`: some address is `https`. `proxies`: ask the environment for a proxy, which none can
    be for our own loopback. Cookies are neither kept nor sent.
    """

    def __init__(self, *, encrypted: bool, proxies: bool):
        self._encrypted = encrypted
        self._proxies = proxies
        self._client: httpx.Client | None = None

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        limits: Limits,
        progress: Progress | None = None,
    ) -> Raw:
        """One message and its answer, redirects not followed. Raises Silence, Unreadable."""
        httpx = _httpx()
        timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
        deadline.begins(limits.whole_s)
        asked = {"Accept-Encoding": ACCEPTED} | dict(headers)
        try:
            with self._opened().stream(
                method, url, headers=asked, content=content, timeout=timeout
            ) as response:
                body = _read(response, limits, progress)
                names = {name.lower(): value for name, value in response.headers.items()}
                if _WHERE in response.extensions:
                    names["location"] = response.extensions[_WHERE]
                return Raw(response.status_code, names, body)
        except deadline.Late:
            raise Silence(verdicts.LATE, "ExchangeTimeout") from None
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise Silence(_how(problem), type(problem).__name__) from None

    def close(self) -> None:
        """Closes the lines. A request after that opens new ones."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _opened(self) -> "httpx.Client":
        if self._client is None:
            from http.cookiejar import CookieJar, DefaultCookiePolicy

            httpx = _httpx()
            try:
                self._client = httpx.Client(
                    verify=_certificates() if self._encrypted else _no_certificates(),
                    follow_redirects=False,
                    trust_env=self._proxies,
                    event_hooks={"response": [_keep_where]},
                    cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                    limits=httpx.Limits(
                        max_connections=10,
                        max_keepalive_connections=4,
                        keepalive_expiry=KEPT_OPEN_S,
                    ),
                )
            except (ValueError, ImportError, OSError):
                raise ConfigError(
                    "the environment names a proxy or certificates that cannot be used",
                    "check `HTTPS_PROXY`, `ALL_PROXY`, `SSL_CERT_FILE` and `SSL_CERT_DIR`",
                ) from None
            _time(self._client)
        return self._client


def _keep_where(response: "httpx.Response") -> None:
    """Takes the place of a redirect out of httpx's sight: it makes a request of it, also unasked.

    What it raises for one that is none looks as if nothing had been sent (0.28).
    """
    if "location" in response.headers:
        response.extensions[_WHERE] = response.headers.pop("location")


def _time(client: "httpx.Client") -> None:
    """Lets every line of a client keep the deadline: httpx 0.28 has no door for a backend of one's own."""
    for transport in (client._transport, *client._mounts.values()):
        pool: Any = getattr(transport, "_pool", None)
        if pool is not None:
            pool._network_backend = deadline.TimedBackend(pool._network_backend)


def _read(response: "httpx.Response", limits: Limits, progress: Progress | None) -> bytes:
    """The body, unpacked. Raises Unreadable for one too large, broken off, or wrongly packed."""
    httpx = _httpx()
    status = response.status_code
    parts: list[bytes] = []
    size = 0
    try:
        unpacker = Unpacker(response.headers.get("content-encoding", ""))
        for packed in response.iter_raw():
            part = unpacker.feed(packed, limits.answer_bytes - size)
            size += len(part)
            parts.append(part)
            if size > limits.answer_bytes:
                raise Unreadable(status, f"answered with more than {_size(limits.answer_bytes)}")
            if progress is not None and response.is_success:
                progress(size)
        unpacker.end()
    except (httpx.RemoteProtocolError, httpx.ReadError):
        raise Unreadable(status, "broke off in the middle of its answer") from None
    except CannotUnpack:
        raise Unreadable(status, "sent a body that cannot be unpacked") from None
    return b"".join(parts)


def _how(problem: Exception) -> str:
    """What an exception of httpx says about whether the request got through."""
    httpx = _httpx()
    if isinstance(problem, httpx.ConnectTimeout | httpx.PoolTimeout):
        return f"{verdicts.NO_LINE}, {verdicts.LATE}"
    if isinstance(problem, httpx.ConnectError | httpx.ProxyError):
        certificate = "CERTIFICATE" in str(problem).upper()
        return verdicts.NOT_TRUSTED if certificate else verdicts.NO_LINE
    if isinstance(problem, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return verdicts.UNSENDABLE
    return verdicts.LATE if isinstance(problem, httpx.TimeoutException) else verdicts.CUT


@cache
def _httpx() -> "ModuleType":
    """httpx without its command line, which imports click and rich wherever they are installed."""
    name = "httpx._main"
    hidden = name not in sys.modules and "httpx" not in sys.modules
    if hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it is now an ImportError
    try:
        import httpx
    finally:
        if hidden:
            del sys.modules[name]
    return httpx


@cache
def _certificates() -> "ssl.SSLContext":
    """Read once: the list of certificates costs 20 ms, and ten accounts share it."""
    context: ssl.SSLContext = _httpx().create_ssl_context()
    return context


@cache
def _no_certificates() -> "ssl.SSLContext":
    """For lines that are not encrypted: trusts nobody, and reads nothing to know it."""
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _size(count: int) -> str:
    """`16 MiB` where it is a whole number of them, else bytes."""
    whole, rest = divmod(count, 1024 * 1024)
    return f"{count} bytes" if rest or not whole else f"{whole} MiB"
