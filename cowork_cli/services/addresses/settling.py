"""Orders of addresses whose answer was lost: settled by asking the provider, never by ordering again."""

from __future__ import annotations

from cowork_cli.domain.address import AddressRegistration
from cowork_cli.domain.place import fold
from cowork_cli.errors import CoworkError
from cowork_cli.services.addresses.ordering import answered
from cowork_cli.store import addresses, bookings, registrations
from cowork_cli.store.registrations import Lost

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.engine.store import Store


def settle_lost(
    store: Store, accounts: Accounts, account: str | None = None
) -> tuple[list[str], list[CoworkError]]:
    """Asks what became of lost orders, all or those at one account; what to say, and what failed.

    One that the provider lists is done, one that it does not list was refused; where it lists no orders,
    or several that fit, it stays unknown and a person is told how to note it.
    """
    notes: list[str] = []
    problems: list[CoworkError] = []
    for lost in registrations.unsettled(store):
        if account not in (None, lost.account):
            continue
        try:
            notes.append(_settled(lost, store, accounts))
        except CoworkError as error:
            error.account = error.account or lost.account
            problems.append(error)
    return notes, problems


def _settled(lost: Lost, store: Store, accounts: Accounts) -> str:
    from cowork_cli.providers.base import ListsRegistrations

    name = f"a-{lost.address}"
    by_hand = f"look there and note it with `cowork address edit {name} --state active`"
    registrar = accounts.registrar(lost.account)
    if not isinstance(registrar, ListsRegistrations):
        return f"{name}: {lost.account} does not list its orders; {by_hand}, or end it."
    fitting = _fitting(lost, list(registrar.registrations()), store)
    if len(fitting) > 1:
        return f"{name}: {len(fitting)} orders at {lost.account} fit; {by_hand}."
    with store.transaction() as journal:
        if not fitting:
            detail = "not found at the provider"
            bookings.settle(journal, lost.intent, "refused", store.now_s, detail)
            addresses.change(journal, lost.address, {"state": "ended"})
            return f"{name} was not ordered: {lost.account} does not know it."
        bookings.settle(journal, lost.intent, "done", store.now_s, "found at the provider")
        addresses.change(journal, lost.address, answered(fitting[0]))
    return f"{name} was ordered: {lost.account} knows it as {fitting[0].state}."


def _fitting(
    lost: Lost, there: Sequence[AddressRegistration], store: Store
) -> list[AddressRegistration]:
    """The orders at the provider that may be the lost one: same plan, name and start, not held yet."""
    sent = lost.content
    names = {fold(name) for name in (sent["name"], sent["company"]) if name}
    return [
        order
        for order in there
        if order.plan.id == sent["plan"]
        and addresses.by_ref(store, str(order.ref)) is None
        and names & {fold(name) for name in order.recipient_names}
        and (
            sent["starts"] is None
            or order.starts is None
            or order.starts.isoformat() == sent["starts"]
        )
    ]
