"""What one tells the operator of a space: noted, written as a mail, answered. Nothing is sent from here."""

from datetime import date
from typing import TYPE_CHECKING

from cowork_cli.documents.formats import date_text
from cowork_cli.documents.plain_mail import PlainMail, eml
from cowork_cli.documents.words.people import FEEDBACK
from cowork_cli.domain import texts
from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.team import Feedback
from cowork_cli.errors import BadInput, NotFound
from cowork_cli.services.identifiers import naming
from cowork_cli.services.identifiers.contacts import sender
from cowork_cli.store import feedback, spaces

if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

STATES = ("noted", "written", "answered", "done")


def told(
    store: "Store", space: str, text: str, today: date, cache: "Cache | None"
) -> tuple[Feedback, str | None]:
    """What is to be noted, without an id; also the e-mail address of the space. Raises BadInput, NotFound, Ambiguous."""
    found = naming.find_space(store, space, cache=cache)
    said = texts.words(text, "the text")
    if said is None:
        raise BadInput(
            "there is nothing to say", 'give it as in `cowork feedback add SPACE "TEXT"`'
        )
    return Feedback("", today, found.name, str(found.ref), said, "noted", None), found.email


def add(store: "Store", said: Feedback) -> Feedback:
    """Notes what `told` gave."""
    with store.transaction() as journal:
        number = feedback.add(journal, said)
    noted = feedback.one(store, number)
    assert noted is not None
    return noted


def find(store: "Store", text: str) -> tuple[int, Feedback]:
    """The row and what it says. Raises NotFound."""
    number = whole_number(text.removeprefix("feedback-")) if text.startswith("feedback-") else None
    found = feedback.one(store, number) if number is not None else None
    if found is None or number is None:
        raise NotFound(f'there is no feedback "{text}"', "see it with `cowork feedback list`")
    return number, found


def edit(store: "Store", text: str, state: str | None, answer: str | None) -> Feedback:
    """What became of it. Raises NotFound, BadInput."""
    number, found = find(store, text)
    values: dict[str, str | None] = {}
    if answer is not None:
        said = texts.words(answer, "the answer")
        values["answer"] = said
        if said is not None:
            values["state"] = "answered"
        elif found.state == "answered":  # what they answered is taken back
            values["state"] = "written"
    if state is not None:
        if state not in STATES:
            raise BadInput(f'"{state}" is no state', f"choose one of {', '.join(STATES)}")
        values["state"] = state
    if not values:
        raise BadInput("nothing to change was given", "see `cowork feedback edit --help`")
    with store.transaction() as journal:
        feedback.change(journal, number, values)
    return find(store, text)[1]


def remove(store: "Store", text: str) -> Feedback:
    """Removes it. Raises NotFound."""
    number, gone = find(store, text)
    with store.transaction() as journal:
        feedback.remove(journal, number)
    return gone


def mail(
    store: "Store",
    found: Feedback,
    *,
    name: str | None,
    email: str | None,
    to: str | None,
    language: str,
) -> bytes:
    """The mail to the operator. Raises BadInput where an address is missing."""
    if language not in FEEDBACK:
        raise BadInput(f'--language "{language}" is not known', "give `--language de` or `en`")
    ref = Ref.parse(found.space_ref)
    space = spaces.by_ref(store, ref) if ref else None
    address = to or (space.email if space else None)
    if not address:
        raise BadInput(
            f"the e-mail address of {found.space} is not known",
            f"give it with `--to`, or keep it: `cowork space edit {found.space_ref} --email ADDRESS`",
        )
    name, email = sender(name, email, "who writes")
    words = FEEDBACK[language]
    about = words["about"].format(space=found.space, date=date_text(found.date, language))
    return eml(
        PlainMail(
            words["subject"].format(space=found.space),
            (words["greeting"], about, found.text, words["answer"], f"{words['regards']}\n{name}"),
            language, name, email, found.space, address,
        )
    )  # fmt: skip


def mark_written(store: "Store", found: Feedback) -> Feedback:
    """It was put into a mail."""
    if found.state != "noted":
        return found
    return edit(store, found.id, "written", None)
