"""What the list of deadlines asks first: which kinds of things there are, and the dates of dossiers."""

from datetime import date

from cowork_cli.records import dataclass
from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """Whether there is anything of a kind that could be due."""

    posts: bool
    contracts: bool
    reviews: bool
    moves: bool
    standing: bool
    memberships: bool
    decisions: bool
    quotes: bool
    plans: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A date of a dossier: what ends or is looked at again, at which address."""

    day: date
    item: str
    name: str
    ref: str


def counts(store: Store) -> Counts:
    """One look at each of the tables."""
    row = store.row(
        "SELECT EXISTS (SELECT 1 FROM posts WHERE deadline_state = 'open') AS posts, "
        "EXISTS (SELECT 1 FROM contracts) AS contracts, "
        "EXISTS (SELECT 1 FROM address_dossier WHERE until IS NOT NULL) AS reviews, "
        "EXISTS (SELECT 1 FROM move_rows WHERE done IS NULL) AS moves, "
        "EXISTS (SELECT 1 FROM standing_dates WHERE state IN ('failed', 'refused')) AS standing, "
        "EXISTS (SELECT 1 FROM membership_ledger) AS memberships, "
        "EXISTS (SELECT 1 FROM events WHERE decide_by IS NOT NULL AND decided IS NULL) AS decisions, "
        "EXISTS (SELECT 1 FROM quotes WHERE state = 'sent') AS quotes, "
        "EXISTS (SELECT 1 FROM invoice_plans) AS plans"
    )
    return Counts(*map(bool, row))


def has_reverse_charge(store: Store) -> bool:
    """Whether a client owes the VAT itself; without one there is nothing to tell of other EU states."""
    return bool(store.value("SELECT count(*) FROM clients WHERE tax = 'reverse-charge'"))


def reviews(store: Store, until: date) -> list[Review]:
    """The dates of dossiers up to a day, of addresses that are still held."""
    rows = store.rows(
        "SELECT d.until, d.item, a.name, a.id FROM address_dossier d "
        "JOIN addresses a ON a.id = d.address_id "
        "WHERE d.until IS NOT NULL AND d.until <= ? AND a.state <> 'ended' ORDER BY d.until, d.id",
        until.isoformat(),
    )
    return [
        Review(date.fromisoformat(row.until), row.item, row.name, f"a-{row.id}") for row in rows
    ]
