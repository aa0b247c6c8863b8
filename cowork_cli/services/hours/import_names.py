"""Whose hours imported rows are: clients and projects found by their names, or made."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cowork_cli.domain.identity import new_uuid
from cowork_cli.services.identifiers.slugs import LETTERS, free_slug, slug_of
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store

_AROUND = re.compile(r"^[\s/]+|[\s/]+$")
Names = tuple[str | None, str | None, str | None, str | None]


def bare(project: str | None) -> str:
    """The name of a project without blanks and slashes around it; an empty text where nothing is left."""
    return _AROUND.sub("", project or "")


@dataclass(slots=True)
class Named:
    """A client or a project; `row` is None while it is new. A project has the client it is of.

    A new one has its UUID already, so that it is the same in a rehearsal and in what follows.
    """

    slug: str
    name: str | None
    row: int | None
    billable: bool = True
    client: "Named | None" = None
    projects: dict[str, "Named"] = field(default_factory=dict)
    uuid: str | None = None

    @property
    def id(self) -> str:
        """Its id as it is typed."""
        return f"{self.client.slug}/{self.slug}" if self.client else self.slug


class Directory:
    """The clients and projects of the store, and those that an import adds to them."""

    def __init__(self, store: Store, client: str | None, project: str | None):
        self._clients: dict[str, Named] = {}
        self._default_client, self._default_project = client, bare(project)
        self._now_ms = store.now_ms
        self.homeless: dict[str, None] = {}
        by_row: dict[int, Named] = {}
        for row, slug, called in entry_transfer.known_clients(store):
            self._clients[slug] = by_row[row] = Named(slug, called, row)
        for row, client_row, slug, name, billable in entry_transfer.known_projects(store):
            owner = by_row[client_row]
            owner.projects[slug] = Named(slug, name, row, bool(billable), owner)

    def project_of(self, names: Names) -> Named | None:
        """The project of a row by the names it gives, new if there is none.

        One of them, or the default, names a project. Where nothing names its client it is None, and noted
        in `homeless`.
        """
        of, called, client_name, project_name = names
        client, project = self._words(of, called or "")
        if not client:
            self.homeless[project] = None
            return None
        owner = _known_as(self._clients.values(), client)
        if owner is None:
            slug = _free(client, self._clients, "client")
            owner = self._clients[slug] = self._new(slug, client_name or client, None)
        known = _known_as(owner.projects.values(), project)
        if known is None:
            slug = _free(project, owner.projects, "project")
            name = project_name or (None if slug == project else project)
            known = owner.projects[slug] = self._new(slug, name, owner)
        return known

    def _new(self, slug: str, name: str | None, client: Named | None) -> Named:
        return Named(slug, name, None, client=client, uuid=new_uuid(self._now_ms))

    def _words(self, of: str | None, called: str) -> tuple[str, str]:
        client = (of or "").strip()
        project = bare(called) or self._default_project
        if client:
            return client, project.removeprefix(f"{client}/")
        first, slash, rest = project.partition("/")
        if slash and first.strip() and rest.strip():
            return first.strip(), rest.strip()
        return self._default_client or "", project


def create(store: Store, projects: Iterable[Named]) -> dict[str, int]:
    """Adds those of the wanted projects that are new, and their clients, inside a transaction.

    Returns the record of each by its id.
    """
    rows: dict[str, int] = {}
    for project in projects:
        owner = project.client
        assert owner is not None
        for named in (owner, project):
            if named.id not in rows:
                rows[named.id] = named.row or _added(store, named, rows)
    return rows


def _added(store: Store, named: Named, rows: Mapping[str, int]) -> int:
    assert named.uuid is not None
    if named.client is None:
        return entry_transfer.add_client(store, named.uuid, named.slug, named.name or named.slug)
    return entry_transfer.add_project(
        store, named.uuid, rows[named.client.id], named.slug, named.name
    )


def _known_as(known: Iterable[Named], text: str) -> Named | None:
    """The one of that id or name. Only case, umlauts and blanks may differ: `C++` is not `C#`."""
    candidates = list(known)
    for named in candidates:
        if text in (named.slug, named.name):
            return named
    loose = _loose(text)
    for named in candidates:
        if loose == named.slug or (named.name and loose == _loose(named.name)):
            return named
    return None


def _loose(text: str) -> str:
    lowered = unicodedata.normalize("NFC", text).lower().translate(LETTERS)
    return "-".join(lowered.split())


def _free(text: str, taken: dict[str, Named], what: str) -> str:
    return free_slug(slug_of(text) or what, taken)
