"""An address that is held, over time: changed, ended, taken out; what it may be used for; its dossier."""

from __future__ import annotations

import json
from datetime import date

from cowork_cli.domain.address import USES, Dossier, DossierItem, HeldAddress
from cowork_cli.domain.place import fold
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass, replace
from cowork_cli.services.identifiers import naming
from cowork_cli.store import addresses, bookings, contracts, moves, posts, registrations
from cowork_cli.store.spaces import price_to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.domain.money import Price
    from cowork_cli.domain.party import PostalAddress
    from cowork_cli.store.engine.store import Store

PLACE = ("street", "postcode", "city")
ITEMS_RULE = (
    "what providers ask for, as their terms say; data and check of identity by §§ 11 (4), 13 GwG"
)
ITEMS_SOURCE = "§§ 11 (4), 13 GwG, text of 2022-03-26; terms of providers, read 2026"
ITEMS: dict[str, str] = {
    "identity": "identity document shown (its expiry: --until)",
    "home": "proof of the home address",
    "standing": "trade certificate, extract of the register or letter of the tax office",
    "owners": "list of representatives and beneficial owners (companies)",
    "mandate": "power of attorney to receive mail, incl. registered mail",
    "names": "all exact recipient names told: person, firm, brand",
    "sign": "text of the sign told",
    "e-mail": "e-mail for notifications told",
    "sepa": "SEPA mandate given",
    "identified": "identified by the provider (next review: --until)",
}
_DETAILS = ("name", "street", "postcode", "city", "country", "provider", "plan")


@dataclass(frozen=True, slots=True)
class AddressChanges:
    """What is said anew; None: not said. An empty text takes a fact away."""

    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    provider: str | None = None
    plan: str | None = None
    recipients: tuple[str, ...] = ()
    starts: date | None = None
    price: Price | None = None
    state: str | None = None


def number_of(address: HeldAddress) -> int:
    """The number of `a-1`."""
    return int(address.id.removeprefix("a-"))


def listed(store: Store, today: date) -> list[HeldAddress]:
    """All addresses as they stand today."""
    return [_today(held, today) for held in addresses.every(store)]


def find(store: Store, query: str, today: date, *, strict: bool = False) -> HeldAddress:
    """The address meant, as it stands today. Raises NotFound, Ambiguous."""
    return _today(naming.find_address(store, query, strict=strict), today)


def _today(held: HeldAddress, today: date) -> HeldAddress:
    """An end that has passed is over; nobody has to say so."""
    if held.ends is not None and held.ends < today:
        return replace(held, state="ended")
    return held


def edit(query: str, changes: AddressChanges, *, store: Store, today: date) -> HeldAddress:
    """Changes what was said of an address. Raises BadInput, NotFound, Ambiguous."""
    held = find(store, query, today)
    values: dict[str, Any] = {}
    for name in _DETAILS:
        text = getattr(changes, name)
        if text is not None:
            values[name] = text.strip() or None
    for name in ("name", "street", "postcode", "city", "country"):
        if name in values and values[name] is None:
            raise BadInput(f"an address needs its {name}", f"give it with `--{name}`")
    if values.get("country"):
        from cowork_cli.services.spaces.facts import country_code

        values["country"] = country_code(values["country"])
    _check_place(held, values, store)
    if changes.recipients:
        values["recipients"] = json.dumps(list(changes.recipients), ensure_ascii=False)
    if changes.starts is not None:
        values["starts"] = changes.starts.isoformat()
    if changes.price is not None:
        values["price"] = json.dumps(price_to_json(changes.price))
    if changes.state is not None:
        if changes.state not in ("requested", "checking", "active"):
            raise BadInput(
                f'--state cannot be "{changes.state}"',
                "choose `requested`, `checking` or `active`; the end: `cowork address end ID --on DATE`",
            )
        values["state"] = changes.state
    if not values:
        raise BadInput("nothing to change was given", "see `cowork address edit --help`")
    return _change(store, held, values, today, settles="state" in values)


def _check_place(held: HeldAddress, values: dict[str, Any], store: Store) -> None:
    """Name and postcode as `address add` takes them; the postcode is tidied."""
    if values.get("name") is not None and not fold(values["name"]):
        raise BadInput("an address needs its name", "give it with `--name`")
    if "postcode" in values:
        from cowork_cli.services.identifiers.contacts import check_postcode

        values["postcode"] = check_postcode(values["postcode"], values.get("country", held.country))
    place = tuple(values.get(part, getattr(held, part)) for part in PLACE)
    if held.state != "ended" and not {"name", *PLACE}.isdisjoint(values):
        refuse_same(store, values.get("name", held.name), place, held.id)


def place_of(address: PostalAddress | HeldAddress) -> tuple[str | None, ...]:
    """What makes two addresses the same place: the parts of `PLACE`."""
    return tuple(getattr(address, part) for part in PLACE)


def refuse_same(
    store: Store, name: str, place: tuple[str | None, ...], itself: str | None = None
) -> None:
    """Raises Conflict where an address of this name is held at this place, other than `itself` (`a-1`)."""
    for other in addresses.every(store):
        if other.id == itself or other.state == "ended":
            continue
        if place_of(other) == place and fold(other.name) == fold(name):
            raise Conflict(
                f'"{other.name}" is held already, as {other.id}',
                f"see it with `cowork address show {other.id}`",
            )


def end(query: str, day: date, *, store: Store, today: date, dry_run: bool) -> HeldAddress:
    """Notes the last day of an address. Raises BadInput for a day before the first."""
    held = find(store, query, today, strict=True)
    if held.starts is not None and day < held.starts:
        raise BadInput(f"{held.id} begins on {held.starts}, after {day}", "correct `--on`")
    state = "ended" if day < today else "ending"
    if dry_run:
        return replace(held, ends=day, state=state)
    return _change(store, held, {"ends": day.isoformat(), "state": state}, today, settles=True)


def remove(query: str, *, store: Store, today: date, dry_run: bool) -> HeldAddress:
    """Takes out an address that was noted by mistake. Raises Conflict where something hangs on it."""
    held = find(store, query, today, strict=True)
    number = number_of(held)
    hanging = [
        *(f"c-{row}" for row in contracts.of_address(store, number)),
        *(f"p-{row}" for row in posts.of_address(store, number)),
        *(f"m-{row}" for row in moves.of_address(store, number)),
    ]
    if hanging:
        raise Conflict(
            f"{', '.join(hanging[:5])} {'is' if len(hanging) == 1 else 'are'} about {held.id}",
            f"end it instead with `cowork address end {held.id} --on DATE`",
        )
    if not dry_run:
        with store.transaction() as journal:
            for sent in registrations.unsettled(store):
                if sent.address == number:
                    bookings.settle(journal, sent.intent, "refused", store.now_s, "record removed")
            addresses.remove_whole(journal, store, number)
    return held


def _change(
    store: Store, held: HeldAddress, values: dict[str, Any], today: date, *, settles: bool = False
) -> HeldAddress:
    """`settles`: a person tells how it stands, also of an order whose answer was lost."""
    with store.transaction() as journal:
        addresses.change(journal, number_of(held), values)
        for sent in registrations.unsettled(store) if settles else ():
            if sent.address == number_of(held):
                bookings.settle(journal, sent.intent, "done", store.now_s, "told by hand")
    return find(store, held.id, today)


def open_points(held: HeldAddress, store: Store, today: date) -> list[str]:
    """What is still open of an address: names, answers of the contract, the dossier, the contract."""
    points = []
    if not held.recipient_names:
        points.append("no recipient name is noted")
    unknown = [use for use, answer in held.uses.items() if answer.allowed == "unknown"]
    if unknown:
        points.append(f"what the contract says is not noted for: {', '.join(unknown)}")
    missing = [row.item for row in onboarding(held, store).items if row.done is None]
    if missing and held.state not in ("ending", "ended"):
        points.append(f"not handed in: {', '.join(missing)}")
    if held.contract_id is None:
        points.append(f"no contract is noted: `cowork contract add NAME --address {held.id}`")
    return points


# ---- the use matrix


def note_use(
    query: str,
    purpose: str,
    *,
    allowed: str | None,
    clause: str | None,
    evidence: str | None,
    store: Store,
    today: date,
) -> HeldAddress:
    """Notes what the contract says of a use. Raises BadInput for another use or answer."""
    held = find(store, query, today)
    refuse_unknown_use(purpose)
    values: dict[str, Any] = {"noted": today.isoformat()}
    if allowed is not None:
        if allowed not in ("yes", "no", "unknown"):
            raise BadInput(
                f'allowed cannot be "{allowed}"', "give `--set allowed=yes`, `no` or `unknown`"
            )
        if allowed != "unknown" and not (clause or held.uses[purpose].clause):
            raise BadInput(
                "an answer of the contract needs its clause",
                'give it with `--clause "§ 3 (2): …"`',
            )
        values["allowed"] = allowed
    if clause is not None:
        values["clause"] = clause.strip() or None
    if evidence is not None:
        values["evidence"] = evidence.strip() or None
    with store.transaction() as journal:
        addresses.note_use(journal, store, number_of(held), purpose, values)
    return find(store, held.id, today)


def refuse_unknown_use(purpose: str) -> None:
    """Raises BadInput for a word that is no use of the matrix."""
    if purpose not in USES:
        raise BadInput(
            f'there is no use "{purpose}"', f"choose {', '.join(f'`{use}`' for use in USES)}"
        )


# ---- the dossier


def onboarding(held: HeldAddress, store: Store) -> Dossier:
    """The checklist of an address: dates and states only, never a document."""
    known = addresses.dossier(store, number_of(held))
    items = tuple(
        DossierItem(
            item=item,
            what=what,
            done=_day(known[item].done) if item in known else None,
            until=_day(known[item].until) if item in known else None,
            note=known[item].note if item in known else None,
        )
        for item, what in ITEMS.items()
    )
    return Dossier(held.id, all(row.done for row in items), items, ITEMS_RULE, ITEMS_SOURCE)


def hand_in(
    query: str,
    item: str,
    *,
    day: date,
    until: date | None,
    note: str | None,
    store: Store,
    today: date,
) -> Dossier:
    """Notes that something was handed in. Raises BadInput for another item or a day ahead."""
    held = find(store, query, today)
    if item not in ITEMS:
        raise BadInput(
            f'there is no item "{item}"', f"choose {', '.join(f'`{word}`' for word in ITEMS)}"
        )
    if day > today:
        raise BadInput(f"--on {day} is ahead", "give the day on which it was handed in")
    if until is not None and until < day:
        raise BadInput(f"--until {until} is before {day}", "correct `--until`")
    values: dict[str, Any] = {"done": day.isoformat()}
    if until is not None:
        values["until"] = until.isoformat()
    if note is not None:
        values["note"] = note.strip() or None
    with store.transaction() as journal:
        addresses.note_item(journal, store, number_of(held), item, values)
    return onboarding(held, store)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
