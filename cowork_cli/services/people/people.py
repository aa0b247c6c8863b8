"""The own ledger of people: adding, changing, finding, and what was between a person and oneself."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cowork_cli.domain import texts
from cowork_cli.domain.people import PERSON, TALKS, Person, Talk
from cowork_cli.domain.phrases import parse_date
from cowork_cli.domain.place import fold
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.records import dataclass
from cowork_cli.services.clients.clients import find_client, find_project
from cowork_cli.services.identifiers.contacts import check_country, check_email, check_postcode
from cowork_cli.services.identifiers.naming import Candidate, choose
from cowork_cli.store import clients, people

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_NONE = ("", "none")
_ADD = "add them with `cowork people add NAME`"


@dataclass(frozen=True, slots=True)
class Told:
    """A person as they are now, and what to say."""

    person: Person
    notes: tuple[str, ...] = ()


def find(store: "Store", query: str, *, strict: bool = False) -> int:
    """The row of the person meant: `person-3` or a name. Raises NotFound, Ambiguous."""
    known = [
        Candidate(f"person-{row}", name, f"person-{row}", f"{company or ''} {email or ''}")
        for row, name, company, email in people.names(store)
    ]
    try:
        chosen = choose(query, known, "person", strict)
    except NotFound as missing:
        raise NotFound(missing.message, missing.hint or _ADD) from None
    return int(chosen.id.removeprefix("person-"))


def shown(store: "Store", query: str) -> Person:
    """A person with all that was between us. Raises NotFound, Ambiguous."""
    return at(store, find(store, query))


def at(store: "Store", number: int) -> Person:
    """The person of a row."""
    person = people.one(store, number)
    if person is None:
        raise NotFound(f"person-{number} is gone", "see who is there with `cowork people find`")
    return person


def add(store: "Store", name: str, fields: Mapping[str, Any], today: date) -> Told:
    """Adds a person. Raises BadInput, NotFound for an unknown client, Conflict for one who is there."""
    values = columns(store, {**fields, "name": name}, today, None)
    _refuse_twin(store, values, None)
    with store.transaction() as journal:
        number = people.add(journal, {**values, "source": "typed", "added_on": today.isoformat()})
    person = at(store, number)
    return Told(person, tuple(remarks(store, person)))


def edit(store: "Store", query: str, fields: Mapping[str, Any], today: date) -> Told:
    """Changes what is kept of a person; an empty text or `none` takes a fact away.

    Raises BadInput, NotFound, Ambiguous, Conflict.
    """
    number = find(store, query)
    before = at(store, number)
    values = columns(store, fields, today, before)
    if not values:
        raise BadInput("nothing to change was given", "see `cowork people edit --help`")
    _refuse_twin(store, {"name": before.name, "email": before.email, **values}, number)
    with store.transaction() as journal:
        people.change(journal, number, values)
    person = at(store, number)
    return Told(person, tuple(remarks(store, person)))


def remove(store: "Store", query: str, *, dry_run: bool) -> Person:
    """Takes a person out of the ledger; `undo` brings them back. Raises NotFound, Conflict."""
    number = find(store, query, strict=True)
    person = at(store, number)
    refuse_working(store, number, "remove")
    if not dry_run:
        with store.transaction() as journal:
            people.remove(store, journal, number)
    return person


def refuse_working(store: "Store", number: int, verb: str) -> None:
    """Raises Conflict for somebody who has part in a joint job, or belongs to the team."""
    from cowork_cli.store import jobs, team

    for job in jobs.of_person(store, number):
        if verb == "remove" or not job.closed:
            raise Conflict(
                f"person-{number} has part in the job {job.name}",
                f"see it with `cowork job show {shell_word(job.name)}`"
                if job.closed
                else f"end it with `cowork job close {shell_word(job.name)}`",
            )
    member = team.of_person(store, number)
    if member and verb == "remove":
        raise Conflict(
            f"person-{number} belongs to the team as {member}",
            f"take them out with `cowork team remove {shell_word(member)}`",
        )


def search(
    store: "Store",
    words: Sequence[str],
    *,
    skill: str | None,
    trade: str | None,
    met: str | None,
    client: str | None,
) -> list[Person]:
    """People in whom every word stands, case and accents folded, and all that was asked for."""
    wanted = [fold(word) for text in words for word in text.split()]
    slug = None
    if client is not None:
        slug = clients.client(store, find_client(store, client), "9999").id

    def fits(person: Person) -> bool:
        whole = fold(" ".join(filter(None, _searched(person))))
        return (
            all(word in whole for word in wanted)
            and (skill is None or any(fold(skill) in fold(one) for one in person.skills))
            and (trade is None or fold(trade) in fold(person.trade or ""))
            and (met is None or fold(met) in fold(person.met_at or ""))
            and (slug is None or person.client == slug)
        )

    return [person for person in people.every(store) if fits(person)]


def _searched(person: Person) -> tuple[str | None, ...]:
    return (
        person.name, person.company, person.trade, *person.skills, person.email,
        person.address.city, person.met_at, person.note, person.client,
    )  # fmt: skip


def log(
    store: "Store",
    query: str,
    kind: str,
    text: str | None,
    *,
    day: date,
    with_: str | None,
    client: str | None,
    project: str | None,
) -> tuple[Talk, tuple[str, ...]]:
    """Notes what was asked, given or introduced, or what came of it. Raises BadInput, NotFound, Ambiguous."""
    number = find(store, query)
    if kind not in TALKS:
        raise BadInput(f'"{kind}" is nothing to note', f"choose one of {', '.join(TALKS)}")
    if (kind == "introduced") != (with_ is not None):
        raise BadInput(
            "an introduction needs two people"
            if kind == "introduced"
            else f"{kind} is about one person",
            "name the other one with `--to`" if kind == "introduced" else "leave out `--to`",
        )
    other = find(store, with_) if with_ is not None else None
    if other == number:
        raise BadInput(f"person-{number} cannot be introduced to themselves", "name another one")
    project_row = find_project(store, project) if project is not None else None
    client_row = find_client(store, client) if client is not None else None
    if client_row is not None and project_row is not None:
        _refuse_other_client(store, client_row, project_row)
    values = {
        "person_id": number, "day": day.isoformat(), "kind": kind,
        "text": texts.words(text or "", "the text"), "other_id": other,
        "client_id": client_row, "project_id": project_row,
    }  # fmt: skip
    with store.transaction() as journal:
        row = people.add_talk(journal, values)
    talk = people.talk(store, row)
    assert talk is not None
    notes = []
    if kind in ("lead", "order") and client_row is None and project_row is None:
        notes.append(
            "Say whose income it is with `--client` or `--project`: `report origin` adds it up."
        )
    return talk, tuple(notes)


def _refuse_other_client(store: "Store", client: int, project: int) -> None:
    slug = clients.client(store, client, "9999").id
    named = clients.project(store, project, "9999")
    if named.client != slug:
        raise BadInput(
            f"{named.id} is no project of {slug}",
            "leave out `--client`: the project says whose it is",
        )


def remove_talk(store: "Store", text: str) -> Talk:
    """Removes what was noted. Raises NotFound."""
    from cowork_cli.domain.digits import whole_number

    number = whole_number(text.removeprefix("talk-")) if text.startswith("talk-") else None
    talk = people.talk(store, number) if number is not None else None
    if talk is None or number is None:
        raise NotFound(f'there is no talk "{text}"', "see them with `cowork people show NAME`")
    with store.transaction() as journal:
        people.remove_talk(journal, number)
    return talk


# ---- what was typed


def columns(
    store: "Store", fields: Mapping[str, Any], today: date, before: Person | None
) -> dict[str, Any]:
    """The columns that were said, each checked. Raises BadInput, NotFound, Ambiguous."""
    values: dict[str, Any] = {}
    for field in PERSON:
        said = fields.get(field.name)
        if said is None:
            continue
        column = field.column or field.name
        if field.kind == "many":
            values[column] = ",".join(_skills(said))
        elif said.strip().casefold() in _NONE:
            values[column] = None
        else:
            values[column] = _checked(store, field.kind, field.name, said, today)
    if "name" in values and not values["name"]:
        raise BadInput("a person needs a name", "give it as in `cowork people add NAME`")
    if values.get("postcode"):
        country = values.get("country") or (before.address.country if before else None)
        values["postcode"] = check_postcode(values["postcode"], country)
    return values


def _checked(store: "Store", kind: str, name: str, said: str, today: date) -> Any:
    text = texts.words(said, name) if name == "note" else texts.line(said, name)
    if text is None:
        return None
    if kind == "email":
        return check_email(text)
    if kind == "country":
        return check_country(text)
    if kind == "client":
        return find_client(store, text)
    if kind == "language":
        if text not in ("de", "en"):
            raise BadInput(f'language "{text}" is not known', "give `de` or `en`")
        return text
    if kind == "day":
        day = parse_date(text, today, planned=False)
        if day > today:
            raise BadInput(f"{day} is ahead: nobody was met then", "give a day up to today")
        return day.isoformat()
    return text


def _skills(said: Sequence[str]) -> list[str]:
    """Skills as they were named, each once, whatever its case."""
    found: dict[str, str] = {}
    for text in said:
        for part in text.split(","):
            skill = texts.line(part, "a skill", most=60)
            if skill and skill.casefold() not in _NONE:
                found.setdefault(skill.casefold(), skill)
    return list(found.values())


def _refuse_twin(store: "Store", values: Mapping[str, Any], own: int | None) -> None:
    """Raises Conflict for a name that is there, unless an e-mail address tells them apart."""
    name, email = fold(values["name"]), (values.get("email") or "").casefold()
    for row, other, _, address in people.names(store):
        if row == own or fold(other) != name:
            continue
        there = (address or "").casefold()
        if not email or not there or email == there:
            raise Conflict(
                f'"{other}" is noted already, as person-{row}',
                f"change it with `cowork people edit person-{row}`; another one of that name is told "
                "apart by `--email`",
            )


def remarks(store: "Store", person: Person) -> list[str]:
    """What to say of a person: who is a client too, and is not linked."""
    if person.client:
        return []
    names = {fold(person.name), fold(person.company or "")} - {""}
    same = [
        client
        for client in clients.clients(store, "9999", archived=True)
        if fold(client.name) in names
    ]
    return [
        f"{client.name} is also the client {client.id}; say so with "
        f"`cowork people edit {person.id} --client {client.id}`."
        for client in same[:1]
    ]
