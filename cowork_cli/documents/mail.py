"""An e-mail with documents attached, as a file that a mail program opens as a draft (X-Unsent).

Owns the form; `words.mail` has the words. Equal input gives equal bytes: no date, no random boundary; the mail
program writes date and id when it sends.
"""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from cowork_cli.documents import formats
from cowork_cli.documents.words.mail import SUBJECTS, WORDS
from cowork_cli.domain.invoice import Invoice
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

_TYPES = {".pdf": ("application", "pdf"), ".xml": ("application", "xml")}


@dataclass(frozen=True, slots=True)
class Mail:
    """An invoice to be sent: who writes to whom, in which language, with which files."""

    invoice: Invoice
    language: str
    seller: str
    from_: str
    client: str
    to: str
    files: Sequence[tuple[str, bytes]]


def eml(mail: Mail) -> bytes:
    """The file. Raises BadInput for an e-mail address that is none."""
    message = EmailMessage(policy=SMTP)
    number = mail.invoice.number or mail.invoice.id
    subjects = SUBJECTS[mail.language]
    message["X-Unsent"] = "1"
    message["Subject"] = subjects.get(mail.invoice.type, subjects[380]).format(number=number)
    message["From"] = mail_address(mail.seller, mail.from_)
    message["To"] = mail_address(mail.client, mail.to)
    message["Content-Language"] = mail.language
    message.set_content(_text(mail), cte="quoted-printable")
    for name, content in mail.files:
        kind = _TYPES.get(name[-4:].lower(), ("application", "octet-stream"))
        message.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    message.set_boundary("=_cowork_" + "".join(char for char in number if char.isalnum())[:40])
    return message.as_bytes()


def _text(mail: Mail) -> str:
    words, invoice = WORDS[mail.language], mail.invoice
    if invoice.cancels:
        said = [words["cancels"].format(number=invoice.number, cancels=invoice.cancels)]
    else:
        amount = formats.money_text(invoice.gross, mail.language)
        said = [words["invoice"].format(number=invoice.number, amount=amount)]
        if invoice.due and invoice.open.minor > 0:
            said.append(words["due"].format(date=formats.date_text(invoice.due, mail.language)))
    return (
        "\n\n".join([words["greeting"], " ".join(said), f"{words['regards']}\n{mail.seller}"])
        + "\n"
    )


def mail_address(name: str, address: str) -> Address:
    """A person and their e-mail address as a header holds them. Raises BadInput."""
    try:
        return Address(" ".join(name.split()), addr_spec=address.strip())
    except (ValueError, IndexError) as error:
        raise BadInput(
            f'"{address}" is not an e-mail address', "write it as `name@example.org`"
        ) from error
