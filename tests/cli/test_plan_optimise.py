"""`plan optimise` and `compare lease` through the whole funnel."""

import pytest

from tests.conftest import Cowork

JUNE = ("--days", "mon,tue,wed,thu", "--start", "2027-06-01", "--horizon", "1m")


@pytest.fixture
def satellites(cowork: Cowork) -> None:
    made = [
        ("space", "add", "1000 Satellites", "--postcode", "68161", "--city", "Mannheim", "--country", "DE"),
        ("plan", "add", "1000", "Day", "--kind", "day", "--price", "39net"),
        ("plan", "add", "1000", "BASIC", "--kind", "month", "--price", "139net", "--quota", "5", "--period", "calendar"),
        ("plan", "add", "1000", "PLUS", "--kind", "month", "--price", "229net", "--quota", "10", "--period", "calendar"),
        ("plan", "add", "1000", "UNLIMITED", "--kind", "month", "--price", "399net", "--period", "calendar",
         "--weekdays", "mon-fri", "--excludes-holidays", "yes"),
        ("plan", "add", "1000", "Team", "--kind", "bundle", "--count", "10", "--price", "369net", "--team-only", "yes"),
    ]  # fmt: skip
    for words in made:
        assert cowork(*words).code == 0, words


def total(cowork: Cowork, *words: str) -> str:
    answer = cowork("plan", "optimise", "1000", *words, "--json")
    assert answer.code == 0, answer
    return str(answer.data["total"]["amount"])


def dates(count: int) -> str:
    return ",".join(f"2026-12-{day:02}" for day in range(1, count + 1))


@pytest.mark.usefixtures("satellites")
def test_39_net_is_4641_gross(cowork: Cowork) -> None:
    assert total(cowork, "--dates", "2026-12-01") == "39.00"
    assert total(cowork, "--dates", "2026-12-01", "--tax", "gross") == "46.41"
    cowork("config", "set", "seller.small_business", "true")
    assert total(cowork, "--dates", "2026-12-01") == "46.41"


@pytest.mark.usefixtures("satellites")
def test_both_answers_to_what_nobody_said_of_stacking(cowork: Cowork) -> None:
    words = ("--dates", "2027-06-01,2027-06-02,2027-06-03,2027-06-04,2027-06-07,2027-06-08,2027-06-09,"
             "2027-06-10,2027-06-11,2027-06-14,2027-06-15,2027-06-16,2027-06-17,2027-06-18")  # fmt: skip
    data = cowork("plan", "optimise", "1000", *words, "--json").data
    assert data["total"]["amount"] == "385.00"
    (stacking,) = [row for row in data["questions"] if "beside each other" in row["question"]]
    assert (stacking["answer"], stacking["otherwise"]["amount"]) == ("no", "368.00")
    for plan in ("plan-2", "plan-3", "plan-4"):
        cowork("plan", "edit", plan, "--stackable", "yes")
    known = cowork("plan", "optimise", "1000", *words, "--json").data
    assert known["total"]["amount"] == "368.00"
    assert not [row for row in known["questions"] if "beside each other" in row["question"]]


@pytest.mark.usefixtures("satellites")
def test_the_whole_answer(cowork: Cowork) -> None:
    answer = cowork("plan", "optimise", "1000", *JUNE, "--json")
    data = answer.data
    assert (data["days"], data["total"]["amount"], data["exact"]) == (18, "399.00", True)
    (row,) = data["bought"]
    assert (row["name"], row["on"], row["until"], row["days"]) == (
        "UNLIMITED",
        "2027-06-01",
        "2027-06-30",
        18,
    )
    less = data["variations"][0]
    assert (less["change"], less["days"], less["total"]["amount"], less["kept"]["amount"]) == (
        "one day a week less", 14, "385.00", "399.00",
    )  # fmt: skip
    costs = [(row["days"], row["total"]["amount"]) for row in data["break_even"]]
    assert costs[3:8] == [(4, "139.00"), (5, "139.00"), (6, "178.00"), (7, "217.00"), (8, "229.00")]
    assert "Sold to teams alone and left out: Team" in answer.err
    assert "UNLIMITED" in cowork("plan", "optimise", "1000", *JUNE, "-o", "table").out


@pytest.mark.usefixtures("satellites")
def test_the_ten_for_teams_only_where_it_is_allowed(cowork: Cowork) -> None:
    ten = dates(31)
    assert "Team" not in str(
        cowork("plan", "optimise", "1000", "--dates", ten, "--json").data["bought"]
    )
    cowork("plan", "remove", "plan-4", "--yes")
    cowork("plan", "remove", "plan-3", "--yes")
    words = ("--dates", dates(10), "--json")
    assert cowork("plan", "optimise", "1000", *words, "--team").data["total"]["amount"] == "334.00"


@pytest.mark.usefixtures("satellites")
def test_the_own_past_and_what_it_did_cost(cowork: Cowork) -> None:
    cowork("client", "add", "acme", "--name", "ACME")
    cowork("project", "add", "acme/site")
    for day in (2, 3, 4, 9, 10, 11, 16, 17):
        made = cowork("track", "add", "acme/site", "--on", f"2026-11-{day:02}", "--from", "9:00", "--to", "17:00",
                      "--place", "1000 Satellites")  # fmt: skip
        assert made.code == 0, made
    answer = cowork("plan", "optimise", "1000", "--from-log", "2026-11", "--paid", "312", "--json")
    assert (answer.data["days"], answer.data["total"]["amount"]) == (8, "229.00")
    assert (answer.data["paid"]["amount"], answer.data["saved"]["amount"]) == ("312.00", "83.00")
    assert "would have cost 229.00 EUR net instead of 312.00 EUR" in answer.err
    for paid, said in (("20 CHF", "is in CHF"), ("-20", "negative")):
        odd = cowork("plan", "optimise", "1000", "--from-log", "2026-11", "--paid", paid)
        assert (odd.code, said in odd.err) == (2, True)


@pytest.mark.usefixtures("satellites")
def test_ways_rooms_and_days_that_are_held(cowork: Cowork) -> None:
    assert (
        cowork("membership", "add", "1000", "Rest", "--includes", "days=1 until 2026-12-31").code
        == 0
    )
    way = ("--way", "1000=24km,50min,7.20")
    data = cowork("plan", "optimise", "1000", "--dates", dates(2), *way, "--json").data
    assert (data["total"]["amount"], data["way"]["amount"]) == ("53.40", "14.40")
    assert (data["way_km"], data["way_s"]) == ("48", 6000)
    assert {row["plan"] for row in data["bought"]} == {"plan-1", "ms-1"}
    rooms = ("--dates", "2026-12-01", "--room", "tue=2h", "--room-price", "1000=12net")
    assert cowork("plan", "optimise", "1000", *rooms, "--json").data["rooms"]["amount"] == "24.00"


@pytest.mark.usefixtures("satellites")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "no days were given"),
        (("--days", "mon", "--from-log", "2026"), 2, "several ways"),
        (("--days", "mon", "--horizon", "soon"), 2, "not a length of time"),
        (("--dates", "2026-12-01", "--way", "nowhere=3km"), 2, "none of the spaces"),
        (("--dates", "2026-12-01", "--tax", "both"), 2, "neither net nor gross"),
        (("--dates", "2026-12-01", "--paid", "3"), 2, "days of the past"),
        (("--from-log", "2020"), 2, "no hours and no bookings"),
        (
            ("--dates", "2026-12-01", "--way", "1000=20 CHF"),
            2,
            "is in CHF, and the plans are in EUR",
        ),
        (("--dates", "2026-12-01", "--room-price", "1000=20 CHF"), 2, "is in CHF"),
        (("--dates", "2026-12-01", "--room", "fri=2h"), 2, "none of the planned days"),
        (("--dates", "2026-12-01", "--vat-rate", "-300"), 2, "not 0 to 100"),
    ],
)
def test_what_cannot_be_reckoned(
    cowork: Cowork, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = cowork("plan", "optimise", "1000", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert "hint:" in answer.err


def test_a_space_without_plans(cowork: Cowork) -> None:
    cowork("space", "add", "Empty", "--country", "DE")
    answer = cowork("plan", "optimise", "Empty", "--dates", "2026-12-01")
    assert (answer.code, "no plan with a price" in answer.err) == (5, True)


@pytest.mark.usefixtures("satellites")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (
                "--kind",
                "month",
                "--price",
                "9",
                "--valid-from",
                "2027-02-01",
                "--valid-until",
                "2027-01-01",
            ),
            "before it begins",
        ),
        (
            ("--kind", "bundle", "--price", "9", "--count", "5", "--expires", "0d"),
            "not a length of time",
        ),
        (("--kind", "day", "--price", "9", "--quota", "5"), "belongs to a week, a month"),
        (
            ("--kind", "bundle", "--price", "9", "--count", "5", "--day-credits", "6"),
            "takes 6 credits",
        ),
        (("--kind", "month", "--price", "9", "--stackable", "perhaps"), "none of these"),
    ],
)
def test_a_plan_that_cannot_be(cowork: Cowork, words: tuple[str, ...], said: str) -> None:
    before = cowork("plan", "list").out
    answer = cowork("plan", "add", "1000", "Odd", *words)
    assert answer.code == 2
    assert said in answer.err
    assert cowork("plan", "list").out == before


@pytest.mark.usefixtures("satellites")
def test_every_field_of_a_tariff_is_kept_changed_and_undone(cowork: Cowork) -> None:
    words = ("--quota", "12", "--period", "rolling", "--weekdays", "mon-fri", "--open-hours", "Mo-Fr 09:00-18:00",
             "--excludes-holidays", "no", "--stackable", "no", "--max-active", "1", "--seat", "no",
             "--room-credit", "4h", "--team-only", "no", "--valid-until", "2027-12-31")  # fmt: skip
    kept = cowork("plan", "edit", "plan-2", *words, "--json").data
    assert (kept["quota"], kept["period"], kept["weekdays"]) == (
        12,
        "rolling",
        "mon,tue,wed,thu,fri",
    )
    assert (kept["stackable"], kept["room_credit_s"], kept["valid_until"]) == (
        "no",
        14_400,
        "2027-12-31",
    )
    assert (
        cowork("plan", "edit", "plan-2", "--stackable", "unknown", "--json").data["stackable"]
        is None
    )
    assert cowork("undo", "2", "--yes").code == 0
    again = cowork("plan", "list", "1000", "--json").data[1]
    assert (again["quota"], again["stackable"], again["room_credit_s"]) == (5, None, None)


@pytest.mark.usefixtures("satellites")
def test_a_lease_beside_desks(cowork: Cowork) -> None:
    words = ("compare", "lease", "1000", "--rent", "200net", "--term", "12m", "--notice", "3m", "--days", "12",
             "--fit-out", "1000net", "--deposit", "600", "--exit-cost", "300net", "--months", "24")  # fmt: skip
    data = cowork(*words, "--json").data
    assert (data["desk"]["amount"], data["tax"]) == ("307.00", "net")
    # 200 a month for at least 12 months and 1,300 once, beside 307 a month: 307 × 13 = 3,991 > 3,900.
    assert data["cheaper_from_month"] == 13
    leases = {row["months"]: row for row in data["rows"] if row["way"] == "lease"}
    assert leases[6]["exit"]["amount"] == "1500.00"  # six months of the term, and moving out
    assert (leases[24]["total"]["amount"], leases[24]["exit"]["amount"]) == ("6100.00", "900.00")
    assert leases[24]["tied_up"]["amount"] == "600.00"
    assert (
        data["cheaper_from_days"] == 11
    )  # 6,100 / 24 = 254.17 a month: 10 days are 229, 11 are 268
    assert cowork(*words[:3], "--rent", "200", "--days", "12").code == 2
    assert cowork(*words[:3], "--rent", "200net", "--days", "12", "--term", "0m").code == 2


@pytest.mark.usefixtures("satellites")
def test_a_day_on_which_a_space_is_closed_is_not_served_by_it(cowork: Cowork) -> None:
    week = ("--dates", "2026-12-01..2026-12-06")
    unknown = cowork("plan", "optimise", "1000", *week, "--json")
    assert unknown.data["hours_unknown"] == ["1000 Satellites"]
    assert "Not known whether it is open on all of these days" in unknown.err
    assert cowork("space", "edit", "1000", "--hours", "Mo-Th 09:00-18:00").code == 0
    known = cowork("plan", "optimise", "1000", *week, "--json").data
    assert (known["hours_unknown"], known["days"]) == ([], 3)
    assert known["left_out"] == ["2026-12-04", "2026-12-05", "2026-12-06"]
    assert cowork("plan", "edit", "plan-1", "--open-hours", "Mo-Tu 09:00-18:00").code == 0
    for plan in ("plan-2", "plan-3", "plan-4"):
        assert cowork("plan", "remove", plan, "--yes").code == 0
    assert cowork("plan", "optimise", "1000", *week, "--json").data["days"] == 1


@pytest.mark.usefixtures("satellites")
def test_a_limit_that_nobody_told_is_said(cowork: Cowork) -> None:
    answer = cowork("plan", "optimise", "1000", "--dates", "2026-12-01", "--json")
    asked = {row["question"]: row for row in answer.data["questions"]}
    for question in ("is it for some days of the week only?", "is it sold to teams alone?"):
        assert (asked[question]["answer"], asked[question]["plans"]) == (
            "not known: taken as no limit", ["Day"],
        )  # fmt: skip
        assert question in answer.err
    assert cowork("plan", "edit", "plan-1", "--weekdays", "mon-fri", "--team-only", "no").code == 0
    told = cowork("plan", "optimise", "1000", "--dates", "2026-12-01", "--json")
    assert "no limit" not in str(told.data["questions"])
    assert "no limit" not in told.err


@pytest.mark.usefixtures("satellites")
def test_what_was_paid_is_read_from_expenses_and_said(cowork: Cowork) -> None:
    cowork("client", "add", "acme", "--name", "ACME")
    cowork("project", "add", "acme/site")
    for day in (2, 3, 4, 9):
        cowork("track", "add", "acme/site", "--on", f"2026-11-{day:02}", "--from", "9:00", "--to", "17:00",
               "--place", "1000 Satellites")  # fmt: skip
    words = ("plan", "optimise", "1000", "--from-log", "2026-11", "--json")
    nothing = cowork(*words)
    assert (nothing.data["paid"], nothing.data["paid_from"]) == (None, [])
    assert "instead of" not in nothing.err
    assert cowork("expense", "add", "--text", "Desk at 1000 Satellites", "--net", "156", "--vat", "19",
                  "--date", "2026-11-09").code == 0  # fmt: skip
    assert cowork("expense", "add", "--text", "1000 Satellites", "--net", "39", "--vat", "19",
                  "--date", "2026-10-09").code == 0  # fmt: skip
    known = cowork(*words)
    assert (known.data["paid"]["amount"], known.data["paid_from"]) == ("156.00", ["x-1"])
    assert known.data["saved"]["amount"] == "17.00"
    assert "Paid, as far as it is known: x-1" in known.err
