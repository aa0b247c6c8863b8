"""The last day to send a notice: every case of the contracts seen, and the property behind them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cowork_cli.domain.calendar_days import LENGTH_HINT, Length, after, before, parse_length
from cowork_cli.domain.contract import (
    Dates,
    Terms,
    check_terms,
    dates,
    end_if_sent,
    first_end,
    last_day_to_send,
    rule_of,
)
from cowork_cli.domain.notice import NOTICE_HINT, Notice, parse_notice
from cowork_cli.errors import BadInput
from tests.domain.refusing import told

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


# ---- the days themselves


@pytest.mark.parametrize(
    ("built", "sent", "end"),
    [
        (terms("0d to day-15", "2026-01-01"), "2026-11-15", "2026-11-15"),
        (terms("0d to day-15", "2026-01-01"), "2026-11-16", "2026-12-15"),
        (terms("0d to day-31", "2026-01-01"), "2027-02-28", "2027-02-28"),
        (terms("1d to day-31", "2026-01-01"), "2027-02-28", "2027-03-31"),
        (terms("1d to day-30", "2026-01-01"), "2027-01-30", "2027-02-28"),
        (terms("14d to month-end", "2026-01-01"), "2026-12-17", "2026-12-31"),
        (terms("14d to month-end", "2026-01-01"), "2026-12-18", "2027-01-31"),
        # the first term: from the 31st, of weeks, of days
        (terms("0d to any", "2026-08-31", "1m"), "2026-08-31", "2026-09-30"),
        (terms("0d to any", "2026-11-25", "1w"), "2026-11-25", "2026-12-01"),
        (terms("0d to any", "2026-11-25", "1d"), "2026-11-25", "2026-11-25"),
        (terms("0d to any", "2026-11-25"), "2026-11-20", "2026-11-25"),
        # renewed by the same length: counted from the first day, not from a shorter end
        (terms("0d to term-end", "2026-01-31", "1m", "same"), "2026-03-01", "2026-03-30"),
        (terms("0d to term-end", "2026-01-31", "1m", "same"), "2026-02-28", "2026-02-28"),
        (terms("0d to term-end", "2026-01-01", "2w", "same"), "2026-01-14", "2026-01-14"),
        (terms("0d to term-end", "2026-01-01", "2w", "same"), "2026-01-15", "2026-01-28"),
        (terms("0d to term-end", "2026-01-01", "10d", "same"), "2026-01-11", "2026-01-20"),
        # renewed by a month, from the day after the first term
        (terms("0d to term-end", "2026-01-01", "3m", "month"), "2026-03-31", "2026-03-31"),
        (terms("0d to term-end", "2026-01-01", "3m", "month"), "2026-04-01", "2026-04-30"),
        (terms("0d to term-end", "2025-11-16", "2m", "month"), "2027-12-15", "2027-12-15"),
        (terms("0d to term-end", "2025-11-16", "2m", "month"), "2027-12-16", "2028-01-15"),
        (terms("1m to term-end", "2026-01-01", "12m", "none"), "2030-01-01", "2026-12-31"),
    ],
)  # fmt: skip
def test_the_first_day_it_can_end_on(built: Terms, sent: str, end: str) -> None:
    assert str(end_if_sent(built, date.fromisoformat(sent))) == end


def test_a_notice_that_was_given_has_no_last_day() -> None:
    built = terms("1m to month-end", "2026-01-01")
    end = date(2026, 12, 31)
    assert dates(built, TODAY, sent=TODAY, ends=end) == Dates("ending", end, end, None)
    assert dates(built, end + ONE, sent=TODAY, ends=end) == Dates("ended", end, end, None)


def test_what_ends_by_itself_is_active_to_its_last_day() -> None:
    built = terms("1m to term-end", "2026-12-01", "1m", "none")
    end = date(2026, 12, 31)
    assert dates(built, TODAY, sent=None, ends=None) == Dates("planned", end, end, None)
    assert dates(built, end, sent=None, ends=None) == Dates("active", end, end, None)
    assert dates(built, end + ONE, sent=None, ends=None) == Dates("ended", end, end, None)


def test_a_later_notice_costs_more_than_days_where_there_is_a_day_to_end_on() -> None:
    assert dates(terms("2w to any", "2026-01-01"), TODAY, sent=None, ends=None) == Dates(
        "active", None, date(2026, 12, 9), TODAY, False
    )
    for built in (terms("2w to month-end"), terms("2w to any", "2026-11-01", "12m")):
        assert dates(built, TODAY, sent=None, ends=None).costs


@pytest.mark.parametrize(
    ("built", "rule"),
    [
        (terms("1m to any"), "notice of 1 month to any day"),
        (terms("30d to month-end", "2026-01-01", "6m"),
         "notice of 30 days to the end of a month, first term 6 months"),
        (terms("2w to day-15", "2026-01-01", "1w", "month"),
         "notice of 2 weeks to day 15 of a month, first term 1 week, renews by a month"),
        (terms("1d to term-end", "2026-01-01", "1m", "none"),
         "notice of 1 day to the end of the term, first term 1 month, ends with its term"),
        (terms("1d to term-end", "2026-01-01", "1m", "same"),
         "notice of 1 day to the end of the term, first term 1 month, renews by the same length"),
    ],
)  # fmt: skip
def test_the_clause_in_words(built: Terms, rule: str) -> None:
    assert rule_of(built) == rule


def test_days_of_a_month_and_lengths_at_their_ends() -> None:
    assert parse_notice(" 30d  to   day-1 ") == Notice(Length(30, "d"), "day-N", 1)
    assert parse_notice("30d to day-31") == Notice(Length(30, "d"), "day-N", 31)
    assert parse_notice("30d\tto\nany") == Notice(Length(30, "d"), "any")
    assert parse_notice("1m\tzum\tMonatsende") == Notice(Length(1, "m"), "month-end")
    assert parse_notice("3  Monate  zum  Monatsende") == Notice(Length(3, "m"), "month-end")
    assert parse_length("3660d", "x") == Length(3660, "d")
    assert parse_length("520w", "x") == Length(520, "w")
    assert parse_length("10 years", "x") == parse_length("120m", "x") == Length(120, "m")
    for text in ("3661d", "521w", "121m", "11y"):
        with pytest.raises(BadInput, match="longer than ten years"):
            parse_length(text, "x")


TERM_HINT = "give the length of a term with `--min-term 12m`"


@pytest.mark.parametrize(
    ("parse", "message", "hint"),
    [
        (lambda: parse_length("12 moons", "the term"), 'the term "12 moons" is not a length of time',
         LENGTH_HINT),
        (lambda: parse_length("soon", "the term"), 'the term "soon" is not a length of time', LENGTH_HINT),
        (lambda: parse_length("11y", "the term"), 'the term "11y" is longer than ten years', LENGTH_HINT),
        (lambda: parse_notice("30d"), 'the notice "30d" does not say to which day', NOTICE_HINT),
        (lambda: parse_notice("30 to any"), 'the notice "30" is not a length of time', NOTICE_HINT),
        (lambda: parse_notice("1d to any to any"), 'the notice "1d to any to any" ends to "any to any", which is no day',
         NOTICE_HINT),
        (lambda: parse_notice("1d zum Ende zum Ende"), 'the notice "1d zum Ende zum Ende" ends to "Ende zum Ende", which is no day',
         NOTICE_HINT),
        (lambda: parse_notice("30d to day-32"), "no month has a day 32", NOTICE_HINT),
        (lambda: parse_notice("30d to day-0"), "no month has a day 0", NOTICE_HINT),
        (lambda: parse_notice("30d to day-\u0663"), 'the notice "30d to day-\u0663" ends to "day-\u0663", which is no day',
         NOTICE_HINT),
        (lambda: terms("1m to any", "2026-01-01", "0d"), "a term of no length is none",
         "leave `--min-term` out"),
        (lambda: terms("1m to any", "2026-01-01", "", "same"), "`--renews same` needs the length of the term",
         TERM_HINT),
        (lambda: terms("1m to term-end"), "a notice to the end of the term needs the length of the term",
         TERM_HINT),
        (lambda: terms("1m to term-end", "2026-01-01", "12m"),
         "a notice to the end of the term needs what comes after it",
         "say it with `--renews none`, `--renews same` or `--renews month`"),
    ],
)  # fmt: skip
def test_what_is_said_of_what_is_refused(
    parse: Callable[[], object], message: str, hint: str
) -> None:
    assert told(parse) == (message, hint)
