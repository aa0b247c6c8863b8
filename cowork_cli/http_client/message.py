"""One request, ready to be sent: address, headers and body, in the form that the platform reads."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from cowork_cli import __version__
from cowork_cli.errors import NotFound
from cowork_cli.http_client.terms import Params
from cowork_cli.records import dataclass, field

READS = ("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT")
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent, and what it is called."""

    content: bytes | None = field(default=None, repr=False)
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """`shown` is its address as it may be shown; `write` says that it may change something there."""

    method: str
    url: str
    shown: str
    body: Body
    headers: Mapping[str, str]
    write: bool
    key: str | None


def composed(
    method: str,
    url: str,
    shown: str,
    body: Body,
    headers: Mapping[str, str],
    key: str | None,
    read: bool | None,
) -> Message:
    """A message with the headers that its body asks for; `read` None: the method tells."""
    usual = {"Accept": JSON}
    if body.content_type is not None:
        usual["Content-Type"] = body.content_type
    reads = method in READS if read is None else read
    return Message(method, url, shown, body, usual | dict(headers), not reads, key)


def json_body(value: object, media: str = JSON) -> Body:
    """JSON in UTF-8, umlauts as they are; `media` is what the platform calls it."""
    return Body(json.dumps(value, ensure_ascii=False).encode(), media)


def form_body(fields: Mapping[str, str]) -> Body:
    """Fields of a web form."""
    from urllib.parse import urlencode

    return Body(urlencode(fields).encode(), FORM)


def xml_body(document: bytes) -> Body:
    """A document that the adapter has written."""
    return Body(document, XML)


def with_params(url: str, params: Params | None) -> str:
    """`url` with parameters; one that is None is left out."""
    from urllib.parse import urlencode

    given = {name: value for name, value in (params or {}).items() if value is not None}
    if not given:
        return url
    return url + ("&" if "?" in url else "?") + urlencode(given, quote_via=quote)


def filled(url: str, fill: Mapping[str, str] | None) -> str:
    """`url` with what stands for its `{name}`s, each quoted as one segment."""
    for name, text in (fill or {}).items():
        if f"{{{name}}}" in url:
            url = url.replace(f"{{{name}}}", segment(text))
    return url


def header_text(text: str) -> str:
    """`text` as a header can hold it: printable ASCII, anything else percent-encoded."""
    return text if text.isascii() and text.isprintable() else quote(text, safe=" /+;:()@<>")


def user_agent(contact: str | None) -> str:
    """`cowork/VERSION (contact)`: which program asks, and how to reach the person who lets it."""
    return header_text(f"cowork/{__version__} ({contact})" if contact else f"cowork/{__version__}")


def segment(identity: str) -> str:
    """An id as one segment of a path. Raises NotFound for one that would lead elsewhere.

    Quoting is not enough for a slash or dots: many servers unquote before they look where it leads.
    """
    if identity in ("", ".", "..") or set(identity) & set("/\\") or not identity.isprintable():
        raise NotFound(f'nothing has the id "{identity}"')
    return quote(identity, safe="")
