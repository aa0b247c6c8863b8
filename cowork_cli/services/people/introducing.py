"""The mail that makes two people known to each other. It is a file: the person reads and sends it."""

from typing import TYPE_CHECKING

from cowork_cli.documents.intro_mail import Intro, Named, eml
from cowork_cli.domain import texts
from cowork_cli.domain.people import Person
from cowork_cli.errors import BadInput
from cowork_cli.services.identifiers.contacts import sender
from cowork_cli.services.people import people

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


def letter(
    store: "Store",
    first: str,
    second: str,
    *,
    name: str | None,
    email: str | None,
    text: str | None,
    language: str | None,
) -> tuple[Person, Person, str, bytes]:
    """Both people, the language, and the mail. Raises BadInput where an address is missing.

    Without `language` it is that of both, English where they differ.
    """
    one, other = people.shown(store, first), people.shown(store, second)
    if one.id == other.id:
        raise BadInput(f"{one.name} cannot be introduced to themselves", "name two people")
    for person in (one, other):
        if not person.email:
            raise BadInput(
                f"the e-mail address of {person.name} is not known",
                f"keep it with `cowork people edit {person.id} --email ADDRESS`",
            )
    name, email = sender(name, email, "who introduces them")
    if language is None:
        spoken = {one.language or "de", other.language or "de"}
        language = spoken.pop() if len(spoken) == 1 else "en"
    if language not in ("de", "en"):
        raise BadInput(f'--language "{language}" is not known', "give `--language de` or `en`")
    said = texts.words(text, "the text") if text else None
    mail = Intro(_named(one), _named(other), name, email, said, language)
    return one, other, language, eml(mail)


def _named(person: Person) -> Named:
    return Named(person.name, person.email or "", person.company, person.trade, person.skills)
