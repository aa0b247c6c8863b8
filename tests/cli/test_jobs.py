"""`cowork job`: shares, the hours of the others, and a settlement to the cent."""

from pathlib import Path

import pytest

from tests.conftest import ACME, Cowork, Played

PEOPLE = (
    ("people", "add", "Ada Roth", "--email", "ada@example.org"),
    ("people", "add", "Bela Kun", "--email", "bela@example.org"),
)
OPEN = ("job", "open", "web", "--client", "acme", "--project", "acme/site", "--from", "2026-11-01")


@pytest.fixture
def people(played: Played) -> Cowork:
    """A home with a client and two people."""
    return played(*ACME, *PEOPLE)


@pytest.fixture
def job(played: Played) -> Cowork:
    """The same with a job in thirds."""
    return played(*ACME, *PEOPLE, (*OPEN, "--with", "ada:33.3333", "--with", "bela:33.3333"))


def amounts(cowork: Cowork, name: str = "web") -> list[str | None]:
    parts = cowork("job", "show", name, "--json").data["parts"]
    return [part["amount"] and part["amount"]["amount"] for part in parts]


# ---- shares


@pytest.mark.parametrize(
    "words",
    [
        ["--with", "ada:60", "--with", "bela:50"],
        ["--with", "me:30", "--with", "ada:40", "--with", "bela:20"],
        ["--with", "ada:-5"],
        ["--with", "ada:0", "--with", "bela:40"],
        ["--with", "ada:101"],
        ["--with", "ada:nan"],
        ["--with", "ada:"],
        ["--with", "ada:40", "--with", "bela"],
        ["--with", "ada:40", "--with", "Ada Roth:20"],
        ["--with", "me:100"],
        ["--with", "ada:40", "--split", "dice"],
        ["--with", "ada:400", "--split", "fixed", "--total", "300"],
        ["--with", "ada:40", "--lead", "bela"],
        ["--with", "ada:40", "--from", "2026-12-01"],
    ],
)
def test_shares_that_are_not_the_whole_are_refused(people: Cowork, words: list[str]) -> None:
    refused = people(*OPEN, *words)
    assert refused.code == 2, str(refused)
    assert people("job", "list", "--json").data == []


def test_what_is_not_said_of_the_own_share_is_the_rest_and_said(people: Cowork) -> None:
    opened = people(*OPEN, "--with", "ada:40", "--json")
    assert opened.data["parts"][0]["share"] == "60 %"
    assert "You keep 60%." in opened.json["notes"]


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("100", ["33.33", "33.33", "33.34"]),
        ("0.01", ["0.01", "0.00", "0.00"]),
        ("0.02", ["0.01", "0.01", "0.00"]),
        ("1000.01", ["333.34", "333.34", "333.33"]),
    ],
)
def test_the_parts_are_the_whole_to_the_cent(people: Cowork, total: str, parts: list[str]) -> None:
    people(*OPEN, "--with", "me:33.3333", "--with", "ada:33.3333", "--with", "bela:33.3334")
    assert people("job", "settle", "web", "--amount", total).code == 0
    found = [float(one or 0) for one in amounts(people)]
    assert round(sum(found), 2) == float(total)
    assert sorted(amounts(people)) == sorted(parts)


def test_fixed_sums_leave_the_rest(people: Cowork) -> None:
    people(*OPEN, "--with", "ada:300", "--with", "bela:200.50", "--split", "fixed")
    people("job", "settle", "web", "--amount", "1000")
    assert amounts(people) == ["499.50", "300.00", "200.50"]
    more = people("job", "settle", "web", "--amount", "400")
    assert (more.code, "the others get 500.50 EUR" in more.err) == (6, True)
    assert amounts(people) == ["499.50", "300.00", "200.50"]


# ---- hours of the others

HOURS = (
    "from,to,project,note\n"
    "2026-11-23T09:00:00+01:00,2026-11-23T12:30:00+01:00,site,Drawings\n"
    "2026-11-24T09:00:00+01:00,2026-11-24T09:20:00+01:00,other,x\n"
)


def take(cowork: Cowork, file: Path, *more: str) -> object:
    return cowork("job", "hours", "web", str(file), "--from", "ada", "--format", "csv", *more)


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    """A file of hours of somebody else."""
    file = tmp_path / "ada.csv"
    file.write_text(HOURS, encoding="utf-8")
    return file


def test_hours_are_taken_once_and_are_never_own_entries(job: Cowork, hours: Path) -> None:
    done = job("job", "hours", "web", str(hours), "--from", "ada", "--format", "csv", "--project",
               "site", "--json")  # fmt: skip
    assert (done.data["taken"], done.data["other"], done.data["duration_s"]) == (1, 1, 12600)
    again = job("job", "hours", "web", str(hours), "--from", "ada", "--format", "csv", "--project",
                "site", "--json").data  # fmt: skip
    assert (again["taken"], again["known"]) == (0, 1)
    assert job("track", "list", "--json").data == []
    assert job("report", "unbilled", "--json").data == []
    job("undo")
    assert job("job", "show", "web", "--json").data["parts"][1]["duration_s"] == 0


def test_own_entries_are_nobody_elses_hours(job: Cowork, tmp_path: Path) -> None:
    job("track", "add", "acme/site", "2h", "--on", "2026-11-24")
    mine = tmp_path / "mine.json"
    job("track", "export", "--format", "json", "--out", str(mine))
    refused = job("job", "hours", "web", str(mine), "--from", "ada")
    assert (refused.code, "entries of your own" in refused.err) == (6, True)


def test_the_export_of_another_cowork_is_read(job: Cowork, tmp_path: Path) -> None:
    hers = {"COWORK_HOME": str(tmp_path / "hers")}
    job("client", "add", "acme", "--name", "ACME", "--country", "DE", env=hers)
    job("project", "add", "acme/site", env=hers)
    job("track", "add", "acme/site", "2h", "--on", "2026-11-24", env=hers)
    file = tmp_path / "hers.json"
    job("track", "export", "--format", "json", "--out", str(file), env=hers)
    assert job("job", "hours", "web", str(file), "--from", "ada", "--json").data["taken"] == 1
    csv = tmp_path / "hers.csv"
    job("track", "export", "--format", "csv", "--out", str(csv), env=hers)
    again = job("job", "hours", "web", str(csv), "--from", "ada", "--format", "csv", "--json").data
    assert (again["taken"], again["known"]) == (0, 1)
    job("job", "open", "other", "--client", "acme", "--with", "ada:10", "--from", "2026-11-01")
    twice = job("job", "hours", "other", str(file), "--from", "ada")
    assert (twice.code, "stand in the job web" in twice.err) == (6, True)


def test_hours_of_one_time_are_taken_once_whatever_the_file(
    job: Cowork, hours: Path, tmp_path: Path
) -> None:
    take(job, hours)
    other = tmp_path / "other.csv"
    other.write_text(HOURS.replace("09:00:00", "09:05:00"), encoding="utf-8")
    refused = job("job", "hours", "web", str(other), "--from", "ada", "--format", "csv")
    assert (refused.code, "overlaps" in refused.err) == (6, True)


def test_a_bad_row_stops_the_file(job: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HOURS + "2026-11-25T10:00:00+01:00,2026-11-25T09:00:00+01:00,site,x\n")
    assert job("job", "hours", "web", str(file), "--from", "ada", "--format", "csv").code == 6
    assert job("job", "show", "web", "--json").data["parts"][1]["duration_s"] == 0
    left = job("job", "hours", "web", str(file), "--from", "ada", "--format", "csv", "--skip-bad")
    assert left.code == 0


def test_a_split_by_hours_is_in_proportion(people: Cowork, hours: Path) -> None:
    people(*OPEN, "--with", "ada")
    nobody = people("job", "settle", "web", "--amount", "100")
    assert (nobody.code, "nobody has hours" in nobody.err) == (6, True)
    people("track", "add", "acme/site", "7h", "--on", "2026-11-23")
    people(
        "job", "hours", "web", str(hours), "--from", "ada", "--format", "csv", "--project", "site"
    )
    people("job", "settle", "web", "--amount", "1000")
    assert amounts(people) == ["666.67", "333.33"]


def test_a_rate_is_paid_for_each_hour(people: Cowork, hours: Path) -> None:
    people(*OPEN, "--with", "ada:80", "--split", "hours")
    people(
        "job", "hours", "web", str(hours), "--from", "ada", "--format", "csv", "--project", "site"
    )
    people("job", "settle", "web", "--amount", "1000")
    assert amounts(people) == ["720.00", "280.00"]


def test_own_hours_are_asked_for_where_they_are_divided(people: Cowork) -> None:
    refused = people("job", "open", "web", "--client", "acme", "--with", "ada")
    assert (refused.code, "your own hours" in refused.err) == (2, True)
    assert people("job", "list", "--json").data == []


def test_hours_before_the_job_are_none_of_it(people: Cowork, hours: Path) -> None:
    people(*OPEN[:-1], "2026-11-24", "--with", "ada")
    refused = people("job", "hours", "web", str(hours), "--from", "ada", "--format", "csv")
    assert (refused.code, "before the job began" in refused.err) == (6, True)
    people("track", "add", "acme/site", "1h", "--on", "2026-11-23")
    people("track", "add", "acme/site", "2h", "--on", "2026-11-24")
    assert people("job", "show", "web", "--json").data["parts"][0]["duration_s"] == 7200


# ---- settling


def test_the_whole_is_what_was_invoiced_of_the_project(job: Cowork) -> None:
    unknown = job("job", "settle", "web")
    assert (unknown.code, "nothing was invoiced" in unknown.err) == (6, True)
    job("track", "add", "acme/site", "2h", "--on", "2026-11-24")
    job("invoice", "draft", "acme")
    job("invoice", "issue", "draft-1")
    settled = job("job", "settle", "web", "--json").data
    assert settled["total"] == {"amount": "190.00", "currency": "EUR"}
    assert sum(float(part["amount"]["amount"]) for part in settled["parts"]) == 190


def test_my_part_is_drafted_once_to_the_one_who_leads(people: Cowork) -> None:
    people("client", "add", "roth", "--name", "Ada Roth", "--street", "Weg 2", "--postcode",
           "10115", "--city", "Berlin", "--country", "DE", "--email", "ada@example.org")  # fmt: skip
    people(*OPEN, "--with", "ada:40", "--lead", "ada")
    unknown = people("job", "settle", "web")
    assert (unknown.code, "Ada Roth invoices acme" in unknown.err) == (6, True)
    assert "no client of yours" in people("job", "settle", "web", "--amount", "1000").err
    people("people", "edit", "ada", "--client", "roth")
    people("job", "settle", "web", "--amount", "1000")
    people("job", "settle", "web", "--amount", "1000")
    draft = people("invoice", "show", "draft-1", "--json").data
    assert (draft["client"], draft["net"]["amount"], len(draft["lines"])) == ("roth", "600.00", 1)
    assert people("invoice", "show", "draft-2").code == 5
    changed = people("job", "settle", "web", "--amount", "2000")
    assert changed.code == 6
    assert people("invoice", "issue", "draft-1").code == 0
    (mine, _) = people("job", "show", "web", "--json").data["parts"]
    assert (mine["invoiced"]["amount"], mine["open"]["amount"]) == ("600.00", "600.00")
    people("invoice", "pay", "2026-0001", "714")
    assert people("job", "show", "web", "--json").data["open"]["amount"] == "0.00"
    assert people("job", "close", "web").code == 0


def test_what_others_owe_one_another_is_not_known_and_keeps_no_job_open(people: Cowork) -> None:
    people(*OPEN, "--with", "me:0", "--with", "ada:40", "--with", "bela:60", "--lead", "ada")
    people("job", "settle", "web", "--amount", "1000")
    parts = people("job", "show", "web", "--json").data["parts"]
    assert [part["open"] and part["open"]["amount"] for part in parts] == ["0.00", None, None]
    assert people("job", "close", "web").code == 0


def invoice_of_ada(cowork: Cowork, tmp_path: Path, net: str) -> Path:
    """An e-invoice that Ada issues in her own home."""
    hers = {"COWORK_HOME": str(tmp_path / "hers")}
    cowork("init", "--no-input", "--name", "Ada Roth", "--street", "Weg 2", "--postcode", "10115",
           "--city", "Berlin", "--tax-number", "27/123/45678", "--iban", "DE02120300000000202051",
           "--email", "ada@example.org", "--phone", "+49 30 7", "--timezone", "Europe/Berlin",
           "--land", "BE", env=hers)  # fmt: skip
    cowork("client", "add", "muster", "--name", "Erika Muster", "--street", "Hauptstr. 1",
           "--postcode", "10115", "--city", "Berlin", "--country", "DE", "--email",
           "erika@example.org", env=hers)  # fmt: skip
    cowork("invoice", "draft", "muster", "--empty", env=hers)
    cowork("invoice", "line", "draft-1", "--text", "Part", "--price", net, env=hers)
    issued = cowork("invoice", "issue", "draft-1", "--json", env=hers)
    assert issued.code == 0, str(issued)
    file = tmp_path / "ada.xml"
    cowork("invoice", "export", "2026-0001", "--format", "cii", "--out", str(file), env=hers)
    return file


def test_an_invoice_that_comes_in_is_checked_matched_and_taken_once(
    people: Cowork, tmp_path: Path
) -> None:
    people(*OPEN, "--with", "ada:40")
    file = invoice_of_ada(people, tmp_path, "400")
    people("job", "settle", "web", "--amount", "1000")
    done = people("job", "settle", "web", "--received", str(file))
    assert (done.code, "fits: 400.00 EUR net" in done.err) == (0, True), str(done)
    again = people("job", "settle", "web", "--received", str(file))
    assert "taken before" in again.err
    part = people("job", "show", "web", "--json").data["parts"][1]
    assert (part["invoiced"]["amount"], part["open"]["amount"]) == ("400.00", "400.00")
    assert people("job", "close", "web").code == 6
    people("job", "settle", "web", "--paid", "ada")
    assert people("job", "show", "web", "--json").data["open"]["amount"] == "0.00"
    assert people("job", "close", "web").code == 0
    assert people("job", "settle", "web", "--amount", "5").code == 6


def test_an_invoice_above_the_part_is_not_taken(people: Cowork, tmp_path: Path) -> None:
    people(*OPEN, "--with", "ada:40")
    file = invoice_of_ada(people, tmp_path, "400.01")
    people("job", "settle", "web", "--amount", "1000")
    refused = people("job", "settle", "web", "--received", str(file))
    assert (refused.code, "more than their part" in refused.err) == (6, True)
    assert people("job", "show", "web", "--json").data["parts"][1]["invoiced"]["amount"] == "0.00"
    nonsense = tmp_path / "no.xml"
    nonsense.write_text("<a/>")
    assert people("job", "settle", "web", "--received", str(nonsense)).code == 2


def test_a_dry_run_settles_nothing(job: Cowork) -> None:
    seen = job("job", "settle", "web", "--amount", "100", "--dry-run", "--json").data
    assert seen["state"] == "settled"
    assert job("job", "show", "web", "--json").data["state"] == "open"


def test_the_sheet_is_html_without_markup_of_others(people: Cowork, tmp_path: Path) -> None:
    people("people", "edit", "ada", "--name", "<script>alert(1)</script>")
    people(*OPEN, "--with", "person-1:40")
    out = tmp_path / "sheet.html"
    assert people("job", "settle", "web", "--amount", "1000", "--out", str(out)).code == 0
    text = out.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "400,00" in text
    assert "ACME GmbH → Erika Muster" in text
    assert "<td class=n>0,00</td>" in text
    assert people("job", "settle", "web", "--out", str(tmp_path / "sheet.doc")).code == 2


def test_who_has_part_in_a_job_is_forgotten_after_it(job: Cowork, home: Path, hours: Path) -> None:
    take(job, hours)
    job("job", "settle", "web", "--amount", "300")
    assert job("people", "forget", "Ada Roth", "--yes").code == 6
    assert job("people", "remove", "Ada Roth").code == 6
    job("job", "close", "web", "--force")
    assert job("people", "forget", "Ada Roth", "--yes").code == 0
    whole = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"Ada Roth" not in whole
    assert b"Drawings" not in whole
    assert job("data", "verify").code == 0
    assert amounts(job)[1] == "100.00"
