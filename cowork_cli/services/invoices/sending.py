"""Sending a mail through the person's own program or server: written down first, settled by the answer.

Nothing is sent a second time in silence: what was sent, and what may have been, is in the store.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cowork_cli import mail_transport
from cowork_cli.documents.mail import Stamp, eml
from cowork_cli.domain.identity import new_uuid
from cowork_cli.domain.mail_address import ascii_domain
from cowork_cli.domain.mailing import Mailing
from cowork_cli.domain.zones import seconds_of
from cowork_cli.errors import ConfigError, Conflict, CoworkError
from cowork_cli.http_client.places import is_loopback
from cowork_cli.mail_transport import Delivery
from cowork_cli.records import dataclass, replace
from cowork_cli.secrets_store import get_secret
from cowork_cli.services.accounts import mail_account
from cowork_cli.services.invoices.mailing import Outgoing
from cowork_cli.store import mailings
from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Transport:
    """A way to send: what it is called, and the function that does it."""

    way: str
    hand_over: Callable[[bytes, str, str], Delivery]


class SentBefore(Conflict):
    """The same was sent before, or nobody knows whether it was."""

    code = "sent-before"


def transport(settings: Callable[[str], Any], env: Mapping[str, str], state: Path) -> Transport:
    """How mail is sent here: `mail.command`, else `mail.smtp`. Raises ConfigError for neither."""
    command, server = settings("mail.command"), settings("mail.smtp")
    if command:
        program = mail_transport.arguments(str(command))[0]
        return Transport(
            Path(program).name,
            lambda message, _, to: mail_transport.by_program(str(command), message, to),
        )
    if not server:
        raise ConfigError(
            "how mail is sent is not set",
            "name your own program, `cowork config set mail.command 'msmtp -t'`, or a server, "
            "`cowork config set mail.smtp smtps://me@mail.example.org`",
        )
    known = mail_transport.parse_server(str(server))
    known = replace(known, plain_allowed=is_loopback(f"//{_bracketed(known.host)}"))

    def password() -> str:
        return get_secret(
            mail_account.NAME, "password", environ=env, state=state,
            token_command=settings("mail.password_command"),
        ).reveal()  # fmt: skip

    return Transport(
        known.host,
        lambda message, sender, to: mail_transport.by_smtp(known, message, sender, to, password),
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def send(
    store: Store, outgoing: Outgoing, way: Transport, now: datetime, *, again: bool
) -> tuple[Mailing, CoworkError | None]:
    """Sends a mail and notes what became of it; beside it the error to show, None if it was sent.

    Raises SentBefore where the same may have arrived already, unless `again`. What is raised on the way
    (a program that is not there, a password that is missing) leaves it noted as not sent.
    """
    envelope = outgoing.mail.envelope
    sender, recipient = ascii_domain(envelope.from_), ascii_domain(envelope.to)
    domain = sender.rpartition("@")[2]
    stamp = Stamp(now.replace(microsecond=0), f"<{new_uuid(store.now_ms)}@{domain}>")
    message = eml(outgoing.mail, stamp)
    mailing_id = _intend(store, outgoing, way, stamp, message, again=again)
    try:
        delivery = way.hand_over(message, sender, recipient)
    except CoworkError as error:
        _settle(store, outgoing, mailing_id, Delivery("failed", error.message))
        raise
    _settle(store, outgoing, mailing_id, delivery)
    return history(store, outgoing)[-1], delivery.error


def history(store: Store, outgoing: Outgoing) -> tuple[Mailing, ...]:
    """What was sent of the same thing, the oldest first."""
    known = (
        mailings.of_invoice(store, outgoing.row)
        if outgoing.table == "invoice_id"
        else mailings.of_quote(store, outgoing.row)
    )
    return tuple(row for row in known if row.level == outgoing.level)


def refuse_sent(store: Store, outgoing: Outgoing) -> None:
    """Raises SentBefore where the same was sent, or may have been."""
    arrived = [row for row in history(store, outgoing) if row.may_have_arrived]
    if not arrived:
        return
    last = arrived[-1]
    when = f"{last.at:%Y-%m-%d %H:%M}"
    what = f"reminder {outgoing.level} of {outgoing.name}" if outgoing.level else outgoing.name
    if last.state == "sent":
        raise SentBefore(
            f"{what} was sent to {last.to} on {when}", "send it once more with `--again`"
        )
    raise SentBefore(
        f"{what} was handed over to {last.way} for {last.to} on {when}; whether it arrived is not known",
        "look into your mailbox, or ask; then `--again` sends it once more",
    )


def _intend(
    store: Store, outgoing: Outgoing, way: Transport, stamp: Stamp, message: bytes, *, again: bool
) -> int:
    """Writes down what is about to be sent; of two commands at once only one comes through."""
    import hashlib

    with store.transaction() as journal:
        if not again:
            refuse_sent(store, outgoing)
        mailing_id = mailings.add(
            store,
            {
                outgoing.table: outgoing.row,
                "level": outgoing.level,
                "at": seconds_of(stamp.at),
                "timezone": str(stamp.at.tzinfo),
                "recipient": outgoing.to,
                "message_id": stamp.message_id,
                "way": way.way,
                "sha256": hashlib.sha256(message).hexdigest(),
            },
        )
        noun = "quote" if outgoing.table == "quote_id" else "invoice"
        journal.bar_undo(
            f"a mail about {outgoing.name} has left the house", f"{noun} show {outgoing.name}"
        )
    return mailing_id


def _settle(store: Store, outgoing: Outgoing, mailing_id: int, delivery: Delivery) -> None:
    with store.transaction() as journal:
        mailings.settle(store, mailing_id, delivery.state, delivery.detail)
        if delivery.state == "failed" and outgoing.table == "invoice_id":
            journal.unattended()  # nothing left the house: undo passes over the attempt
