"""The mail that introduces two people to each other: to both of them, what each does in a sentence.

What is private of them (where one met, what was noted) is not in it. Equal input gives equal bytes.
"""

from cowork_cli.documents.mail import in_header, mail_address, new_message
from cowork_cli.documents.words.people import INTRO
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """What the other one is told of a person."""

    name: str
    email: str
    company: str | None
    trade: str | None
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intro:
    """Who introduces whom; `text` says why, in the words of the one who writes."""

    first: Named
    second: Named
    name: str
    from_: str
    text: str | None
    language: str


def eml(intro: Intro) -> bytes:
    """The file. Raises BadInput for an e-mail address that is none."""
    words = INTRO[intro.language]
    first, second = intro.first, intro.second
    message = new_message(intro.from_, first.email, second.email)
    message["X-Unsent"] = "1"
    message["Subject"] = in_header(words["subject"].format(first=first.name, second=second.name))
    message["From"] = mail_address(intro.name, intro.from_)
    message["To"] = [mail_address(one.name, one.email) for one in (first, second)]
    parts = [
        words["greeting"].format(first=first.name, second=second.name),
        words["meet"],
        *([intro.text] if intro.text else []),
        _about(first, intro.language),
        _about(second, intro.language),
        words["over"],
        f"{words['regards']}\n{intro.name}",
    ]
    message.set_content("\n\n".join(parts) + "\n", cte="quoted-printable")
    # After the content: setting that takes away every header of the content.
    message["Content-Language"] = intro.language
    return message.as_bytes()


def _about(person: Named, language: str) -> str:
    words = INTRO[language]
    does = ", ".join(part for part in (person.trade, person.company) if part)
    lines = [f"{person.name}: {does}" if does else f"{person.name}"]
    if person.skills:
        lines.append(words["knows"].format(skills=", ".join(person.skills)))
    lines.append(person.email)
    return "\n".join(lines)
