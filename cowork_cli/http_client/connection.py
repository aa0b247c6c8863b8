"""Owns httpx: lines that stay open between requests, and answers of a bounded size.

`import httpx` is a quarter of what a booking costs, so nothing here is imported before a request is
sent, its command line (with click and rich) never, and certificates are read for `https` alone.
"""

import sys
import time
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from cowork_cli.errors import ConfigError
from cowork_cli.http_client import verdicts
from cowork_cli.http_client.terms import Limits, Progress
from cowork_cli.records import dataclass

if TYPE_CHECKING:
    import ssl
    from types import ModuleType

    import httpx

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
        started = time.monotonic()
        timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
        try:
            with self._opened().stream(
                method, url, headers=headers, content=content, timeout=timeout
            ) as response:
                body = _read(response, limits, started, progress)
                names = {name.lower(): value for name, value in response.headers.items()}
                return Raw(response.status_code, names, body)
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
        return self._client


def _read(
    response: "httpx.Response", limits: Limits, started: float, progress: Progress | None
) -> bytes:
    """The body, unpacked. Raises Unreadable for one too large, broken off, or wrongly packed."""
    httpx = _httpx()
    status = response.status_code
    parts: list[bytes] = []
    size = 0
    try:
        for part in response.iter_bytes():
            size += len(part)
            parts.append(part)
            if size > limits.answer_bytes:
                raise Unreadable(status, f"answered with more than {_size(limits.answer_bytes)}")
            if progress is not None and response.is_success:
                progress(size)
            if time.monotonic() - started > limits.whole_s:
                raise httpx.ReadTimeout("the whole exchange took too long")
    except (httpx.RemoteProtocolError, httpx.ReadError):
        raise Unreadable(status, "broke off in the middle of its answer") from None
    except httpx.DecodingError:
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
