"""Feedback to spaces, answers for a region, the text of a profile: files that one sends, or does not."""

import csv
import io
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.conftest import ACME, SELLER, Cowork, Played

HAFEN = ("space", "add", "Hafen", "--postcode", "24103", "--city", "Kiel", "--country", "DE",
         "--email", "hafen@example.org")  # fmt: skip


@pytest.fixture
def hafen(played: Played) -> Cowork:
    """A home with a space."""
    return played(*ACME, HAFEN)


def test_feedback_becomes_a_mail_and_keeps_its_state(hafen: Cowork, tmp_path: Path) -> None:
    assert (
        hafen("feedback", "add", "Hafen", "Booths <b>are</b>\nfull", "--json").data["state"]
        == "noted"
    )
    out = tmp_path / "feedback.eml"
    assert hafen("feedback", "mail", "feedback-1", "--out", str(out)).code == 0
    mail = message_from_bytes(out.read_bytes(), policy=default)
    assert (str(mail["To"]), mail["X-Unsent"]) == ("Hafen <hafen@example.org>", "1")
    assert "Booths <b>are</b>\nfull" in mail.get_content().replace("\r\n", "\n")
    assert mail.get_content_type() == "text/plain"
    (row,) = hafen("feedback", "list", "--json").data
    assert row["state"] == "written"
    answered = hafen("feedback", "edit", "feedback-1", "--answer", "Two more", "--json").data
    assert (answered["state"], answered["answer"]) == ("answered", "Two more")
    hafen("feedback", "edit", "feedback-1", "--state", "done")
    assert hafen("feedback", "list", "--open", "--json").data == []


def test_feedback_that_cannot_be_sent_says_what_is_missing(hafen: Cowork, tmp_path: Path) -> None:
    hafen("space", "add", "Muehle", "--postcode", "24103", "--city", "Kiel", "--country", "DE")
    refused = hafen("feedback", "add", "Muehle", "Hello", "--out", "-")
    assert (refused.code, "e-mail address of Muehle" in refused.err) == (2, True)
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for out, code in ((str(taken), 6), (str(tmp_path), 2), ("/nowhere/x.eml", 2)):
        assert hafen("feedback", "add", "Hafen", "Hello", "--out", out).code == code
    assert hafen("feedback", "list", "--json").data == []  # a line that is refused notes nothing
    hafen(
        "feedback",
        "add",
        "Muehle",
        "Hello",
        "--to",
        "m@example.org",
        "--out",
        str(tmp_path / "m.eml"),
    )
    assert [row["state"] for row in hafen("feedback", "list", "--json").data] == ["written"]
    assert hafen("feedback", "add", "Hafen", " ").code == 2
    assert hafen("feedback", "add", "Nowhere", "x").code == 5
    assert hafen("feedback", "edit", "feedback-1", "--state", "gone").code == 2


def answers(cowork: Cowork, *words: str) -> dict[str, str | None]:
    return {row["key"]: row["answer"] for row in cowork("survey", "export", *words, "--json").data}


def test_answers_are_drawn_from_the_records_and_rounded(hafen: Cowork) -> None:
    hafen("desk", "add", "Hafen", "Desk 1")
    hafen("desk", "add", "Hafen", "Booth", "--kind", "booth")
    hafen("book", "Desk 1", "--on", "2026-11-16,2026-11-18,2026-11-23,2026-11-25",
          env={"COWORK_NOW": "2026-11-12T12:00:00+01:00"})  # fmt: skip
    hafen("book", "Booth", "--on", "2026-11-25", "--from", "14:00", "--to", "15:30",
          env={"COWORK_NOW": "2026-11-12T12:00:00+01:00"})  # fmt: skip
    hafen("track", "add", "acme/site", "--on", "2026-11-24", "--from", "9:10", "--to", "17:20")
    found = answers(hafen, "--km", "12.4", "--mode", "bike", "--no-childcare")
    assert found == {
        "days": "3", "weekdays": "Mon Wed", "begin": "09:00", "end": "17:30", "hours": "10",
        "booth": "1.5", "distance": "10", "mode": "bike", "childcare": "no", "region": "10",
    }  # fmt: skip


def test_what_nothing_says_stays_without_an_answer(seller: Cowork) -> None:
    found = answers(seller)
    assert {key for key, value in found.items() if value is not None} == {"region"}


def test_the_answers_hold_no_name(hafen: Cowork, tmp_path: Path) -> None:
    hafen("track", "add", "acme/site", "2h", "--on", "2026-11-24", "--place", "Hafen")
    out = tmp_path / "answers.csv"
    assert hafen("survey", "export", "--out", str(out)).code == 0
    text = out.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["key"] for row in rows][:2] == ["days", "weekdays"]
    mail = tmp_path / "answers.eml"
    assert hafen("survey", "export", "--out", str(mail), "--to", "amt@example.org").code == 0
    written = message_from_bytes(mail.read_bytes(), policy=default)
    assert (written["From"], str(written["To"])) == (None, "amt@example.org")
    for word in ("Erika", "acme", "Hafen", "10115", "2026"):
        assert word not in text
        assert word not in mail.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["--km", "-1"],
        ["--mode", "rocket"],
        ["--template", "x"],
        ["--days", "8"],
        ["--out", "x.pdf"],
    ],
)
def test_an_answer_that_cannot_be_is_refused(seller: Cowork, words: list[str]) -> None:
    assert seller("survey", "export", *words).code == 2


# ---- the text of a profile


def test_the_text_says_what_the_settings_say(seller: Cowork) -> None:
    for name, value in (
        ("profile.trade.de", "Entwicklerin"),
        ("profile.trade.en", "developer"),
        ("profile.skills.de", "Python, SQL"),
        ("profile.about.de", "Ich baue Werkzeuge."),
        ("profile.languages.de", "Deutsch, Englisch"),
        ("profile.founded", "2019-03-01"),
        ("profile.web", "https://muster.example"),
    ):
        assert seller("config", "set", name, value).code == 0
    short = seller("profile", "text", "--json").data
    assert short["text"] == (
        "Erika Muster, Entwicklerin, aus Berlin. Angebot: Python, SQL. Kontakt: https://muster.example"
    )
    assert short["missing"] == []
    long = seller("profile", "text", "--length", "long").out
    assert "Ich baue Werkzeuge.\n\nSelbstständig seit 2019.\n\nSprachen: Deutsch, Englisch." in long
    english = seller("profile", "text", "--lang", "en", "--json").data
    assert english["text"].startswith("Erika Muster, developer, from Berlin.")
    assert english["missing"] == ["profile.skills.en"]


def test_nothing_is_claimed_that_is_not_set(played: Played) -> None:
    cowork = played(SELLER)
    found = cowork("profile", "text", "--length", "long", "--json").data
    assert found["text"] == "Erika Muster, aus Berlin.\n\nKontakt: erika@example.org"
    assert cowork("profile", "text", "--lang", "fr").code == 2
    assert cowork("profile", "text", "--length", "medium").code == 2


def test_the_answers_of_the_day_log_are_taken_where_nothing_else_was_said(hafen: Cowork) -> None:
    before = answers(hafen)
    assert (before["distance"], before["mode"]) == (None, None)
    assert (
        hafen("day", "place", "hafen", "--km", "13", "--minutes", "25", "--mode", "bike").code == 0
    )
    for day in ("2026-11-19", "2026-11-20"):
        assert hafen("day", "log", day, "--at", "hafen=6h").code == 0
    rows = {row["key"]: row for row in hafen("survey", "export", "--json").data}
    assert (rows["distance"]["answer"], rows["mode"]["answer"]) == ("15", "bike")
    assert rows["distance"]["source"] == "day log of 12 months"
    assert rows["days"]["source"] == "bookings and day log of 12 months"
    assert answers(hafen, "--km", "31")["distance"] == "30"


def test_an_answer_is_taken_back(cowork: Cowork) -> None:
    cowork("space", "add", "Hof", "--city", "Berlin")
    cowork("feedback", "add", "Hof", "Loud")
    cowork("feedback", "edit", "feedback-1", "--answer", "ok")
    back = cowork("feedback", "edit", "feedback-1", "--answer", "", "--json").data
    assert (back["state"], back["answer"]) == ("written", None)


def test_days_in_a_space_alone_tell_of_the_way_to_one(hafen: Cowork) -> None:
    words = ("day", "place", "Café", "--kind", "space")
    assert hafen(*words).code == 0
    for day, more in (
        ("2026-11-20", ("--at", "home=8h")), ("2026-11-23", ("--at", "Café=8h")),
        ("2026-11-24", ("--at", "Café=8h", "--km", "7.4", "--mode", "bike")),
    ):  # fmt: skip
        done = hafen("day", "log", day, *more)
        assert done.code == 0, str(done)
    found = {row["key"]: row["answer"] for row in hafen("survey", "export", "--json").data}
    assert (found["distance"], found["mode"]) == ("5", "bike")
    said = hafen("survey", "export", "--days", "3.2", "--json").data
    assert {row["key"]: row["answer"] for row in said}["days"] == "3"


def test_answers_in_a_language_that_nobody_has_written_are_not_written(
    hafen: Cowork, tmp_path: Path
) -> None:
    out = tmp_path / "answers.eml"
    refused = hafen("survey", "export", "--language", "fr", "--out", str(out))
    assert (refused.code, refused.err) == (
        2, 'error: --language "fr" is not known\nhint: give `--language de` or `en`\n',
    )  # fmt: skip
    assert not out.exists()


def test_who_has_no_name_has_no_text_and_without_town_and_mail_it_is_the_name(
    seller: Cowork,
) -> None:
    seller("config", "unset", "seller.name")
    nobody = seller("profile", "text")
    assert (nobody.code, nobody.err) == (
        2, "error: who you are is not known: seller.name is not set\n"
        "hint: set it with `cowork config set seller.name NAME`\n",
    )  # fmt: skip
    seller("config", "set", "seller.name", "Erika")
    for key in ("seller.city", "seller.email"):
        seller("config", "unset", key)
    assert seller("profile", "text", "--json").data["text"] == "Erika."


def test_what_is_done_stays_done_when_it_is_mailed_again_or_an_answer_is_taken_back(
    hafen: Cowork, tmp_path: Path
) -> None:
    hafen("feedback", "add", "Hafen", "too loud")

    def state(*words: str) -> str:
        assert hafen("feedback", *words).code == 0
        (row,) = hafen("feedback", "list", "--json").data
        return str(row["state"])

    assert state("edit", "feedback-1", "--state", "done") == "done"
    assert state("mail", "feedback-1", "--out", str(tmp_path / "f.eml")) == "done"
    assert state("edit", "feedback-1", "--answer", "") == "done"
