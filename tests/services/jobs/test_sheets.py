"""The part of each in a joint job, by percent, by a sum, by hours and by a rate."""

from datetime import date

import pytest

from cowork_cli.errors import Conflict
from cowork_cli.services.jobs.sheets import amounts
from cowork_cli.store.jobs import JobRow, PartRow

DAY = date(2026, 11, 1)


def job(split: str, total: int | None = None, currency: str = "EUR") -> JobRow:
    return JobRow(
        1, "Web site", 1, "acme", None, None, split, currency, total, DAY, None, None, None
    )


def parts(*shares: str | None) -> list[PartRow]:
    """Part 1 is one's own and leads."""
    return [
        PartRow(at, None, at == 1, f"p{at}", share, at == 1, None)
        for at, share in enumerate(shares, 1)
    ]


@pytest.mark.parametrize(
    ("split", "shares", "seconds", "total", "each"),
    [
        ("percent", ("60", "40"), {}, 10001, [6001, 4000]),
        ("percent", ("33.3333", "33.3333", "33.3334"), {}, 100, [33, 33, 34]),
        ("percent", (None, "100"), {}, 100, [0, 100]),
        ("hours", (None, None), {1: 3600, 2: 7200}, 100, [33, 67]),
        ("hours", (None, None), {2: 1}, 100, [0, 100]),
        ("hours", (None, "80"), {}, 100, [100, 0]),
        ("hours", (None, "80"), {1: 3600, 2: 20700}, 100000, [54000, 46000]),  # 5.75 h at 80
        ("hours", (None, "80"), {2: 18}, 100, [20, 80]),  # 0.005 h is 0.01 h
        ("hours", (None, "80"), {2: 17}, 100, [100, 0]),
        ("hours", (None, "80", None), {2: 3600, 3: 3600}, 10000, [2000, 8000, 0]),
        ("fixed", (None, "12.34"), {}, 1234, [0, 1234]),
        ("fixed", (None, "12.34", "10"), {}, 3000, [766, 1234, 1000]),
    ],
)
def test_the_parts(
    split: str, shares: tuple[str | None, ...], seconds: dict[int, int], total: int, each: list[int]
) -> None:
    found = amounts(job(split), parts(*shares), seconds, total)
    assert found == each
    assert sum(found) == total


def test_in_the_currency_of_the_job() -> None:
    yen = amounts(job("hours", currency="JPY"), parts(None, "5000.5"), {2: 3600}, 9000)
    assert yen == [3999, 5001]
    assert amounts(job("fixed", 5000), parts(None, "12.34"), {}, 5000) == [3766, 1234]


@pytest.mark.parametrize(
    ("row", "shares", "total", "message", "hint"),
    [
        (job("hours"), (None, None), 100, "nobody has hours for Web site yet",
         "take those of the others with `cowork job hours 'Web site' FILE --from PERSON`"),
        (job("fixed"), (None, "12.34"), 1233, "the others get 12.34 EUR, the client is invoiced 12.33 EUR",
         "say the whole with `--amount`, or open the job with other shares"),
        (job("hours", currency="JPY"), (None, "0"), -5,
         "the others get 0 JPY, the client is invoiced -5 JPY",
         "say the whole with `--amount`, or open the job with other shares"),
        (job("fixed", 50, "JPY"), (None, "12"), 40, "the fixed shares are of 50 JPY, not of 40 JPY",
         "leave out `--amount`, or open the job with other shares"),
        (job("fixed", 5000), (None, "12.34"), 4000, "the fixed shares are of 50.00 EUR, not of 40.00 EUR",
         "leave out `--amount`, or open the job with other shares"),
    ],
)  # fmt: skip
def test_what_cannot_be_divided(
    row: JobRow, shares: tuple[str | None, ...], total: int, message: str, hint: str
) -> None:
    with pytest.raises(Conflict) as caught:
        amounts(row, parts(*shares), {}, total)
    assert (caught.value.message, caught.value.hint) == (message, hint)
