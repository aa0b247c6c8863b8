"""A client pays in another currency or its VAT is treated otherwise from now on: what stays as it was."""

from datetime import date

from cowork_cli.domain.client import Client
from cowork_cli.store import clients, invoice_plans, invoices
from cowork_cli.store.engine.store import Store


def kept_as_it_was(
    store: Store, before: Client, now: Client, today: date, *, rated: bool
) -> tuple[str, ...]:
    """A line for all that a new currency or tax case does not reach; nothing where both stay.

    Nothing is converted: which rate of exchange was agreed is not known. `rated`: a new rate of the
    client was given too.
    """
    told = []
    if now.currency != before.currency:
        told += _figures(store, before, now, today, rated=rated)
    for draft, currency in invoices.drafts_to(store, now.id):
        kept = []
        if currency != now.currency:
            kept.append(f"stays in {currency}")
        if now.tax != before.tax:
            kept.append("keeps the VAT that it has")
        if kept:
            told.append(
                f"{draft} {' and '.join(kept)}; drop it with `cowork invoice discard {draft}` "
                "and draft it again."
            )
    if now.currency != before.currency:
        told += [
            f"{plan} was agreed on in {currency} and is not billed in {now.currency}; remove it with "
            f"`cowork invoice plan remove {plan}` and agree anew."
            for plan, currency in invoice_plans.to_client(store, now.id)
            if currency != now.currency
        ]
    return tuple(told)


def _figures(store: Store, before: Client, now: Client, today: date, *, rated: bool) -> list[str]:
    """What keeps its figure, and so means other money."""
    old, new = before.currency, now.currency
    told = []
    if before.rate is not None and now.rate is not None and not rated:
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
    return told


def _kept(rate: object, day_rate: object, has_budget: bool) -> str:
    """`rate and budget`: what of a project is money."""
    words = ("rate", rate is not None), ("day rate", day_rate is not None), ("budget", has_budget)
    return " and ".join(word for word, there in words if there)
