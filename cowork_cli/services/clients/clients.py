"""Clients and projects: add, change, rename, find by name."""

from __future__ import annotations

from cowork_cli.domain.client import TAXES as TAXES
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.records import dataclass
from cowork_cli.store import clients

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from cowork_cli.domain.client import Client, Project
    from cowork_cli.store.engine.store import Store

_IN_SLUG = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")
DEFAULTS = {"type": "business", "currency": "EUR"}


@dataclass(frozen=True, slots=True)
class Told:
    """A client as it is now, and what was decided for it without being asked."""

    client: Client
    notes: tuple[str, ...] = ()


def add_client(store: Store, slug: str, fields: Mapping[str, Any], today: date, home: str) -> Told:
    """Adds a client. `fields` are columns and `rate`, None for what was not given.

    Without a country it is in the seller's, `home`. Where `slug` is a name (`Müller & Söhne GmbH`) and
    none is given beside it, its id is made of it. Raises BadInput, and Conflict if the id or that name is
    taken.
    """
    from cowork_cli.services.clients.fields import new_client

    made: tuple[str, ...] = ()
    if is_name(slug) and fields.get("name") is None:
        fields = {**fields, "name": slug}
        slug, made = _client_slug(store, slug)
    _refuse_taken_client(store, checked_slug(slug, "client"))
    row, rate, notes = new_client(slug, DEFAULTS | _given(fields), home)
    client_id = clients.add_client(store, {"slug": slug, **row}, rate)
    return Told(clients.client(store, client_id, today.isoformat()), (*made, *notes))


def change_client(
    store: Store,
    slug: str,
    fields: Mapping[str, Any],
    today: date,
    *,
    home: str,
    since: str | None = None,
    rename: str | None = None,
) -> Told:
    """Changes what is given; `rename` is a new id, and all that refers to the client follows.

    A rate counts from the day `since` on; without it the rate that is valid today is changed. The
    tax case follows country, type and VAT id. Raises BadInput where somebody must say it.
    """
    from cowork_cli.services.clients.fields import changed_client, first_day

    client_id = find_client(store, slug)
    now = clients.client(store, client_id, today.isoformat())
    said = clients.said_tax(store, client_id)
    row, rate, notes = changed_client(now, said, fields, home)
    rate = first_day(since, today, rate)
    if rename is not None:
        row["slug"] = checked_slug(rename, "client")
        if clients.client_id_of(store, rename) != client_id:
            _refuse_taken_client(store, rename)
    if not row and rate is None:
        raise BadInput("nothing to change was given", "see `cowork client edit --help`")
    clients.change_client(store, client_id, row, rate, today.isoformat())
    told = Told(clients.client(store, client_id, today.isoformat()), notes)
    if (told.client.currency, told.client.tax) == (now.currency, now.tax):
        return told
    from cowork_cli.services.clients.kept import kept_as_it_was

    kept = kept_as_it_was(store, now, told.client, today, rated=rate is not None)
    return Told(told.client, (*notes, *kept))


def find_client(store: Store, text: str) -> int:
    """The row of the client that `text` names. Raises NotFound, Ambiguous."""
    exact = clients.client_id_of(store, text)
    if exact is not None:
        return exact
    from cowork_cli.services.identifiers.naming import Candidate, choose

    known = [
        Candidate(id=client.id, name=client.name)
        for client in clients.clients(store, "9999", archived=True)
    ]
    try:
        chosen = choose(text, known, "client")
    except NotFound as error:
        raise NotFound(
            error.message, f"add it with `cowork client add {shell_word(text)} --name NAME`"
        ) from None
    found = clients.client_id_of(store, chosen.id)
    assert found is not None
    return found


def add_project(
    store: Store, full: str, fields: Mapping[str, Any], today: date
) -> tuple[Project, tuple[str, ...]]:
    """Adds `CLIENT/ID`, and says what was decided for it; of `CLIENT/Name` without a name the id is made.

    Raises BadInput, NotFound for the client, Conflict if it exists.
    """
    from cowork_cli.services.clients.fields import project_columns

    client, slash, slug = full.partition("/")
    if not slash:
        raise BadInput(
            f'"{full}" is not a project', "write it as `CLIENT/ID`, for example `acme/site`"
        )
    by_name = is_name(slug) and fields.get("name") is None
    if not by_name:
        checked_slug(slug, "project")
    client_id = clients.client_id_of(store, client)
    if client_id is None:
        raise NotFound(
            f'there is no client "{client}"',
            f"add it with `cowork client add {client} --name NAME`",
        )
    made: tuple[str, ...] = ()
    if by_name:
        fields = {**fields, "name": slug}
        slug, made = _project_slug(store, client, slug)
    _refuse_taken_project(store, client, slug)
    currency = clients.client(store, client_id, today.isoformat()).currency
    columns, rate = project_columns({"billable": True} | _given(fields), currency, {})
    row = {"client_id": client_id, "slug": slug, **columns}
    project_id = clients.add_project(store, row, rate)
    return clients.project(store, project_id, today.isoformat()), made


def change_project(
    store: Store,
    text: str,
    fields: Mapping[str, Any],
    today: date,
    *,
    since: str | None = None,
    rename: str | None = None,
) -> Project:
    """Changes what is given; `rename` is a new id in the same client, and its hours follow.

    A rate counts from the day `since` on; without it the rate that is valid today is changed.
    """
    from cowork_cli.services.clients.fields import first_day, project_columns

    project_id = find_project(store, text)
    now = clients.project_columns(store, project_id)
    row, rate = project_columns(fields, now["currency"], now)
    rate = first_day(since, today, rate)
    if rename is not None:
        row["slug"] = _new_project_slug(store, rename, now)
    if not row and rate is None:
        raise BadInput("nothing to change was given", "see `cowork project edit --help`")
    clients.change_project(store, project_id, row, rate, today.isoformat())
    return clients.project(store, project_id, today.isoformat())


def find_project(store: Store, text: str, *, usable: bool = False) -> int:
    """The row of the project that `text` names; `-` is the last used one.

    With `usable` an archived one is refused. Raises NotFound, Ambiguous, Conflict.
    """
    project_id = _find_project(store, text)
    if usable:
        project = clients.project(store, project_id, "9999")
        if project.archived:
            raise Conflict(
                f"the project {project.id} is archived",
                f"bring it back with `cowork project archive {project.id} --undo`",
            )
    return project_id


def _find_project(store: Store, text: str) -> int:
    if text == "-":
        last = clients.last_used_project(store)
        if last is None:
            raise NotFound("no project was used yet", "name it, for example `acme/site`")
        return last
    client, _, slug = text.partition("/")
    exact = clients.project_id_of(store, client, slug)
    if exact is not None:
        return exact
    from cowork_cli.services.identifiers.naming import Candidate, choose

    known = {full: (row, name) for row, full, name in clients.names(store)}
    candidates = [Candidate(id=full, name=name or full) for full, (_, name) in known.items()]
    candidates += [Candidate(id=full, name=full.partition("/")[2]) for full in known]
    try:
        return known[choose(text, candidates, "project").id][0]
    except NotFound as error:
        new = text if slug else f"CLIENT/{text}"
        raise NotFound(error.message, f"add it with `cowork project add {new}`") from None


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def checked_slug(text: str, what: str) -> str:
    """`text` as the id of a client or a project. Raises BadInput."""
    if not (text and _IN_SLUG.issuperset(text) and text[0].isalnum()):
        raise BadInput(
            f'"{text}" cannot be the id of a {what}',
            "use lower case letters, digits, `.`, `_` and `-`, for example `acme`",
        )
    return text


def is_name(text: str) -> bool:
    """Whether `text` is no id but a name, of which one can be made: `Müller & Söhne GmbH`, `Relaunch`."""
    if _IN_SLUG.issuperset(text):
        return False
    from cowork_cli.services.identifiers.slugs import slug_of

    return bool(slug_of(text))


def _client_slug(store: Store, name: str) -> tuple[str, tuple[str, ...]]:
    """A free id for a client of that name, and what to say of it. Raises Conflict for the same name."""
    from cowork_cli.services.identifiers.slugs import first_word, free_slug

    known = clients.clients(store, "9999", archived=True)
    for client in known:
        if client.name.casefold() == name.casefold():
            raise Conflict(
                f'there is a client "{client.name}" already: {client.id}',
                f"see it with `cowork client show {client.id}`; "
                "a second one of that name needs an id of its own and `--name`",
            )
    wanted = first_word(name)
    slug = free_slug(wanted, {client.id for client in known})
    return slug, (_made(wanted, slug, "client"),)


def _project_slug(store: Store, client: str, name: str) -> tuple[str, tuple[str, ...]]:
    """A free id for a project of that name. Raises Conflict if the client has one of the same name."""
    from cowork_cli.services.identifiers.slugs import free_slug, slug_of

    known = clients.projects(store, "9999", archived=True, client=client)
    for project in known:
        if project.name and project.name.casefold() == name.casefold():
            raise Conflict(
                f'there is a project "{project.name}" of {client} already: {project.id}',
                f"see it with `cowork project show {project.id}`",
            )
    wanted = slug_of(name)
    slug = free_slug(wanted, {project.id.partition("/")[2] for project in known})
    return slug, (_made(f"{client}/{wanted}", f"{client}/{slug}", "project"),)


def _made(wanted: str, slug: str, what: str) -> str:
    taken = "" if slug == wanted else f"; {wanted} is taken"
    return f"Its id is {slug}{taken}. Change it with `cowork {what} edit {slug} --rename ID`."


def _new_project_slug(store: Store, rename: str, now: Mapping[str, Any]) -> str:
    client, slash, slug = rename.rpartition("/")
    if slash and client != now["client"]:
        raise BadInput(
            f"a project stays with its client: {now['client']} is not {client}",
            "give the new id alone, for example `--rename relaunch`",
        )
    if checked_slug(slug, "project") != now["slug"]:
        _refuse_taken_project(store, now["client"], slug)
    return slug


def _refuse_taken_client(store: Store, slug: str) -> None:
    if clients.client_id_of(store, slug) is not None:
        raise Conflict(
            f'there is a client "{slug}" already', f"see it with `cowork client show {slug}`"
        )


def _refuse_taken_project(store: Store, client: str, slug: str) -> None:
    if clients.project_id_of(store, client, slug) is not None:
        full = f"{client}/{slug}"
        raise Conflict(
            f'there is a project "{full}" already', f"see it with `cowork project show {full}`"
        )
