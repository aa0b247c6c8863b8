"""Rounding rules, travel, day rates, budgets: the arithmetic behind every line."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowork_cli.domain import billing
from cowork_cli.domain.billing import Rule, Terms, billed_seconds, parse_rule, rule_text
from cowork_cli.domain.money import Money, hours_of
from cowork_cli.errors import BadInput
from tests.domain.refusing import told


@dataclass(frozen=True)
class Worked:
    project: str
    day: date
    seconds: int
    tag: str = ""


def worked(*minutes: float, day: int = 1) -> list[Worked]:
    return [Worked("acme/site", date(2026, 11, day), round(m * 60)) for m in minutes]


entries = st.lists(
    st.builds(
        Worked,
        project=st.sampled_from(("acme/site", "acme/app")),
        day=st.dates(date(2026, 11, 23), date(2026, 11, 25)),
        seconds=st.integers(1, 30_000),
        tag=st.sampled_from(("", "deep", "call")),
    ),
    max_size=12,
)
rules = st.builds(
    Rule,
    st.integers(1, 480).map(lambda minutes: minutes * 60),
    st.sampled_from(billing.MODES),
    st.sampled_from(billing.SCOPES),
)
fine_rules = st.builds(
    Rule,
    st.sampled_from((180, 360, 900, 1800, 3600)),
    st.sampled_from(billing.MODES),
    st.sampled_from(("day", "invoice")),
)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("none", "none"),
        (" NONE ", "none"),
        ("15m:up:day", "15m:up:day"),
        ("6m:nearest:entry", "6m:nearest:entry"),
        ("60m:down:invoice", "1h:down:invoice"),
        ("1m:up:entry", "1m:up:entry"),
        ("8h:UP:Day", "8h:up:day"),
        ("90min:up:day", "90m:up:day"),
    ],
)
def test_rules_are_read_and_written(text: str, canonical: str) -> None:
    assert rule_text(parse_rule(text)) == canonical


@pytest.mark.parametrize(
    "text",
    ["", "15m", "15m:up", "15m:up:week", "15m:round:day", "0m:up:day", "30s:up:day", "9h:up:day",
     "90s:up:day", "-15m:up:day", "x:up:day", "15m:up:day:more"],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_rule(text)
    assert "15m:up:day" in (caught.value.hint or "")


@given(rules)
def test_a_rule_survives_its_text(rule: Rule) -> None:
    assert parse_rule(str(rule)) == rule


@pytest.mark.parametrize(
    ("rule", "minutes", "billed"),
    [
        ("none", (5, 5), (5, 5)),
        ("15m:up:entry", (5, 15, 16), (15, 15, 30)),
        ("15m:down:entry", (5, 15, 29), (0, 15, 15)),
        ("6m:nearest:entry", (3, 2.9, 8.9, 9), (6, 0, 6, 12)),
        ("15m:up:day", (30, 16), (30, 30)),
        ("15m:up:day", (16, 30), (16.2, 43.8)),  # on hundredths of an hour
        ("20m:up:day", (16, 30), (16, 44)),  # no hundredths: the first stays as it is
        ("15m:down:day", (30, 14), (30, 0)),
        ("1h:down:day", (45, 30, 15, 20), (45, 15, 0, 0)),
        ("1h:down:invoice", (45, 10), (0, 0)),
        ("15m:up:day", (), ()),
    ],
)
def test_billed_time(rule: str, minutes: tuple[float, ...], billed: tuple[float, ...]) -> None:
    result = billed_seconds(worked(*minutes), parse_rule(rule))
    assert result == [round(m * 60) for m in billed]


def test_odd_seconds_stay_where_a_step_is_of_no_hundredths() -> None:
    odd = [replace(worked(1)[0], seconds=61), replace(worked(1)[0], seconds=62)]
    assert billed_seconds(odd, parse_rule("1m:up:day")) == [61, 119]


def test_a_day_is_rounded_by_itself_and_an_invoice_as_a_whole() -> None:
    two_days = worked(10, day=1) + worked(10, day=2)
    assert sum(billed_seconds(two_days, parse_rule("15m:up:day"))) == 1800
    assert sum(billed_seconds(two_days, parse_rule("15m:up:invoice"))) == 1800
    three = two_days + worked(10, day=3)
    assert sum(billed_seconds(three, parse_rule("15m:up:day"))) == 2700
    assert sum(billed_seconds(three, parse_rule("15m:up:invoice"))) == 1800


@given(entries, rules)
def test_sums_are_what_the_rule_gives_and_no_part_is_negative(
    work: list[Worked], rule: Rule
) -> None:
    billed = billed_seconds(work, rule)
    assert all(part >= 0 for part in billed)
    raw: dict[object, int] = defaultdict(int)
    done: dict[object, int] = defaultdict(int)
    for number, (entry, part) in enumerate(zip(work, billed, strict=True)):
        key = {
            "entry": number,
            "day": (entry.project, entry.day),
            "invoice": entry.project,
        }[rule.scope]
        raw[key] += entry.seconds
        done[key] += part
    assert done == {key: rule.rounded(seconds) for key, seconds in raw.items()}


@given(entries, rules)
def test_billing_what_is_billed_changes_nothing(work: list[Worked], rule: Rule) -> None:
    once = billed_seconds(work, rule)
    again = [replace(entry, seconds=part) for entry, part in zip(work, once, strict=True)]
    assert billed_seconds(again, rule) == once


@given(entries, fine_rules)
def test_quantities_add_up_the_same_however_lines_are_grouped(
    work: list[Worked], rule: Rule
) -> None:
    billed = billed_seconds(work, rule)
    totals = []
    for fields in (("project",), ("project", "day"), ("project", "tag"), ()):
        lines: dict[object, int] = defaultdict(int)
        for number, (entry, part) in enumerate(zip(work, billed, strict=True)):
            key = tuple(getattr(entry, field) for field in fields) or number
            lines[key] += part
        totals.append(sum((hours_of(seconds) for seconds in lines.values()), Decimal(0)))
    assert all(one == other for one, other in combinations(totals, 2))


def test_travel_counts_in_part_and_by_its_tag() -> None:
    assert billing.is_travel(("deep", "Reise"))
    assert billing.is_travel(("travel",))
    assert not billing.is_travel(("", "travelling"))
    assert billing.travel_seconds(3601, Decimal("0.5")) == 1801
    assert billing.travel_seconds(3600, Decimal(0)) == 0
    assert billing.parse_factor("50%") == billing.parse_factor("0,5") == Decimal("0.5")
    for text in ("-1", "3", "50", "x", "0.5X"):
        with pytest.raises(BadInput):
            billing.parse_factor(text)


HALVES = Terms(hours_per_day=Decimal(8), half_day_from_s=4 * 3600)


@pytest.mark.parametrize(
    ("hours", "days"),
    [(1, "0.13"), (3.99, "0.50"), (2, "0.25"), (4, "0.5"), (7.99, "0.5"), (8, "1"), (11, "1")],
)
def test_a_day_is_a_half_or_a_whole_one(hours: float, days: str) -> None:
    assert sum(billing.day_quantities(worked(hours * 60), HALVES)) == Decimal(days)


def test_half_a_day_begins_with_its_first_second() -> None:
    long = Terms(hours_per_day=Decimal(10), half_day_from_s=4 * 3600)
    assert billing.day_quantities(worked(240), long) == [Decimal("0.5")]
    assert billing.day_quantities([replace(worked(240)[0], seconds=14399)], long) == [
        Decimal("0.40")
    ]
    assert billing.day_quantities(worked(0, 0), HALVES) == [0, 0]


@given(entries)
def test_days_add_up_the_same_however_lines_are_grouped(work: list[Worked]) -> None:
    parts = billing.day_quantities(work, HALVES)
    assert all(part >= 0 for part in parts)
    seconds: dict[object, int] = defaultdict(int)
    days: dict[object, Decimal] = defaultdict(Decimal)
    for entry, part in zip(work, parts, strict=True):
        seconds[entry.project, entry.day] += entry.seconds
        days[entry.project, entry.day] += part
    for key, total in seconds.items():
        whole = Decimal(1) if total >= 8 * 3600 else Decimal("0.5")
        expected = whole if total >= 4 * 3600 else billing.days_of(total, Decimal(8))
        assert days[key] == expected


def test_without_half_days_hours_are_divided_once_for_a_line() -> None:
    terms = Terms(hours_per_day=Decimal("7.5"))
    zeros = [Decimal(0)] * 2
    assert billing.line_quantity("day", [13500, 27000], zeros, terms) == Decimal("1.50")
    assert billing.line_quantity("hour", [13500, 27000], zeros, terms) == Decimal("11.25")


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("40h", (144000, None)),
        ("7,5 h", (27000, None)),
        ("4000eur", (None, Money(400000, "EUR"))),
        ("4000.50 EUR", (None, Money(400050, "EUR"))),
        ("4000€", (None, Money(400000, "EUR"))),
    ],
)
def test_budgets(text: str, budget: tuple[int | None, Money | None]) -> None:
    assert billing.parse_budget(text, "EUR") == budget


@pytest.mark.parametrize("text", ["", "40", "0h", "-4h", "4.000eur", "40 weeks", "100chf", "eur"])
def test_bad_budgets(text: str) -> None:
    with pytest.raises(BadInput):
        billing.parse_budget(text, "EUR")


def test_skonto() -> None:
    assert billing.skonto_text(*billing.parse_skonto(" 2,5 % / 10 days")) == "2.5%/10d"
    for text in ("2%", "0%/10d", "100%/10d", "2%/0d", "2/10"):
        with pytest.raises(BadInput):
            billing.parse_skonto(text)


def test_the_longest_step_and_factors_at_both_ends() -> None:
    assert parse_rule("8h:up:day") == Rule(8 * 3600, "up", "day")
    with pytest.raises(BadInput):
        parse_rule("481m:up:day")
    assert billing.parse_factor("0") == 0
    assert billing.parse_factor("200 %") == billing.parse_factor("2") == 2
    with pytest.raises(BadInput):
        billing.parse_factor("2.01")


def test_half_days_are_summed_as_they_are() -> None:
    halves = [Decimal("0.25"), Decimal("0.5")]
    assert billing.line_quantity("day", [1, 2], halves, HALVES) == Decimal("0.75")
    assert str(billing.line_quantity("day", [], [], HALVES)) == "0.00"


@pytest.mark.parametrize(
    ("text", "hours"), [("1", "1"), ("24", "24"), ("7,5h", "7.5"), ("8 H", "8"), ("7.25", "7.25")]
)
def test_hours_of_a_day(text: str, hours: str) -> None:
    assert billing.parse_hours_per_day(text) == Decimal(hours)


@pytest.mark.parametrize("text", ["0.99", "24.01", "7.123", "07.125", "7.1234", "h"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(BadInput):
        billing.parse_hours_per_day(text)


def test_small_budgets_and_their_words() -> None:
    assert billing.parse_budget("0.5 std", "EUR") == (1800, None)
    assert billing.parse_budget("1 hours", "EUR") == (3600, None)
    assert billing.parse_budget("0.01h", "EUR") == (36, None)
    assert billing.parse_budget("1 chf", "CHF") == (None, Money(100, "CHF"))
    assert billing.parse_skonto("0.5%/1d") == (Decimal("0.5"), 1)
    assert billing.parse_skonto("99.99%/999tage") == (Decimal("99.99"), 999)


@pytest.mark.parametrize(
    ("number", "text"),
    [("8", "8"), ("8.00", "8"), ("7.50", "7.5"), ("100", "100"), ("0.05", "0.05"), ("10.0", "10")],
)
def test_a_number_in_short(number: str, text: str) -> None:
    assert billing.short(Decimal(number)) == text


RULE_HINT = "write it as `15m:up:day` (STEP:up|nearest|down:entry|day|invoice), or `none`"
BUDGET_HINT = "write it as `40h` or `4000eur`, or `none`"
SKONTO_HINT = "write 2 percent within 10 days as `2%/10d`, or `none`"
NUMBER_HINT = "write it as `95` or `95.50`"


@pytest.mark.parametrize(
    ("parse", "message", "hint"),
    [
        (lambda: parse_rule("15m:up"), '"15m:up" is not a rounding rule', RULE_HINT),
        (lambda: parse_rule("x:up:day"), 'the step "x" is not a duration', RULE_HINT),
        (lambda: parse_rule("9h:up:day"), 'the step "9h" is not between 1m and 8h in whole minutes', RULE_HINT),
        (lambda: billing.parse_factor("3"), 'the travel factor "3" is not between 0 and 2',
         "write half of the time as `0.5` or `50%`, or `none` to bill travel as work"),
        (lambda: billing.parse_factor("x"), 'travel factor "x" is not a number', NUMBER_HINT),
        (lambda: billing.parse_hours_per_day("25"), "a day of 25 hours is not between 1 and 24",
         "write it as `8` or `7.5`"),
        (lambda: billing.parse_hours_per_day("x"), 'hours per day "x" is not a number', NUMBER_HINT),
        (lambda: billing.parse_budget("40", "EUR"), '"40" is not a budget', BUDGET_HINT),
        (lambda: billing.parse_budget("40 weeks", "EUR"), '"40 weeks" is not a budget', BUDGET_HINT),
        (lambda: billing.parse_budget("1,2,3h", "EUR"), 'budget "1,2,3" is not a number', NUMBER_HINT),
        (lambda: billing.parse_budget("0.123h", "EUR"), 'budget "0.123" has more than 2 decimals', "round it to 2"),
        (lambda: billing.parse_budget("0h", "EUR"), 'the budget "0h" is not above zero', BUDGET_HINT),
        (lambda: billing.parse_budget("5chf", "EUR"), "the budget is in CHF, but the client pays in EUR",
         BUDGET_HINT),
        (lambda: billing.parse_skonto("2%"), '"2%" is not a skonto', SKONTO_HINT),
        (lambda: billing.parse_skonto("2%/0d"), '"2%/0d" cannot be a skonto', SKONTO_HINT),
        (lambda: billing.parse_skonto("1.2.3%/1d"), 'skonto "1.2.3" is not a number', NUMBER_HINT),
        (lambda: billing.parse_skonto("0.125%/1d"), 'skonto "0.125" has more than 2 decimals', "round it to 2"),
    ],
)  # fmt: skip
def test_what_is_said_of_what_is_refused(
    parse: Callable[[], object], message: str, hint: str
) -> None:
    assert told(parse) == (message, hint)
