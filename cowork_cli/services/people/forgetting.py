"""Forgetting a person at their wish (Art. 17 GDPR): out of the store, and out of its journal.

The records go, the images that the journal holds of them give way to their hashes (`store/engine/sealed.py`),
and the file is written anew, so that nothing stands in its free pages. What the law keeps stays and is
named: the client that they are and their invoices (§ 147 (3) AO, § 14b UStG). So do backups, which are
files of the person who made them.
"""

from datetime import date
from typing import TYPE_CHECKING

from cowork_cli.domain.nouns import count
from cowork_cli.domain.people import Forgotten, Person
from cowork_cli.errors import Conflict, CoworkError
from cowork_cli.paths import Paths
from cowork_cli.services.people import people
from cowork_cli.store import bookings, jobs, team
from cowork_cli.store import people as kept

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_BARRED = "a person was forgotten, and what was forgotten is not kept"


def forget(
    store: "Store", paths: Paths, query: str, today: date, *, keep_client: bool, dry_run: bool
) -> tuple[Forgotten, list[str]]:
    """Takes everything about a person out of the store. Raises NotFound, Ambiguous, Conflict.

    Conflict for somebody who works on an open job, and for a client, unless `keep_client`.
    """
    number = people.find(store, query, strict=True)
    person = people.at(store, number)
    people.refuse_working(store, number, "forget")
    if person.client and not keep_client:
        raise Conflict(
            f"{person.name} is also the client {person.client}, whose invoices have to be kept "
            "(§ 147 (3) AO, § 14b (1) UStG)",
            f"forget what the ledger of people holds with `cowork people forget {person.id} "
            "--keep-client`",
        )
    stays = _stays(store, person)
    records = kept.records_of(store, number)
    if dry_run:
        return _report(person, len(records), 0, stays, paths, dry_run=True), []
    with store.transaction() as journal:
        day = today.isoformat()
        touched = set(records) | set(jobs.forget(store, journal, number))
        touched |= set(team.forget(store, journal, number))
        touched |= set(kept.remove(store, journal, number))
        images = sum(journal.erase(table, row, day) for table, row in sorted(touched))
        journal.bar_undo(_BARRED, "people add NAME")
    notes = []
    try:
        store.connection.catalogue.scrub(store.connection)
    except CoworkError as error:  # the person is forgotten: what fails is making the file anew
        reason = error.message.replace(", nothing was changed", "")
        notes.append(
            f"Parts may stand in free pages of the file until it is written anew: {reason}."
        )
    return _report(person, len(touched), images, stays, paths, dry_run=False), notes


def _report(
    person: Person, records: int, images: int, stays: list[str], paths: Paths, *, dry_run: bool
) -> Forgotten:
    folder = paths.backups
    files = (
        sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    )
    return Forgotten(person.id, records, images, tuple(stays), tuple(files), dry_run)


def _stays(store: "Store", person: Person) -> list[str]:
    """What still names the person afterwards, and why."""
    stays = []
    if person.client:
        stays.append(
            f"the client {person.client} and its invoices: kept by law (§ 147 (3) AO, § 14b (1) UStG)"
        )
    for name in {person.name, team.name_of(store, person.id) or person.name}:
        booked = bookings.count_for(store, name)
        if booked:
            stays.append(f"{count(booked, 'booking')} made for {name}: the proof of what was paid")
    return stays
