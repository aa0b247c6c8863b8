"""Which tax case goes with a client's country, and which does not: asked for once, never assumed.

A service to a business is taxed where the business is (§ 3a (2) UStG), one to a private person where
the seller is (§ 3a (1) UStG). VAT that is shown and not owed is owed nevertheless (§ 14c UStG).
Read 2026-11.
"""

from typing import NamedTuple

from cowork_cli.data.tax import EU, vat_country
from cowork_cli.errors import BadInput


class MustBeSaid(BadInput):
    """Somebody must say how VAT is treated; `has_vat_id`: the VAT id that is known is no answer."""

    has_vat_id = False


class Facts(NamedTuple):
    """What decides it. `tax` is the case that was said, None if none ever was."""

    client: str
    type: str
    country: str | None
    vat_id: str | None
    tax: str | None
    exempt_reason: str | None = None


class Settled(NamedTuple):
    """The tax case, None to leave it unsaid (at home), and what is to be told of it."""

    tax: str | None
    notes: tuple[str, ...] = ()


def settled(facts: Facts, home: str) -> Settled:
    """The case of a client that is new or never had one. Raises BadInput where it must be said."""
    if facts.tax is not None:
        return Settled(facts.tax, tuple(_checked(facts, home)))
    case = default(facts, home)
    if case is None:
        raise _question(facts, home)
    if not _abroad(facts, home):
        return Settled(None)
    return Settled(case, (_told(facts, case),))


def changed(before: Facts, after: Facts, home: str, *, said: bool) -> Settled:
    """The case after a change; `said`: with this change. A case that was the default follows the facts.

    Raises BadInput where it must be said, or cannot be.
    """
    if said:
        return Settled(after.tax, tuple(_checked(after, home)))
    if before[1:4] == after[1:4]:
        return Settled(before.tax)
    was = default(before, home)
    if before.tax is None or before.tax == was:
        new = settled(after._replace(tax=None), home)
        at_home = before.tax is not None and new.tax is None
        return Settled("standard", new.notes) if at_home else new
    kept = f"{after.client} keeps the tax case {before.tax}; `--tax` changes it."
    return Settled(before.tax, (*_checked(after, home), kept))


def default(facts: Facts, home: str) -> str | None:
    """The case that follows from the facts, None where somebody must say it."""
    if not _abroad(facts, home) or facts.type == "private":
        return "standard"
    if facts.country not in EU:
        return "outside-eu"
    if facts.vat_id and vat_country(facts.vat_id) != home:
        return "reverse-charge"
    return None


def _abroad(facts: Facts, home: str) -> bool:
    return facts.country is not None and facts.country != home


def _question(facts: Facts, home: str) -> MustBeSaid:
    where = f"{facts.client} is a {facts.type} client in {facts.country}"
    if not facts.vat_id:
        return MustBeSaid(
            f"{where} without a VAT id; how VAT is treated must be said",
            "give `--vat-id` for reverse charge, or say it with `--tax standard` or "
            "`--tax reverse-charge`",
        )
    question = MustBeSaid(
        f"{where}, but {facts.vat_id} is a VAT id of {home}; how VAT is treated must be said",
        f"give the VAT id of {facts.country} with `--vat-id`, or say with `--tax standard` that it "
        "buys where VAT is German",
    )
    question.has_vat_id = True
    return question


def _told(facts: Facts, case: str) -> str:
    where = f"{facts.client} is in {facts.country}"
    if case == "reverse-charge":
        return (
            f"{where} with the VAT id {facts.vat_id}: no VAT is charged, the client owes it "
            "(reverse charge, § 3a (2), § 14a (1) UStG); `--tax` says otherwise."
        )
    if case == "outside-eu":
        return f"{where}, outside the EU: not taxable in Germany (§ 3a (2) UStG); `--tax` says otherwise."
    more = (
        "; what § 3a (4) UStG names is not taxable there (`--tax outside-eu`)"
        if facts.country not in EU
        else ""
    )
    return f"{where} and private: German VAT is charged (§ 3a (1) UStG){more}."


def _checked(facts: Facts, home: str) -> list[str]:
    """What is to be told of a case that was said. Raises BadInput for one that cannot be."""
    notes = []
    where = f"{facts.client} is in {facts.country or home}"
    if facts.tax == "outside-eu" and not _abroad(facts, home):
        notes.append(f"{where}, at home: no invoice can be issued to it with the case outside-eu.")
    elif facts.tax == "outside-eu" and facts.country in EU:
        raise BadInput(
            f"{where}, which is in the EU; the tax case outside-eu does not fit",
            "give another `--country` or another `--tax`",
        )
    if facts.tax == "reverse-charge":
        notes += _checked_reverse_charge(facts, home, where)
    taxed = facts.tax in ("standard", "reduced")
    if taxed and _abroad(facts, home):
        if facts.type == "private":
            notes.append(_told(facts, "standard"))
        else:
            notes.append(
                f"{where}: German VAT is charged only for what is taxable in Germany (§ 3a (2) UStG); "
                "shown without being due it is owed all the same (§ 14c UStG)."
            )
    if facts.exempt_reason and facts.tax != "exempt":
        raise BadInput(
            f"{facts.client} has the tax case {facts.tax or 'standard'}, which needs no reason",
            "give `--tax exempt` with `--exempt-reason`",
        )
    if facts.tax == "exempt" and not facts.exempt_reason:
        notes.append(
            "Which paragraph exempts it is not known, only § 4 UStG is printed; "
            '`--exempt-reason "§ 4 Nr. 21 UStG"` says it.'
        )
    return notes


def _checked_reverse_charge(facts: Facts, home: str, where: str) -> list[str]:
    if facts.type == "private":
        raise BadInput(
            f"{facts.client} is a private person, who cannot owe the VAT (§ 13b (5) UStG)",
            "give `--type business`, or `--tax standard`",
        )
    if not facts.vat_id:
        return [f"{where} and has no VAT id yet: reverse charge needs one on the invoice."]
    if _abroad(facts, home) and vat_country(facts.vat_id) == home:
        raise BadInput(
            f"{where}, but {facts.vat_id} is a VAT id of {home}: it does not go with reverse charge",
            "give the client's own VAT id with `--vat-id`, or another `--tax`",
        )
    return []
