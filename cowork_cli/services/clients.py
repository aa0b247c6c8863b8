"""Clients and projects: add, change, find by name."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cowork_cli.domain.client import CLIENT_TYPES, Client, Project
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.store import clients
from cowork_cli.store.store import Store

_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*")
TAXES = ("standard", "reduced", "reverse-charge", "outside-eu", "small-business", "exempt")


def add_client(store: Store, slug: str, fields: Mapping[str, Any], today: date) -> Client:
    """Adds a client. `fields` are columns and `rate`, None for what was not given.

    Raises BadInput, and Conflict if the id is taken.
    """
    slug = _checked_slug(slug, "client")
    if clients.client_id_of(store, slug) is not None:
        raise Conflict(
            f'there is a client "{slug}" already', f"see it with `cowork client show {slug}`"
        )
    row = {"slug": slug, **checked_fields(fields)}
    rate = row.pop("rate", None)
    client_id = clients.add_client(store, row, rate)
    return clients.client(store, client_id, today.isoformat())


def change_client(
    store: Store, slug: str, fields: Mapping[str, Any], today: date, since: date | None
) -> Client:
    """Changes what is given. A rate counts from the day `since` on (default: always)."""
    client_id = find_client(store, slug)
    row = checked_fields({key: value for key, value in fields.items() if value is not None})
    rate = row.pop("rate", None)
    if not row and rate is None:
        raise BadInput("nothing to change was given", "see `cowork client edit --help`")
    start = since.isoformat() if since else clients.ALWAYS
    clients.change_client(store, client_id, row, rate, start)
    return clients.client(store, client_id, today.isoformat())


def find_client(store: Store, text: str) -> int:
    """The row of the client that `text` names. Raises NotFound, Ambiguous."""
    exact = clients.client_id_of(store, text)
    if exact is not None:
        return exact
    from cowork_cli.services.naming import Candidate, choose

    known = [
        Candidate(id=client.id, name=client.name)
        for client in clients.clients(store, "9999", archived=True)
    ]
    try:
        chosen = choose(text, known, "client")
    except NotFound as error:
        raise NotFound(
            error.message, f"add it with `cowork client add {text} --name NAME`"
        ) from None
    found = clients.client_id_of(store, chosen.id)
    assert found is not None
    return found


def add_project(
    store: Store, full: str, name: str | None, rate: Any, billable: bool, today: date
) -> Project:
    """Adds `CLIENT/ID`. Raises BadInput, NotFound for the client, Conflict if it exists."""
    client, slash, slug = full.partition("/")
    if not slash:
        raise BadInput(
            f'"{full}" is not a project', "write it as `CLIENT/ID`, for example `acme/site`"
        )
    slug = _checked_slug(slug, "project")
    client_id = clients.client_id_of(store, client)
    if client_id is None:
        raise NotFound(
            f'there is no client "{client}"',
            f"add it with `cowork client add {client} --name NAME`",
        )
    if clients.project_id_of(store, client, slug) is not None:
        raise Conflict(
            f'there is a project "{full}" already', f"see it with `cowork project show {full}`"
        )
    row = {"client_id": client_id, "slug": slug, "name": name, "billable": int(billable)}
    project_id = clients.add_project(store, row, rate)
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
    from cowork_cli.services.naming import Candidate, choose

    known = {full: (row, name) for row, full, name in clients.names(store)}
    candidates = [Candidate(id=full, name=name or full) for full, (_, name) in known.items()]
    candidates += [Candidate(id=full, name=full.partition("/")[2]) for full in known]
    try:
        return known[choose(text, candidates, "project").id][0]
    except NotFound as error:
        new = text if slug else f"CLIENT/{text}"
        raise NotFound(error.message, f"add it with `cowork project add {new}`") from None


def checked_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Client fields as columns. Raises BadInput for the first that cannot be right."""
    from cowork_cli.domain.money import parse_currency, parse_rate
    from cowork_cli.domain.phrases import parse_days
    from cowork_cli.services import numbers, settings

    row: dict[str, Any] = {key: value for key, value in fields.items() if value is not None}
    _choice(row, "type", CLIENT_TYPES)
    _choice(row, "language", ("de", "en"))
    _choice(row, "tax", TAXES)
    checks: dict[str, Callable[[str], Any]] = {
        "rate": parse_rate,
        "currency": parse_currency,
        "vat_id": numbers.check_vat_id,
        "leitweg_id": numbers.check_leitweg_id,
        "country": lambda text: settings.checked("seller.country", text),
        "email": lambda text: settings.checked("seller.email", text),
    }
    for name, check in checks.items():
        if name in row:
            row[name] = check(row[name])
    if "terms" in row:
        row["terms_days"] = parse_days(row.pop("terms"), "terms")
    if "name" in row and not row["name"].strip():
        raise BadInput("the name is empty", 'give it as `--name "ACME GmbH"`')
    return row


def _choice(row: dict[str, Any], name: str, known: tuple[str, ...]) -> None:
    if name in row and row[name] not in known:
        raise BadInput(f'{name} "{row[name]}" is not known', f"choose one of {', '.join(known)}")


def _checked_slug(text: str, what: str) -> str:
    if not _SLUG.fullmatch(text):
        raise BadInput(
            f'"{text}" cannot be the id of a {what}',
            "use lower case letters, digits, `.`, `_` and `-`, for example `acme`",
        )
    return text
