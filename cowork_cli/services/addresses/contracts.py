"""Contracts: what was agreed, when it can end, the notice that was sent."""

from __future__ import annotations

import json
from datetime import date

from cowork_cli.domain.calendar_days import Length, after, parse_length
from cowork_cli.domain.contract import (
    COUNTED,
    Contract,
    Terms,
    check_terms,
    dates,
    end_if_sent,
    rule_of,
)
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.notice import FORMS, RENEWALS, parse_notice
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass, replace
from cowork_cli.services.identifiers import naming
from cowork_cli.store import addresses, contracts
from cowork_cli.store.contracts import Agreed
from cowork_cli.store.spaces import price_to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What is said of a contract, as typed; None: not said. An empty text takes a fact away."""

    name: str | None = None
    address: str | None = None
    space: str | None = None
    starts: date | None = None
    price: Price | None = None
    notice: str | None = None
    min_term: str | None = None
    renews: str | None = None
    tail: str | None = None
    form: str | None = None
    deposit: Money | None = None
    note: str | None = None


def add(
    facts: ContractFacts, *, store: Store, cache: Cache | None, today: date
) -> tuple[Contract, list[str]]:
    """Adds a contract; also what to say of it. Raises BadInput, NotFound, Ambiguous, Conflict."""
    for what, value in (("--starts", facts.starts), ("--notice", facts.notice)):
        if value is None:
            raise BadInput(f"{what} is missing", f"give it with `{what}`")
    values = _values(facts, store, cache)
    _check(values)
    for other in contracts.every(store):
        same = other.name.casefold() == str(values["name"]).casefold()
        if same and other.terms.starts.isoformat() == values["starts"]:
            raise Conflict(
                f'"{other.name}" from {values["starts"]} is noted already, as c-{other.number}',
                f"see it with `cowork contract show c-{other.number}`",
            )
    with store.transaction() as journal:
        number = contracts.add(journal, values)
    added = shown(store, number, today)
    return added, sentences(added)


def edit(
    query: str, facts: ContractFacts, *, store: Store, cache: Cache | None, today: date
) -> tuple[Contract, list[str]]:
    """Changes what was said of a contract. Raises BadInput, NotFound, Ambiguous."""
    number = naming.find_contract(store, query)
    agreed = _agreed(store, number)
    values = _values(facts, store, cache)
    if not values:
        raise BadInput("nothing to change was given", "see `cowork contract edit --help`")
    _check({**_known(agreed), **values})
    if agreed.sent is not None and {"starts", "notice", "min_term", "renews"} & values.keys():
        raise Conflict(
            f"the notice of c-{number} was sent on {agreed.sent}: its terms stay as they were",
            "take the notice back with `cowork undo`, or add a new contract",
        )
    with store.transaction() as journal:
        contracts.change(journal, number, values)
    changed = shown(store, number, today)
    return changed, sentences(changed)


def remove(query: str, *, store: Store, today: date, dry_run: bool) -> Contract:
    """Removes a contract that was noted by mistake. Raises NotFound, Ambiguous."""
    number = naming.find_contract(store, query, strict=True)
    gone = shown(store, number, today)
    if not dry_run:
        with store.transaction() as journal:
            contracts.remove(journal, number)
    return gone


def cancel(
    query: str, sent: date, *, store: Store, today: date, ends: date | None, dry_run: bool
) -> tuple[Contract, list[str]]:
    """Notes the notice that was sent: when it arrived, and the end that follows or was confirmed.

    Raises BadInput for a day ahead and an end before the notice, Conflict for a contract that is
    over or whose notice was noted already.
    """
    number = naming.find_contract(store, query, strict=True)
    agreed = _agreed(store, number)
    _refuse_second(agreed, today)
    if sent > today:
        raise BadInput(
            f"{sent} is not over yet: a notice counts from the day it has arrived",
            "note it when it was sent, or write it with `cowork contract letter`",
        )
    end = ends or end_if_sent(agreed.terms, sent)
    if end < sent:
        raise BadInput(f"the end {end} is before the notice of {sent}", "correct `--ends`")
    notes = []
    if ends is None:
        notes.append(
            f"Counted from {sent} as the day on which it arrived: {rule_of(agreed.terms)}."
        )
    if not dry_run:
        with store.transaction() as journal:
            contracts.change(journal, number, {"sent": sent.isoformat(), "ends": end.isoformat()})
            if agreed.address is not None:
                notes += _ending(journal, agreed.address, end)
    contract = _contract(replace(agreed, sent=sent, ends=end), today)
    return contract, [f"{contract.id} ends on {end}.", *notes]


def _ending(journal: Journal, address: int, end: date) -> list[str]:
    addresses.change(journal, address, {"state": "ending", "ends": end.isoformat()})
    return [f"The address a-{address} is held until then."]


def _refuse_second(agreed: Agreed, today: date) -> None:
    contract = _contract(agreed, today)
    if agreed.sent is not None:
        raise Conflict(
            f"the notice of {contract.id} was sent on {agreed.sent} already, to {agreed.ends}",
            f"see it with `cowork contract show {contract.id}`",
        )
    if agreed.terms.renews == "none":
        raise Conflict(
            f"{contract.id} ends on {contract.ends} by itself: it does not renew",
            f"see it with `cowork contract show {contract.id}`",
        )


# ---- reading


def listed(store: Store, today: date) -> list[Contract]:
    """All contracts as they stand today, those that can be missed next first."""
    rows = [_contract(agreed, today) for agreed in contracts.every(store)]
    return sorted(rows, key=lambda row: (row.state == "ended", row.last_day_to_send or date.max))


def shown(store: Store, number: int, today: date) -> Contract:
    """One contract as it stands today."""
    return _contract(_agreed(store, number), today)


def find(store: Store, query: str, today: date) -> Contract:
    """The contract meant. Raises NotFound, Ambiguous."""
    return shown(store, naming.find_contract(store, query), today)


def due(store: Store, today: date, until: date) -> list[Contract]:
    """Contracts whose last day to send lies up to `until`, the most urgent first."""
    rows = [
        row
        for agreed in contracts.every(store)
        if dates(agreed.terms, today, sent=agreed.sent, ends=agreed.ends).costs
        and (row := _contract(agreed, today)).last_day_to_send is not None
        and row.last_day_to_send <= until
    ]
    return sorted(rows, key=lambda row: (row.last_day_to_send, row.id))


def sentences(contract: Contract) -> list[str]:
    """What is said of the next end of a contract."""
    if contract.last_day_to_send is not None:
        return [
            f"It can end on {contract.next_end}: the notice has to arrive by "
            f"{contract.last_day_to_send} ({contract.rule}; {contract.source})."
        ]
    return [f"It ends on {contract.ends}: {contract.rule}."]


def _contract(agreed: Agreed, today: date) -> Contract:
    terms = agreed.terms
    now = dates(terms, today, sent=agreed.sent, ends=agreed.ends)
    tail = None if agreed.tail is None else parse_length(agreed.tail, "the tail")
    return Contract(
        id=f"c-{agreed.number}",
        name=agreed.name,
        starts=terms.starts,
        ends=now.ends,
        next_end=now.next_end,
        last_day_to_send=now.last_day,
        notice=str(terms.notice),
        min_term=None if terms.min_term is None else str(terms.min_term),
        renews=terms.renews,
        price=agreed.price,
        state=now.state,
        tail=agreed.tail,
        tail_ends=after(now.ends, tail) if tail and now.ends else None,
        form=agreed.form,
        sent=agreed.sent,
        deposit=agreed.deposit,
        address=None if agreed.address is None else f"a-{agreed.address}",
        space=agreed.space,
        note=agreed.note,
        rule=rule_of(terms),
        source=f"the contract; days counted by {COUNTED}",
    )


def _agreed(store: Store, number: int) -> Agreed:
    agreed = contracts.one(store, number)
    assert agreed is not None
    return agreed


# ---- what was typed


def _values(facts: ContractFacts, store: Store, cache: Cache | None) -> dict[str, Any]:
    """The columns that were said, each checked. Raises BadInput, NotFound, Ambiguous."""
    values = {**_where(facts, store, cache), **_terms_typed(facts)}
    if facts.name is not None:
        if not facts.name.strip():
            raise BadInput("a contract needs a name", "give it as in `cowork contract add NAME`")
        values["name"] = facts.name.strip()
    if facts.form is not None:
        values["form"] = _choice("form", facts.form, FORMS)
    if facts.price is not None:
        values["price"] = json.dumps(price_to_json(facts.price))
    if facts.deposit is not None:
        values["deposit"] = contracts.money_text(facts.deposit)
    if facts.note is not None:
        values["note"] = facts.note.strip() or None
    return values


def _where(facts: ContractFacts, store: Store, cache: Cache | None) -> dict[str, Any]:
    """What the contract is about: an address that is held, or a space."""
    if facts.address is not None and facts.space is not None:
        raise BadInput("a contract is about an address or a space", "give `--address` or `--space`")
    if facts.address is not None:
        held = naming.find_address(store, facts.address) if facts.address else None
        return {"address_id": None if held is None else int(held.id.removeprefix("a-"))}
    if facts.space is not None:
        space = naming.find_space(store, facts.space, cache=cache) if facts.space else None
        return {"space": None if space is None else str(space.ref)}
    return {}


def _terms_typed(facts: ContractFacts) -> dict[str, Any]:
    """The terms that were said, as they are kept."""
    values: dict[str, Any] = {}
    if facts.starts is not None:
        values["starts"] = facts.starts.isoformat()
    if facts.notice is not None:
        values["notice"] = str(parse_notice(facts.notice))
    for name, text, what in (
        ("min_term", facts.min_term, "the term"),
        ("tail", facts.tail, "the tail"),
    ):
        if text is not None:
            values[name] = str(parse_length(text, what)) if text else None
    if facts.renews is not None:
        values["renews"] = _choice("renews", facts.renews, RENEWALS)
    return values


def _choice(name: str, text: str, known: tuple[str, ...]) -> str | None:
    if not text:
        return None
    if text not in known:
        raise BadInput(
            f'--{name} cannot be "{text}"', f"choose {', '.join(f'`{word}`' for word in known)}"
        )
    return text


def _known(agreed: Agreed) -> dict[str, Any]:
    terms = agreed.terms
    return {
        "starts": terms.starts.isoformat(),
        "notice": str(terms.notice),
        "min_term": None if terms.min_term is None else str(terms.min_term),
        "renews": terms.renews,
    }


def _check(values: Mapping[str, Any]) -> None:
    """Raises BadInput where the terms do not hold together."""
    term: Length | None = None
    if values.get("min_term"):
        term = parse_length(values["min_term"], "the term")
    starts = date.fromisoformat(values["starts"])
    check_terms(Terms(starts, parse_notice(values["notice"]), term, values.get("renews")))
