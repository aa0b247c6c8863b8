"""An e-mail with documents attached: a file that a mail program opens as a draft, or what is sent.

Owns the form; `words.mail` and its neighbours have the words. Equal input gives equal bytes: the draft
(X-Unsent) has no date and no id, which the mail program writes; a mail that is sent is given both.
"""

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from cowork_cli.documents import formats
from cowork_cli.documents.words.mail import SUBJECTS, WORDS
from cowork_cli.documents.words.quote import WORDS as QUOTE
from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.mail_address import ascii_domain, local_part_is_ascii
from cowork_cli.domain.quote import Quote
from cowork_cli.domain.settlement import Reminder
from cowork_cli.domain.texts import harmless
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

_TYPES = {".pdf": ("application", "pdf"), ".xml": ("application", "xml")}


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, in which language."""

    language: str
    seller: str
    from_: str
    client: str
    to: str


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail: its envelope, subject, the paragraphs that are said, and the files attached.

    `key` is the number of what it is about, which its boundary is made of.
    """

    envelope: Envelope
    key: str
    subject: str
    said: str
    files: Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes a mail a sent one: when (aware), and its own id."""

    at: datetime
    message_id: str


def invoice_mail(invoice: Invoice, envelope: Envelope, files: Sequence[tuple[str, bytes]]) -> Mail:
    """The mail that an issued invoice is attached to."""
    words, language = WORDS[envelope.language], envelope.language
    number = invoice.number or invoice.id
    subjects = SUBJECTS[language]
    if invoice.cancels:
        said = [words["cancels"].format(number=invoice.number, cancels=invoice.cancels)]
    else:
        amount = formats.money_text(invoice.gross, language)
        said = [words["invoice"].format(number=invoice.number, amount=amount)]
        if invoice.due and invoice.open.minor > 0:
            said.append(words["due"].format(date=formats.date_text(invoice.due, language)))
    subject = subjects.get(invoice.type, subjects[380]).format(number=number)
    return Mail(envelope, number, subject, " ".join(said), files)


def reminder_mail(
    invoice: Invoice, reminder: Reminder, envelope: Envelope, files: Sequence[tuple[str, bytes]]
) -> Mail:
    """The mail that a reminder is attached to."""
    words, language = WORDS[envelope.language], envelope.language
    said = words["reminder"].format(
        number=invoice.number,
        amount=formats.money_text(reminder.total, language),
        date=formats.date_text(reminder.pay_by, language),
    )
    subject = words[f"reminder{reminder.level}"].format(number=invoice.number)
    return Mail(envelope, f"{invoice.number}-{reminder.level}", subject, said, files)


def quote_mail(quote: Quote, envelope: Envelope, files: Sequence[tuple[str, bytes]]) -> Mail:
    """The mail that a quote is attached to."""
    words, language = QUOTE[envelope.language], envelope.language
    said = " ".join(
        [
            words["mail"].format(
                number=quote.number, amount=formats.money_text(quote.gross, language)
            ),
            words["mail_valid"].format(date=formats.date_text(quote.valid_until, language)),
        ]
    )
    return Mail(envelope, quote.number, words["subject"].format(number=quote.number), said, files)


def eml(mail: Mail, stamp: Stamp | None = None) -> bytes:
    """The file, or with a `stamp` the mail that is sent. Raises BadInput for an address that is none."""
    envelope = mail.envelope
    message = new_message(envelope.from_, envelope.to)
    if stamp is None:
        message["X-Unsent"] = "1"
    else:
        message["Date"] = format_datetime(stamp.at)
        message["Message-ID"] = stamp.message_id
    message["Subject"] = in_header(mail.subject)
    message["From"] = mail_address(envelope.seller, envelope.from_)
    message["To"] = mail_address(envelope.client, envelope.to)
    message["Content-Language"] = envelope.language
    words = WORDS[envelope.language]
    text = "\n\n".join([words["greeting"], mail.said, f"{words['regards']}\n{envelope.seller}"])
    message.set_content(f"{text}\n", cte="quoted-printable")
    for name, content in mail.files:
        kind = _TYPES.get(name[-4:].lower(), ("application", "octet-stream"))
        message.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    message.set_boundary("=_cowork_" + "".join(char for char in mail.key if char.isalnum())[:40])
    return message.as_bytes()


def new_message(*addresses: str | None) -> EmailMessage:
    """A mail between those addresses, of which none is in it yet.

    Its headers are ASCII, or UTF-8 (RFC 6532) where what stands before an @ cannot be written otherwise.
    """
    plain = all(local_part_is_ascii(address) for address in addresses if address)
    return EmailMessage(policy=SMTP if plain else SMTPUTF8)


def in_header(text: str) -> str:
    """`text` of others on the one line of a header: what follows a line end would be a header of its own."""
    return harmless(" ".join(text.split()))


def mail_address(name: str, address: str) -> Address:
    """A person and their e-mail address as a header holds them. Raises BadInput."""
    known = ascii_domain(address)
    shown = in_header(name)
    try:
        if not address.isprintable():
            raise ValueError(address)
        if not local_part_is_ascii(known):
            username, _, domain = known.rpartition("@")
            Address(addr_spec=f"{username.encode('ascii', 'replace').decode()}@{domain}")
            return Address(shown, username, domain)
        return Address(shown, addr_spec=known)
    except (ValueError, IndexError) as error:
        raise BadInput(
            f'"{address}" is not an e-mail address', "write it as `name@example.org`"
        ) from error
