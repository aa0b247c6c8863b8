"""A mail of plain words, as a file that a mail program opens as a draft, with a file attached or without.

Equal input gives equal bytes.
"""

import hashlib

from cowork_cli.documents.mail import in_header, mail_address, new_message
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class PlainMail:
    """Who writes what to whom; `to` and `from_` are None where that is left to the mail program."""

    subject: str
    paragraphs: tuple[str, ...]
    language: str
    name: str | None = None
    from_: str | None = None
    to_name: str = ""
    to: str | None = None
    file: tuple[str, bytes] | None = None


def eml(mail: PlainMail) -> bytes:
    """The file. Raises BadInput for an e-mail address that is none."""
    message = new_message(mail.from_, mail.to)
    message["X-Unsent"] = "1"
    message["Subject"] = in_header(mail.subject)
    if mail.from_:
        message["From"] = mail_address(mail.name or "", mail.from_)
    if mail.to:
        message["To"] = mail_address(mail.to_name, mail.to)
    text = "\n\n".join(mail.paragraphs) + "\n"
    message.set_content(text, cte="quoted-printable")
    if mail.file is not None:
        name, content = mail.file
        message.add_attachment(content, maintype="text", subtype="csv", filename=name)
        message.set_boundary(f"=_{hashlib.sha256(text.encode() + content).hexdigest()[:32]}")
    # After the content: setting that takes away every header of the content.
    message["Content-Language"] = mail.language
    return message.as_bytes()
