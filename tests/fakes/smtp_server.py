"""A real mail server on loopback (aiosmtpd), with STARTTLS and a login where a test wants them."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = "erika", "correct horse"


class Inbox:
    """Keeps what arrives. `refuses` is answered to that recipient; `hangs_up` ends the connection after the text."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.encrypted: list[bool] = []
        self.logins: list[str] = []
        self.refuses: str | None = None
        self.hangs_up = False
        self.answer = "250 taken"
        self.options: list[str] = []

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.options = options
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        if self.hangs_up:
            server.transport.abort()
        return self.answer

    def authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        right = data.login.decode() == USER and data.password.decode() == PASSWORD
        return AuthResult(success=right, handled=False)


@contextmanager
def served(
    inbox: Inbox,
    *,
    tls: Path | None = None,
    implicit: bool = False,
    login: bool = False,
    utf8: bool = False,
) -> Iterator[int]:
    """Runs the server; gives its port. `tls` is a folder with `cert.pem` and `key.pem`."""
    context = None
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls / "cert.pem", tls / "key.pem")
    more: dict[str, Any] = {"enable_SMTPUTF8": utf8}
    if login:
        more |= {
            "authenticator": inbox.authenticate,
            "auth_required": True,
            "auth_require_tls": tls is not None,
        }
    if context is not None and not implicit:
        more |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    talks: list[SMTP] = []

    def talk() -> SMTP:
        talks.append(SMTP(inbox, hostname="localhost", loop=loop, **more))
        return talks[-1]

    listening = loop.create_server(talk, "127.0.0.1", 0, ssl=context if implicit else None)
    server = asyncio.run_coroutine_threadsafe(listening, loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, talks), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server: asyncio.Server, talks: list[SMTP]) -> None:
    """Closes every connection and hears each talk out, so that nothing of it is left to be collected."""
    server.close()
    for talk in talks:
        if talk.transport is not None:
            talk.transport.abort()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # a turn of the loop, in which what was aborted is closed
