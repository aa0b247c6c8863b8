"""The e-mail that asks a space without software for a booking, with the request as iCalendar inside.

Owns the form: a draft (X-Unsent) with a text and a part `text/calendar; method=REQUEST` (RFC 6047), which mail
programs show with buttons to accept or decline. Equal input gives equal bytes.
"""

from cowork_cli.documents import formats
from cowork_cli.documents.mail import in_header, mail_address, new_message
from cowork_cli.documents.words.booking_mail import WORDS
from cowork_cli.domain.booking import Booking
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class BookingMail:
    """Who asks whom, in which language; `request` is the calendar with METHOD:REQUEST."""

    booking: Booking
    language: str
    name: str
    from_: str
    space: str
    to: str
    request: bytes


def eml(mail: BookingMail) -> bytes:
    """The file. Raises BadInput for an e-mail address that is none."""
    words, booking = WORDS[mail.language], mail.booking
    when = _when(booking, mail.language, words["until"])
    message = new_message(mail.from_, mail.to)
    message["X-Unsent"] = "1"
    message["Subject"] = in_header(words["subject"].format(desk=booking.desk_name, when=when))
    message["From"] = mail_address(mail.name, mail.from_)
    message["To"] = mail_address(mail.space, mail.to)
    asked = words["request"].format(desk=booking.desk_name, when=when, zone=booking.timezone)
    closing = f"{words['regards']}\n{mail.name}\n"
    text = "\n\n".join([words["greeting"], asked, words["answer"], closing])
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(mail.request.decode(), subtype="calendar", cte="base64")
    *_, calendar = message.iter_parts()
    calendar.set_param("method", "REQUEST")
    calendar.set_param("name", "request.ics")
    calendar["Content-Disposition"] = 'inline; filename="request.ics"'
    # After the content: setting that takes away every header of the content.
    message["Content-Language"] = mail.language
    message.set_boundary(f"=_cowork_{booking.id}")
    return message.as_bytes()


def _when(booking: Booking, language: str, until: str) -> str:
    begin, end = booking.from_, booking.to
    first = f"{formats.date_text(begin.date(), language)} {begin:%H:%M}"
    if end.date() == begin.date():
        return f"{first}–{end:%H:%M}"
    return f"{first} {until} {formats.date_text(end.date(), language)} {end:%H:%M}"
