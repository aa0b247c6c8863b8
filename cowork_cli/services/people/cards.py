"""People from vCards and as vCards, CSV or JSON.

A card is known by its UID, else by name and e-mail address: the same file again changes nothing. What a card
holds beyond what is kept of a person (pictures, birthdays) is not taken, and said.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cowork_cli.domain import texts
from cowork_cli.domain.as_json import to_json
from cowork_cli.domain.people import FORMATS, PeopleImport, Person
from cowork_cli.domain.place import fold
from cowork_cli.domain.spreadsheet import harmless
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.importers import vcards
from cowork_cli.services.identifiers.contacts import check_country, check_email
from cowork_cli.services.people import people
from cowork_cli.store import people as kept

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_SHOWN = 20
_CELLS = ("id", "name", "company", "trade", "skills", "email", "phone", "web", "street", "postcode",
          "city", "country", "language", "met_on", "met_at", "purpose", "client", "note")  # fmt: skip


def import_file(
    store: "Store",
    path: Path,
    today: date,
    *,
    met_at: str | None,
    met_on: date | None,
    purpose: str | None,
    skip_bad: bool,
    dry_run: bool,
    note: Callable[[str], None],
) -> tuple[PeopleImport, list[str]]:
    """Takes the people of a file, all or none of them; also what to say.

    Raises NotFound, BadInput for a file of something else, and Conflict for cards that cannot be taken,
    unless `skip_bad`; each of them is told to `note`.
    """
    shared = {
        "met_at": texts.line(met_at, "--met-at") if met_at else None,
        "met_on": met_on.isoformat() if met_on else None,
        "purpose": texts.line(purpose, "--purpose") if purpose else None,
    }
    known = _Known(store)
    fresh: list[dict[str, Any]] = []
    bad: list[str] = []
    left_out: Counter[str] = Counter()
    cards = already = 0
    for card in vcards.read(path):
        cards += 1
        row = card if isinstance(card, vcards.Broken) else _row(card, shared)
        if isinstance(row, vcards.Broken):
            bad.append(f"card {row.number} (line {row.line}): {row.reason}")
        elif known.takes(row):
            fresh.append({**row, "added_on": today.isoformat()})
            left_out.update(card.left_out)  # type: ignore[union-attr]
        else:
            already += 1
    if bad and not skip_bad:
        _refuse(bad, cards, note)
    if fresh and not dry_run:
        with store.transaction() as journal:
            for row in fresh:
                kept.add(journal, row)
    names = tuple(sorted(left_out))
    report = PeopleImport(path.name, cards, len(fresh), already, tuple(bad), names, dry_run)
    notes = (
        [f"Not taken, since the ledger has no place for it: {', '.join(names)}."] if names else []
    )
    if known.differing:
        shown = "; ".join(known.differing[:5])
        more = f" and {len(known.differing) - 5} more" if len(known.differing) > 5 else ""
        notes.append(
            f"There already by their UID, and not changed: {shown}{more}. Change one with "
            "`cowork people edit NAME`."
        )
    if fresh and not purpose:
        notes.append("No purpose is noted for them; say it with `--purpose` (Art. 5 (1) b GDPR).")
    return report, notes


def _refuse(bad: list[str], cards: int, note: Callable[[str], None]) -> NoReturn:
    for text in bad[:_SHOWN]:
        note(f"{text}.")
    raise Conflict(
        f"{len(bad)} of {cards} cards cannot be taken, nothing was changed",
        "correct them, or leave them out with `--skip-bad`",
    )


class _Known:
    """Who is there already: by the UID of a card, else by name and e-mail address.

    `differing` names those whose card has the UID of somebody who is kept with another name or address.
    """

    def __init__(self, store: "Store") -> None:
        named = {row: (name, email) for row, name, _, email in kept.names(store)}
        self._cards = {uid: named[row] for uid, row in kept.cards(store).items()}
        self._named = {(fold(name), _folded(email)) for name, email in named.values()}
        self.differing: list[str] = []

    def takes(self, row: dict[str, Any]) -> bool:
        """Whether a row is new; it is known from then on."""
        uid, name = row["card_uid"], (fold(row["name"]), _folded(row["email"]))
        if uid and uid in self._cards:
            there, email = self._cards[uid]
            if name not in ((fold(there), _folded(email)), (fold(there), "")):
                said = f"{row['name']} {row['email'] or ''}".rstrip()
                self.differing.append(f"{said} (kept as {there}{f' {email}' if email else ''})")
            return False
        if name in self._named:
            return False
        if uid:
            self._cards[uid] = (row["name"], row["email"])
        self._named.add(name)
        return True


def _folded(email: str | None) -> str:
    return (email or "").casefold()


def _row(card: vcards.Card, shared: dict[str, Any]) -> "dict[str, Any] | vcards.Broken":
    """The columns of a card, or what is wrong in it."""
    row: dict[str, Any] = {"source": "vcard", **shared}
    try:
        for name in ("name", "company", "trade", "phone", "web", "street", "postcode", "city"):
            text = getattr(card, name)
            row[name] = texts.line(text, name) if text else None
        row["card_uid"] = texts.line(card.uid, "UID") if card.uid else None
        row["email"] = check_email(card.email.strip()) if card.email else None
        row["note"] = texts.words(card.note, "note") if card.note else None
        skills = [texts.line(text.replace(",", " "), "a category", most=60) for text in card.skills]
        row["skills"] = ",".join(dict.fromkeys(filter(None, skills)))
        row["country"] = check_country(card.country) if card.country else None
    except BadInput as error:
        return vcards.Broken(card.number, card.line, error.message)
    if not row["name"]:
        return vcards.Broken(card.number, card.line, "it has no name (FN or N)")
    return row


# ---- out


def chosen(store: "Store", queries: Sequence[str]) -> list[Person]:
    """The people named, all without a name; each with what was between us. Raises NotFound, Ambiguous."""
    if queries:
        rows = dict.fromkeys(people.find(store, query) for query in queries)
        return [people.at(store, row) for row in rows]
    return [people.at(store, int(one.id.removeprefix("person-"))) for one in kept.every(store)]


def written(store: "Store", found: Sequence[Person], form: str) -> bytes:
    """People as a file. vCards leave out what is private: notes, talks, purpose, where one met.

    Raises BadInput for a format that there is not.
    """
    if form == "vcard":
        return vcards.written(_card_of(store, person) for person in found)
    if form == "json":
        return (json.dumps(to_json(list(found)), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "csv":
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(_CELLS)
        table.writerows([harmless(_cell(person, name)) for name in _CELLS] for person in found)
        return out.getvalue().encode()
    raise BadInput(f'cannot export "{form}"', f"choose one of {', '.join(FORMATS)}")


def _cell(person: Person, name: str) -> str:
    if name == "skills":
        return ", ".join(person.skills)
    value = getattr(
        person.address if name in ("street", "postcode", "city", "country") else person, name
    )
    return "" if value is None else str(value)


def _card_of(store: "Store", person: Person) -> dict[str, Any]:
    uid, uuid = kept.card_uid(store, int(person.id.removeprefix("person-")))
    address = person.address
    return {
        "name": person.name, "company": person.company, "trade": person.trade,
        "skills": person.skills, "email": person.email, "phone": person.phone, "web": person.web,
        "street": address.street, "postcode": address.postcode, "city": address.city,
        "country": address.country, "uid": uid or f"urn:uuid:{uuid}",
    }  # fmt: skip
