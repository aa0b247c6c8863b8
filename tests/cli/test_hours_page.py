"""Hours as a picture on the terminal, and as a page that a client may be sent."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from rich.cells import cell_len

from cowork_cli.documents.hours_view import view_of
from cowork_cli.domain.party import Party, PostalAddress
from cowork_cli.domain.period import Period
from cowork_cli.domain.picture import HoursPage
from tests.conftest import Cowork


@pytest.fixture
def worked(seller: Cowork) -> Cowork:
    """Two clients: 4.5 hours for one in November, 8 for the other."""
    for line in (
        (
            "client",
            "add",
            "acme",
            "--name",
            "Müller & <Söhne>",
            "--rate",
            "100",
            "--language",
            "de",
        ),
        ("client", "add", "beta", "--name", "Beta Ltd", "--rate", "80", "--language", "en"),
        ("project", "add", "acme/site", "--name", "Relaunch"),
        ("project", "add", "acme/ops"),
        ("project", "add", "beta/secret"),
        ("track", "add", "acme/site", "--on", "2026-11-23", "--from", "9:00", "--for", "2h30"),
        ("track", "add", "acme/ops", "--on", "2026-11-24", "--from", "9:00", "--for", "2h"),
        ("track", "add", "beta/secret", "--on", "2026-11-20", "--from", "9:00", "--for", "8h"),
    ):
        assert seller(*line).code == 0
    return seller


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_page_for_one_client_holds_nothing_of_another(worked: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "acme.html"
    done = worked("report", "hours", "--month", "--client", "acme", "--out", str(file), "--json")
    assert (done.code, [row["key"] for row in done.data]) == (0, ["acme/ops", "acme/site"])
    assert f"Wrote {file}." in done.json["notes"]
    page = file.read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "für Müller &amp; &lt;Söhne&gt; · November\xa02026" in page
    for word in ("4,50", "2,25", "Relaunch", "Stunden je Tag", "23.11.2026: 2,50"):
        assert word in page, word
    assert not re.search(r"secret|Beta|8,00|EUR|€|100|<Söhne>", page.partition("</style>")[2])
    assert not re.search(r"<script|https?:|src=|@import|url\(", page), "it needs nothing else"
    assert file.stat().st_mode & 0o777 == 0o600


def test_it_is_in_the_language_of_the_client(worked: Cowork) -> None:
    english = worked("report", "hours", "--client", "beta", "--out", "-")
    assert '<html lang="en">' in english.out
    assert "Hours by day" in english.out
    assert "8.00" in english.out
    said = worked("report", "hours", "--client", "beta", "--out", "-", "--lang", "de").out
    assert "Stunden je Tag" in said
    all_of_them = worked("report", "hours", "--out", "-").out
    assert "acme/site" in all_of_them
    assert "beta/secret" in all_of_them


def test_the_pdf_says_the_same(worked: Cowork, tmp_path: Path) -> None:
    files = [tmp_path / "one.pdf", tmp_path / "two.PDF"]
    for file in files:
        assert (
            worked("report", "hours", "--month", "--client", "acme", "--out", str(file)).code == 0
        )
    assert files[0].read_bytes() == files[1].read_bytes(), "equal input, equal bytes"
    text = text_of(files[0].read_bytes())
    for word in ("Müller & <Söhne>", "4,50", "2,25", "Relaunch", "56 %", "44 %", "24.11.2026"):
        assert word in text.replace("\xa0", " "), word
    assert not re.search(r"secret|8,00|EUR|€", text)


def test_what_is_refused(worked: Cowork, tmp_path: Path) -> None:
    there = tmp_path / "there.html"
    there.write_text("mine")
    assert worked("report", "hours", "--out", str(there)).code == 6
    assert there.read_text() == "mine"
    assert worked("report", "hours", "--out", str(there), "--force").code == 0
    assert "Stunden" in there.read_text()
    for words in (
        ("--out", str(tmp_path / "x.docx")),
        ("--out", str(tmp_path / "x.html"), "--lang", "fr"),
        ("--lang", "de"),
        ("--calendar", "--by", "project"),
        ("--client", "acme", "--project", "beta/secret"),
    ):
        refused = worked("report", "hours", *words)
        assert (refused.code, refused.out) == (2, ""), words
        assert "hint:" in refused.err
    assert sorted(path.name for path in tmp_path.glob("x.*")) == []
    assert worked("report", "hours", "--client", "nobody").code == 5


def test_an_empty_period_says_so(worked: Cowork, tmp_path: Path) -> None:
    page = worked("report", "hours", "--in", "2025", "--client", "acme", "--out", "-").out
    assert "keine Stunden erfasst" in page
    file = tmp_path / "none.pdf"
    assert (
        worked("report", "hours", "--in", "2025", "--client", "acme", "--out", str(file)).code == 0
    )
    assert "keine Stunden erfasst" in text_of(file.read_bytes())


def test_only_one_client_or_project(worked: Cowork) -> None:
    assert worked("report", "hours", "--client", "acme").rows[0][:2] == ["acme/ops", "7200"]
    assert worked("report", "hours", "--client", "Beta", "--by", "day").rows == [
        ["2026-11-20", "28800", "28800", "0", "640.00 EUR", "640.00", "EUR"]
    ]
    only = worked("report", "hours", "--project", "relaunch")
    assert [row[0] for row in only.rows] == ["acme/site"]
    assert "only acme/site." in only.err


@pytest.mark.parametrize(
    ("first", "last", "unit", "count"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), "Day", 30),
        (date(2026, 1, 1), date(2026, 12, 31), "Week", 53),
        (date(2024, 1, 1), date(2026, 12, 31), "Month", 36),
    ],
)
def test_bars_are_days_weeks_or_months(first: date, last: date, unit: str, count: int) -> None:
    seconds = 3600
    days = ((first, seconds), (last, 3 * seconds))
    page = HoursPage(
        Party("E", PostalAddress()),
        None,
        "en",
        Period(first, last),
        days,
        (("p", 4 * seconds),),
        last,
    )
    view = view_of(page)
    assert (view["unit"], len(view["bars"])) == (unit, count)
    assert [bar["hours"] for bar in view["bars"] if bar["some"]] == ["1.00", "3.00"]
    assert view["total"] == "4.00"
    assert len([bar for bar in view["bars"] if bar["label"]]) <= 16
    assert max(bar["share"] for bar in view["bars"]) <= 1


# ---- on the terminal


@pytest.mark.parametrize("columns", ["60", "80", "140"])
@pytest.mark.parametrize(
    "words",
    [
        ("report", "hours", "--month", "--calendar"),
        ("report", "hours", "--year", "--by", "day", "--calendar"),
        ("report", "hours", "--calendar"),
        ("track", "gaps", "--month", "--calendar"),
        ("track", "gaps", "--in", "2026", "--calendar"),
    ],
    ids=" ".join,
)
def test_a_picture_fits(worked: Cowork, words: tuple[str, ...], columns: str) -> None:
    seen = worked(*words, "-o", "table", env={"COLUMNS": columns})
    assert seen.code == 0
    assert max(map(cell_len, seen.out.splitlines())) <= int(columns)
    assert re.search("[█▓▒░▌]", seen.out)
    plain = worked(*[word for word in words if word != "--calendar"], "-o", "plain")
    if words[0] == "track":
        assert worked(*words, "-o", "plain").out == plain.out, "programs get the rows"


def test_a_month_shows_its_hours_and_the_longest_bar(worked: Cowork) -> None:
    lines = worked("report", "hours", "--month", "--calendar", "-o", "table").out.splitlines()
    (row,) = [index for index, line in enumerate(lines) if line.startswith("W47")]
    assert lines[row].count("█") >= 6, "eight hours are the longest"
    assert "8:00" in lines[row + 1]
    (row,) = [index for index, line in enumerate(lines) if line.startswith("W48")]
    assert re.findall(r"\d:\d\d", lines[row + 1]) == ["2:30", "2:00"]
    assert lines[-1].strip() == "12 h 30 min recorded on 3 days"


def test_a_map_of_weeks_tells_by_shade_alone(worked: Cowork) -> None:
    env = {"NO_COLOR": "1"}
    seen = worked("report", "hours", "--year", "--calendar", "-o", "table", env=env).out
    cells = "".join(line[5:] for line in seen.splitlines()[1:8])
    assert {shade: cells.count(shade) for shade in "░▒▓█"} == {"░": 1, "▒": 1, "▓": 0, "█": 1}
    assert cells.count("·") + 3 == 365


def test_no_day_is_lost_between_two_years(worked: Cowork) -> None:
    line = ("track", "add", "acme/site", "--from", "9:00", "--for", "7h", "--on")
    for day in ("2025-12-31", "2026-01-01", "2026-01-02"):
        assert worked(*line, day).code == 0
    words = ("report", "hours", "--from", "2025-11-01", "--to", "2026-02-28", "--calendar")
    seen = worked(*words, "-o", "table").out
    assert seen.count("█") == 3 + 1, "one stands in the legend"
    assert seen.startswith("2025 ")
    assert "\n2026 Jan" in seen
