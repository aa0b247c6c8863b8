"""The last day to send a notice: every case of the contracts seen, and the property behind them."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cowork_cli.domain.calendar_days import Length, after, before, parse_length
from cowork_cli.domain.contract import (
    Terms,
    check_terms,
    dates,
    end_if_sent,
    first_end,
    last_day_to_send,
)
from cowork_cli.domain.notice import Notice, parse_notice
from cowork_cli.errors import BadInput

ONE = timedelta(days=1)
TODAY = date(2026, 11, 25)


def terms(
    notice: str, starts: str = "2026-01-01", term: str = "", renews: str | None = None
) -> Terms:
    length = parse_length(term, "term") if term else None
    built = Terms(date.fromisoformat(starts), parse_notice(notice), length, renews)
    check_terms(built)
    return built


@pytest.mark.parametrize(
    ("seen", "built", "next_end", "last_day"),
    [
        # 30 days to month end; too late for November since 31 October
        ("SignUp Berlin", terms("30d to month-end"), "2026-12-31", "2026-12-01"),
        ("V12 Wiesbaden", terms("14d to month-end"), "2026-12-31", "2026-12-17"),
        # the terms end on 31 March: of a year from 1 April
        ("COCO Berlin", terms("1m to term-end", "2025-04-01", "12m", "same"), "2027-03-31", "2027-02-28"),
        ("1000 Satellites", terms("1m to month-end"), "2026-12-31", "2026-11-30"),
        ("1000 Satellites, flex", terms("14d to month-end"), "2026-12-31", "2026-12-17"),
        ("WERK1", terms("0d to day-15"), "2026-12-15", "2026-12-15"),
        # a month, and no end in the first six
        ("kmu-center", terms("1m to month-end", "2026-10-01", "6m"), "2027-03-31", "2027-02-28"),
        ("myRegus", terms("3m to term-end", "2026-03-15", "12m", "same"), "2027-03-14", "2026-12-14"),
        ("CAYA", terms("4w to any"), "2026-12-23", "2026-11-25"),
        ("raum.wtf", terms("3d to term-end", "2026-11-10", "1m", "month"), "2026-12-09", "2026-12-06"),
        ("P7 Berlin", terms("2w to month-end"), "2026-12-31", "2026-12-17"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_contracts_that_were_seen(seen: str, built: Terms, next_end: str, last_day: str) -> None:
    now = dates(built, TODAY, sent=None, ends=None)
    assert (str(now.next_end), str(now.last_day)) == (next_end, last_day)


def test_a_day_after_the_last_one_the_end_is_the_next() -> None:
    built = terms("1m to term-end", "2025-04-01", "12m", "same")
    assert end_if_sent(built, date(2027, 2, 28)) == date(2027, 3, 31)
    assert end_if_sent(built, date(2027, 3, 1)) == date(2028, 3, 31)
    monthly = terms("3d to term-end", "2026-11-10", "1m", "month")
    assert end_if_sent(monthly, date(2026, 12, 7)) == date(2027, 1, 9)


def test_what_does_not_renew_ends_by_itself() -> None:
    built = terms("1m to term-end", "2026-01-01", "12m", "none")
    now = dates(built, TODAY, sent=None, ends=None)
    assert (now.ends, now.last_day, now.state) == (date(2026, 12, 31), None, "active")
    assert dates(built, date(2027, 1, 1), sent=None, ends=None).state == "ended"


def test_states() -> None:
    built = terms("30d to month-end", "2026-12-01")
    assert dates(built, TODAY, sent=None, ends=None).state == "planned"
    assert dates(built, date(2026, 12, 1), sent=None, ends=None).state == "active"
    end = date(2027, 1, 31)
    assert dates(built, end, sent=TODAY, ends=end).state == "ending"
    assert dates(built, end + ONE, sent=TODAY, ends=end).state == "ended"


def test_months_are_counted_by_188_bgb() -> None:
    month = Length(1, "m")
    assert after(date(2026, 1, 31), month) == date(2026, 2, 28)
    assert after(date(2028, 1, 31), month) == date(2028, 2, 29)
    assert before(date(2026, 11, 30), month) == date(2026, 10, 31)
    assert before(date(2026, 12, 30), month) == date(2026, 11, 30)
    assert first_end(terms("1m to any", "2026-08-31", "6m")) == date(2027, 2, 28)
    assert first_end(terms("1m to any", "2026-01-01", "12m")) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("30d to month-end", "30d to month-end"),
        ("30 Tage zum Monatsende", "30d to month-end"),
        ("1 month to end of term", "1m to term-end"),
        ("1y to term-end", "12m to term-end"),
        ("2w to any", "2w to any"),
        ("14d to day-15", "14d to day-15"),
    ],
)
def test_the_grammar(typed: str, kept: str) -> None:
    notice = parse_notice(typed)
    assert str(notice) == kept
    assert parse_notice(kept) == notice


@pytest.mark.parametrize(
    "typed",
    ["", "30d", "to any", "30 to any", "30d to", "30d to soon", "30d to day-0", "30d to day-32",
     "-3d to any", "٣d to any", "1.5m to any", "99999d to any", "5000d to any"],
)  # fmt: skip
def test_what_is_no_notice(typed: str) -> None:
    with pytest.raises(BadInput) as raised:
        parse_notice(typed)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("notice", "term", "renews"),
    [
        ("1m to term-end", "", None),
        ("1m to term-end", "12m", None),
        ("1m to any", "", "none"),
        ("1m to any", "", "same"),
        ("1m to any", "0d", "same"),
    ],
)
def test_terms_that_leave_the_end_open(notice: str, term: str, renews: str | None) -> None:
    with pytest.raises(BadInput):
        terms(notice, "2026-01-01", term, renews)


LENGTHS = st.one_of(
    st.builds(Length, st.integers(0, 400), st.just("d")),
    st.builds(Length, st.integers(0, 60), st.just("w")),
    st.builds(Length, st.integers(0, 24), st.just("m")),
)
TERMS = st.builds(Length, st.integers(1, 36), st.sampled_from("dwm"))
NOTICES = st.one_of(
    st.builds(Notice, LENGTHS, st.sampled_from(["any", "month-end", "term-end"])),
    st.builds(Notice, LENGTHS, st.just("day-N"), st.integers(1, 31)),
)
DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))


@given(
    DAYS, NOTICES, st.none() | TERMS, st.sampled_from([None, "same", "month"]), st.integers(0, 4000)
)
def test_the_day_is_the_last_one_that_works(
    starts: date, notice: Notice, term: Length | None, renews: str | None, later: int
) -> None:
    built = Terms(starts, notice, term, renews)
    try:
        check_terms(built)
    except BadInput:
        assume(False)
    today = starts + later * ONE
    now = dates(built, today, sent=None, ends=None)
    assert now.next_end is not None
    assert now.last_day is not None
    assert now.last_day >= today
    assert end_if_sent(built, now.last_day) == now.next_end
    assert end_if_sent(built, now.last_day + ONE) > now.next_end
    assert now.next_end >= first_end(built)
    assert after(now.last_day, notice.length) <= now.next_end
    assert last_day_to_send(built, now.next_end) == now.last_day


@given(DAYS, LENGTHS)
def test_before_is_the_reverse_of_after(day: date, length: Length) -> None:
    last = before(day, length)
    assert after(last, length) <= day
    assert after(last + ONE, length) > day
