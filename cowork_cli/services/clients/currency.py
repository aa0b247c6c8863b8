"""A client pays in another currency from now on: what keeps its figure, and so means other money."""

from datetime import date

from cowork_cli.domain.client import Client
from cowork_cli.store import clients, invoices
from cowork_cli.store.engine.store import Store


def kept_figures(
    store: Store, before: Client, now: Client, today: date, *, rated: bool
) -> tuple[str, ...]:
    """A line for all that nobody gave in the new currency; nothing where the currency stays.

    Nothing is converted: which rate of exchange was agreed is not known. `rated`: a new rate of the
    client was given too.
    """
    old, new = before.currency, now.currency
    if old == new:
        return ()
    told = []
    if before.rate is not None and not rated:
        told.append(
            f"Its rate of {before.rate:f} {old} an hour counts as {now.rate:f} {new} now, also for "
            f"hours that are not billed yet; `cowork client edit {now.id} --rate …` changes it."
        )
    for project in clients.projects(store, today.isoformat(), archived=True, client=now.id):
        kept = _kept(project.rate, project.day_rate, project.budget is not None)
        if kept:
            told.append(
                f"Its figure stays and is {new} now: {kept} of {project.id}; "
                f"`cowork project edit {project.id}` changes it."
            )
    told += [
        f"{draft} stays in {currency}; drop it with `cowork invoice discard {draft}` "
        "and draft it again."
        for draft, currency in invoices.drafts_to(store, now.id)
        if currency != new
    ]
    return tuple(told)


def _kept(rate: object, day_rate: object, has_budget: bool) -> str:
    """`rate and budget`: what of a project is money."""
    words = ("rate", rate is not None), ("day rate", day_rate is not None), ("budget", has_budget)
    return " and ".join(word for word, there in words if there)
