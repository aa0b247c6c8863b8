"""Handing a mail over: to the person's own program (`sendmail`, `msmtp`) or to an SMTP server.

What is told is what is known: `sent` was taken, `failed` was not, `unknown` is a connection that was lost
after the server had asked for the text (RFC 5321 §4.2.5: only its answer to the end of the text decides).
"""

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from cowork_cli.domain.mail_address import local_part_is_ascii
from cowork_cli.errors import (
    AuthRejected,
    ConfigError,
    Conflict,
    CoworkError,
    OutcomeUnknown,
    ProviderUnavailable,
    SecretInConfig,
)
from cowork_cli.records import dataclass
from cowork_cli.redaction import remember

TYPE_CHECKING = False
if TYPE_CHECKING:
    import smtplib
    import socket
    import ssl
    from io import BufferedReader

TIMEOUT_S = 30.0
WHOLE_S = 120.0
"""Seconds for all that a server says; each of its sentences alone may take TIMEOUT_S."""
MOST_SAID = 256 * 1024
"""Bytes that a server may say in all: a reply may have any number of lines."""
PORTS = {"smtp": 587, "smtps": 465}
_TEMPORARY = 75  # EX_TEMPFAIL of sysexits.h: some programs have queued the mail then, some have not


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a mail: `state` is `sent`, `failed` or `unknown`; `error` what to say of it."""

    state: str
    detail: str | None = None
    error: CoworkError | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server. `tls`: encrypted from the first byte, else by STARTTLS.

    `plain_allowed`: without either, which is right on this machine alone.
    """

    host: str
    port: int
    user: str | None
    tls: bool
    plain_allowed: bool = False


def parse_server(text: str) -> Server:
    """`smtps://me@mail.example.org`, `smtp://mail.example.org:587` (STARTTLS). Raises ConfigError.

    Raises SecretInConfig for one with a password in it.
    """
    hint = "write it as `smtps://me@mail.example.org` or `smtp://me@mail.example.org:587`"
    try:
        parts = urlsplit(text.strip())
        port, host = parts.port, parts.hostname
    except ValueError:
        raise ConfigError("mail.smtp is no mail server", hint) from None
    if parts.password is not None:
        remember(parts.password)
        raise SecretInConfig(
            "mail.smtp holds a password",
            "take it out and store it with `cowork account login mail`",
        )
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.query or port == 0:
        raise ConfigError("mail.smtp is no mail server", hint)
    user = unquote(parts.username) if parts.username else None
    return Server(host, port or PORTS[parts.scheme], user, parts.scheme == "smtps")


# ---- a program


def by_program(command: str, message: bytes, recipient: str) -> Delivery:
    """Runs the person's program with the mail as its input; no shell. Raises ConfigError.

    With `-t` the program reads the recipient in the mail, else it is its last argument.
    """
    import subprocess

    words = arguments(command)
    argv = words if "-t" in words else [*words, "--", recipient]
    try:
        process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ConfigError(
            f"mail.command cannot be run: {words[0]}: {why}",
            "correct it with `cowork config set mail.command 'msmtp -t'`",
        ) from None
    try:
        _, said = process.communicate(message, timeout=TIMEOUT_S * 4)
    except subprocess.TimeoutExpired:
        process.kill()
        return _unknown(f"{words[0]} gave no answer")
    except BaseException:
        process.kill()
        raise
    code = process.returncode
    if code == 0:
        return Delivery("sent")
    line = said.decode("utf-8", "replace").strip().partition("\n")[0]
    what = f"{words[0]} left with {code}{f': {line}' if line else ''}"
    if code < 0 or code == _TEMPORARY:
        return _unknown(what)
    return Delivery(
        "failed", what, ProviderUnavailable(f"the mail was not sent: {what}", "try it by hand")
    )


def arguments(command: str) -> list[str]:
    """The words of a command as they are run. Raises ConfigError for an empty or a broken one."""
    import shlex

    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError:
        words = []
    if not words:
        raise ConfigError(
            f'mail.command "{command}" cannot be read',
            "write it as `cowork config set mail.command 'msmtp -t'`",
        )
    return words


# ---- a server


def by_smtp(
    server: Server, message: bytes, sender: str, recipient: str, password: Callable[[], str]
) -> Delivery:
    """Hands a mail to a server; encrypted, unless it is on this machine. `password` is asked if there is a user.

    An address with letters beyond ASCII before the @ is handed to a server that offers SMTPUTF8 alone.
    """
    import smtplib

    where = f"{server.host}:{server.port}"
    secret = password() if server.user else None
    try:
        connection = _connected(server)
    except (OSError, smtplib.SMTPException) as error:
        return _unreached(where, error)
    try:
        if refused := _prepared(connection, server, secret, where):
            return refused
        return _handed(connection, message, sender, recipient, where)
    finally:
        connection.close()


def _connected(server: Server) -> "smtplib.SMTP":
    import smtplib
    from time import monotonic

    ends_at = monotonic() + WHOLE_S

    class Bounded(smtplib.SMTP):
        """Hears a server out only so long."""

        def getreply(self) -> tuple[int, bytes]:
            if self.file is None and self.sock is not None:  # also anew after STARTTLS
                self.file = _heard(self.sock, ends_at)
            return super().getreply()

    class BoundedTls(Bounded, smtplib.SMTP_SSL):
        """The same, encrypted from the first byte."""

    if server.tls:
        return BoundedTls(server.host, server.port, timeout=TIMEOUT_S, context=_certificates())
    return Bounded(server.host, server.port, timeout=TIMEOUT_S)


def _heard(line: "socket.socket", ends_at: float) -> "BufferedReader":
    """What a server says, until the time is over or it has said too much; both are errors of the line."""
    from io import BufferedReader, RawIOBase
    from time import monotonic

    class Heard(RawIOBase):
        said = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            left = ends_at - monotonic()
            if left <= 0 or self.said > MOST_SAID:
                raise TimeoutError("it does not come to an end")
            line.settimeout(min(TIMEOUT_S, left))
            count = line.recv_into(buffer)
            self.said += count
            return count

    return BufferedReader(Heard())


def _certificates() -> "ssl.SSLContext":
    """The certificates that the system trusts (`SSL_CERT_FILE`); a server without one of them is refused."""
    import ssl

    return ssl.create_default_context()


def _prepared(
    connection: "smtplib.SMTP", server: Server, secret: str | None, where: str
) -> Delivery | None:
    """Encrypts and logs in; what stood against that, if something did. Nothing was sent then."""
    import smtplib

    try:
        connection.ehlo_or_helo_if_needed()
        if not server.tls:
            if connection.has_extn("starttls"):
                connection.starttls(context=_certificates())
                connection.ehlo()
            elif not server.plain_allowed:
                said = f"{where} offers no encryption"
                error = ConfigError(
                    f"the mail was not sent: {said}",
                    "set `smtps://…` with `cowork config set mail.smtp`",
                )
                return Delivery("failed", said, error)
        if server.user and secret is not None:
            connection.login(server.user, secret)
    except smtplib.SMTPAuthenticationError as error:
        said = f"{where} rejected the login of {server.user} ({error.smtp_code})"
        hint = "log in again with `cowork account login mail`"
        return Delivery("failed", said, AuthRejected(f"the mail was not sent: {said}", hint))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # ValueError: smtplib decodes a challenge that is no base64.
        return _unreached(where, error)
    return None


def _handed(
    connection: "smtplib.SMTP", message: bytes, sender: str, recipient: str, where: str
) -> Delivery:
    import smtplib

    utf8 = not (local_part_is_ascii(sender) and local_part_is_ascii(recipient))
    if utf8 and not (connection.has_extn("smtputf8") and connection.has_extn("8bitmime")):
        return _beyond_ascii(where, recipient if local_part_is_ascii(sender) else sender)
    if utf8:
        connection.command_encoding = "utf-8"
    steps: tuple[tuple[str, str, int], ...] = (
        ("sender", f"MAIL FROM:<{sender}>{' BODY=8BITMIME SMTPUTF8' if utf8 else ''}", 2),
        ("recipient", f"RCPT TO:<{recipient}>", 2),
        ("text", "DATA", 3),
    )
    try:
        for what, command, wanted in steps:
            code, said = connection.docmd(command)
            if code // 100 != wanted:
                return _refused(where, what, code, said)
    except (OSError, smtplib.SMTPException) as error:
        return _unreached(where, error)
    try:
        connection.send(_dotted(message))
        code, said = connection.getreply()
    except (OSError, smtplib.SMTPException):
        return _unknown(f"the connection to {where} was lost after the text was sent")
    if code // 100 in (4, 5):
        return _refused(where, "text", code, said)
    if code // 100 != 2:
        return _unknown(f"{where} was sent the text and gave no usable answer ({code})")
    return Delivery("sent")


def _beyond_ascii(where: str, address: str) -> Delivery:
    detail = f"{where} takes no {address}: it does not offer SMTPUTF8 (RFC 6531)"
    hint = "correct the address, or write the mail as a file with `--out FILE.eml`"
    return Delivery("failed", detail, Conflict(f"the mail was not sent: {detail}", hint))


def _dotted(message: bytes) -> bytes:
    """The text as RFC 5321 §4.5.2 wants it: CRLF, a dot doubled at the beginning of a line, a dot at the end."""
    lines = message.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    dotted = [b"." + line if line.startswith(b".") else line for line in lines]
    return b"\r\n".join([*dotted, b".", b""])


def _refused(where: str, what: str, code: int, said: bytes) -> Delivery:
    words = said.decode("utf-8", "replace").replace("\n", " ")[:200]
    detail = f"{where} refused the {what} ({code} {words})"
    hint = "correct the address" if what == "recipient" else "ask the provider of your mail"
    return Delivery("failed", detail, Conflict(f"the mail was not sent: {detail}", hint))


def _unreached(where: str, error: Exception) -> Delivery:
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    detail = f"{where}: {why}"
    hint = "try again later; check the address with `cowork config get mail.smtp`"
    return Delivery("failed", detail, ProviderUnavailable(f"the mail was not sent: {detail}", hint))


def _unknown(detail: str) -> Delivery:
    error = OutcomeUnknown(
        f"whether the mail was sent is not known: {detail}",
        "look into your mailbox, or ask; `--again` sends it once more",
    )
    return Delivery("unknown", detail, error)
