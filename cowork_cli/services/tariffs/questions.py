"""What nobody has said of the plans, and what it would change."""

from collections.abc import Callable, Sequence

from cowork_cli.domain.money import Money
from cowork_cli.domain.plan import Plan
from cowork_cli.domain.plan_mix import NO_LIMIT, OpenQuestion
from cowork_cli.domain.tariff_mix import Mix, NoTariff
from cowork_cli.services.tariffs.market import Market
from cowork_cli.services.tariffs.offers import Reading, is_subscription

WEEKDAYS = "is it for some days of the week only?"
AT_ONCE = "how many of it may be held at once?"
TEAMS = "is it sold to teams alone?"


def open_questions(market: Market, mix: Mix) -> list[OpenQuestion]:
    """What is not known of the plans, each with the total if the answer is the other one."""
    plans = list(market.plans.values())
    subscriptions = [plan for plan in plans if is_subscription(plan) or plan.quota]
    told = market.holidays
    days = set(market.wish.days)
    asked: list[tuple[str, list[Plan], str, Reading, str]] = [
        (
            "may they be held beside each other?",
            [p for p in subscriptions if p.stackable is None and _has_neighbour(p, subscriptions)],
            "no", Reading(stackable=True), "--stackable yes",
        ),
        (
            "do they count on public holidays?",
            [p for p in plans if p.excludes_holidays is None and days & set().union(*told[str(p.space_ref)])],
            "no", Reading(on_holidays=True), "--excludes-holidays no",
        ),
        (
            "does the period end with the calendar?",
            [p for p in plans if p.period is None and p.kind in ("week", "month", "permanent")
             and p.price and p.price.per != "year"],
            "yes", Reading(rolling=True), "--period rolling",
        ),
        (
            "is VAT in the price?",
            [p for p in plans if p.price and p.price.tax == "unknown"],
            "the dearer reading", Reading(cheaper_tax=True), "--price 149net",
        ),
    ]  # fmt: skip
    found = []
    for question, of, answer, reading, hint in asked:
        if of:
            try:
                cost, exact = market.otherwise(reading, mix)
                other: Money | None = market.money(cost)
            except NoTariff:
                other, exact = None, True
            found.append(
                OpenQuestion(question, tuple(p.name for p in of), answer, other,
                             f"cowork plan edit {of[0].id} {hint}", exact)
            )  # fmt: skip
    return [*found, *_only_stated(market, mix)]


def _has_neighbour(plan: Plan, others: Sequence[Plan]) -> bool:
    return any(other is not plan and other.space_ref == plan.space_ref for other in others)


def _only_stated(market: Market, mix: Mix) -> list[OpenQuestion]:
    """What is not known of the plans that were chosen and changes no sum."""
    chosen = {row.tariff.id for row in mix.bought if row.used}
    plans = [plan for plan in market.plans.values() if plan.id in chosen]
    several = {name: _at_once(mix, name) for name in chosen}
    asked: list[tuple[str, Callable[[Plan], bool], str]] = [
        ("is a seat guaranteed?", lambda p: p.seat is None, "--seat yes"),
        ("when does it expire?", lambda p: p.kind == "bundle" and not p.expires, "--expires 12m"),
        ("how long does one sign for?", lambda p: is_subscription(p) and not (p.min_term or p.notice),
         '--notice "1m to month-end"'),
        ("from when does it expire: from its purchase or its first use?",
         lambda p: p.kind == "bundle" and bool(p.expires) and p.counts_from is None, "--counts-from purchase"),
        (WEEKDAYS, lambda p: p.weekdays is None and p.open_hours is None, "--weekdays mon-fri"),
        (AT_ONCE, lambda p: p.max_active is None and several[p.id] > 1, "--max-active 1"),
        (TEAMS, lambda p: p.team_only is None, "--team-only no"),
    ]  # fmt: skip
    answers = {
        "is a seat guaranteed?": "not known",
        "when does it expire?": "never",
        "how long does one sign for?": "one period",
        WEEKDAYS: NO_LIMIT,
        AT_ONCE: NO_LIMIT,
        TEAMS: NO_LIMIT,
    }
    return [
        OpenQuestion(
            question, tuple(p.name for p in of), answers.get(question, "the same: bought on that day"), None,
            f"cowork plan edit {of[0].id} {hint}",
        )
        for question, is_open, hint in asked
        if (of := [plan for plan in plans if is_open(plan)])
    ]  # fmt: skip


def _at_once(mix: Mix, plan: str) -> int:
    """How many purchases of a plan run at the same time at most."""
    rows = [row for row in mix.bought if row.tariff.id == plan]
    return max((sum(o.day <= row.day <= o.until for o in rows) for row in rows), default=0)
