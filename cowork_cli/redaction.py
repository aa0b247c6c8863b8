"""Owns what must not be shown: every secret this process has read, and whatever looks like one.

Whoever reads a secret makes a `secrets_store.Secret` of it, and that remembers it here. The one
function that writes to stderr, the crash file and the envelope of a failure go through `redact`.
Process-wide, because a crash report is written by somebody who holds no account. Costs nothing until
there is something to say: forms are made and patterns compiled on first use.
"""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping
    from typing import TypeVar

    from cowork_cli.errors import CoworkError

    _E = TypeVar("_E", bound=CoworkError)

MASK = "***"
ENDINGS = ("_TOKEN", "_PASSWORD", "_CLIENT_SECRET")
WHOLE_WORD_BELOW = 6
"""A shorter secret is masked only as a whole word: `pw` must not blacken every word that holds it."""

_known: set[str] = set()

# What makes a pattern worth trying, in lower case: most lines hold none of them.
_SIGNS = ("authorization", "bearer", "basic", "://", "token", "password", "secret", "key")


def remember(secret: str) -> None:
    """From now on `redact` takes this text out, also where it is quoted or encoded."""
    if secret.strip():
        _known.add(secret)


def remember_environment(env: Mapping[str, str]) -> None:
    """Remembers what `COWORK_<ACCOUNT>_TOKEN` and its like hold, also for accounts never asked.

    And PGPASSWORD, which the client of PostgreSQL reads by itself.
    """
    for name, value in env.items():
        if name == "PGPASSWORD" or (name.startswith("COWORK_") and name.endswith(ENDINGS)):
            remember(value)


def redact(text: str) -> str:
    """`text` without any remembered secret in any of its forms, and without what looks like one."""
    for form in sorted({form for secret in tuple(_known) for form in _forms(secret)}, key=len)[
        ::-1
    ]:
        if form not in text:
            continue
        text = text.replace(form, MASK) if len(form) >= WHOLE_WORD_BELOW else _word(form, text)
    for secret in tuple(_known):
        text = _without_base64(secret, text)
    low = text.lower()
    if any(sign in low for sign in _SIGNS):
        for pattern, replacement in _patterns():
            text = pattern.sub(replacement, text)
    return text


def clean(error: _E) -> _E:
    """The same error, its words redacted: they may quote what a service or a library said."""
    error.message = redact(error.message)
    error.args = (error.message,)
    error.hint = redact(error.hint) if error.hint else error.hint
    return error


def _word(form: str, text: str) -> str:
    import re

    return re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", MASK, text)


@cache
def _forms(secret: str) -> frozenset[str]:
    """The text itself, and as a URL, a form, JSON, Python, XML and one line of a terminal write it."""
    import json
    from html import escape
    from urllib.parse import quote, quote_plus

    forms = {secret, secret.strip(), " ".join(secret.split()), repr(secret)[1:-1]}
    forms |= {json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    forms |= {escape(secret), escape(secret, quote=False)}
    # A secret of several lines may be quoted line by line.
    forms |= {line for line in secret.splitlines() if len(line.strip()) >= WHOLE_WORD_BELOW}
    raw = _bytes(secret)
    for encoded in (quote(raw, safe=""), quote(raw), quote_plus(raw)):
        forms |= {encoded, _lower_hex(encoded), quote(encoded, safe="")}
    return frozenset(form for form in forms if form.strip())


def _bytes(secret: str) -> bytes:
    """As UTF-8. Bytes of the environment that are none come as lone surrogates, halves of a character from Windows."""
    try:
        return secret.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return secret.encode(errors="surrogatepass")


def _lower_hex(encoded: str) -> str:
    """`%2F` as `%2f`: both are correct, and servers echo either."""
    import re

    return re.sub(r"%[0-9A-F]{2}", lambda match: match[0].lower(), encoded)


def _without_base64(secret: str, text: str) -> str:
    """Takes out whole runs of base64 that hold the secret, as that of `user:password` does."""
    for pattern in _base64_runs(secret):
        text = pattern.sub(MASK, text)
    return text


@cache
def _base64_runs(secret: str) -> tuple[re.Pattern[str], ...]:
    import re

    letters = "[A-Za-z0-9+/_-]"
    return tuple(
        re.compile(rf"(?:{letters}|%2[BbFf])*{re.escape(core)}(?:{letters}|%2[BbFf])*(?:=|%3[Dd])*")
        for core in dict.fromkeys(_base64_cores(secret))
    )


def _base64_cores(secret: str) -> Iterator[str]:
    """The letters that only this secret decides, for each of three places in a group of bytes."""
    from base64 import b64encode, urlsafe_b64encode
    from urllib.parse import quote

    raw = _bytes(secret)
    for shift in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            letters = encode(b"\0" * shift + raw).decode().rstrip("=")
            # The first and the last letter may hold bits of a neighbour.
            core = letters[(0, 2, 3)[shift] : None if (shift + len(raw)) % 3 == 0 else -1]
            if len(core) >= WHOLE_WORD_BELOW:
                yield core
                yield quote(core, safe="")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    import re

    names = "access_token|refresh_token|id_token|token|password|client_secret|api_key|apikey|secret"
    return (
        (re.compile(r"(?i)(\bauthorization\"?\s*[:=]\s*\"?(?:\w+\s+)?)[^\s\"',]+"), r"\1" + MASK),
        # A digit, a sign or a capital within tells a token from the next word of a sentence.
        (
            re.compile(r"\b((?i:bearer|basic))\s+(?=\S*(?:[0-9=+/]|[a-z][A-Z]))[\w.~+/=-]{3,}"),
            r"\1 " + MASK,
        ),
        # `me` and `USER` stand in what we tell to type.
        (re.compile(r"(?i)(://)(?!(?:me|user)@)[^/\s?#@\"'<>]+@"), r"\1" + MASK + "@"),
        (
            re.compile(rf"(?i)([?&\s\"'](?:{names})\"?\s*[=:]\s*\"?)[^&\s\"',}}]+"),
            r"\1" + MASK,
        ),
    )
