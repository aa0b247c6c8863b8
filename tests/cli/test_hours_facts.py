"""What an entry says stays with it through every correction, unless told otherwise."""

from typing import Any

import pytest

from tests.conftest import Cowork

TUESDAY = ("--on", "2026-11-24")


def facts(entry: dict[str, Any]) -> tuple[Any, ...]:
    names = ("project", "note", "tags", "place", "timezone", "billable", "rate")
    return tuple(entry[name] for name in names)


@pytest.fixture
def courtesy(acme: Cowork) -> Cowork:
    """A home with e-1: two tagged hours at home, not billable, of a billable project."""
    outcome = acme(
        "track", "add", "acme/site", "Courtesy", *TUESDAY, "--from", "9:00", "--to", "11:00",
        "--tag", "a", "--tag", "b", "--place", "home", "--non-billable",
    )  # fmt: skip
    assert outcome.code == 0, str(outcome)
    return acme


def entries(cowork: Cowork) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = cowork("track", "list", "--in", "2026", "--json").data
    return rows


def test_add_says_billable_or_not(courtesy: Cowork) -> None:
    assert entries(courtesy)[0]["billable"] is False
    courtesy("project", "add", "acme/free", "--non-billable")
    paid = courtesy(
        "track",
        "add",
        "acme/free",
        *TUESDAY,
        "--from",
        "12:00",
        "--for",
        "1h",
        "--billable",
        "--json",
    )
    assert paid.data["billable"] is True
    default = courtesy(
        "track", "add", "acme/free", *TUESDAY, "--from", "13:00", "--for", "1h", "--json"
    )
    assert default.data["billable"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "e-1", "--to", "10:30"),
        ("edit", "e-1", "--on", "2026-11-23"),
        ("split", "e-1", "--at", "10:00"),
    ],
)
def test_every_fact_is_kept(courtesy: Cowork, words: tuple[str, ...]) -> None:
    (before,) = entries(courtesy)
    assert courtesy("track", *words).code == 0
    assert {facts(row)[1] for row in entries(courtesy)} == {"Courtesy"}
    assert all(facts(row) == facts(before) for row in entries(courtesy))


def test_room_made_in_the_middle_keeps_every_fact_of_both_parts(courtesy: Cowork) -> None:
    (before,) = entries(courtesy)
    made = courtesy(
        "track", "add", "acme/site", *TUESDAY, "--from", "9:30", "--to", "10:00", "--adjust"
    )
    assert made.code == 0, str(made)
    first, _, last = entries(courtesy)
    assert (first["to"][11:16], last["from"][11:16], last["to"][11:16]) == (
        "09:30",
        "10:00",
        "11:00",
    )
    assert facts(first) == facts(last) == facts(before)


def test_resume_keeps_every_fact(courtesy: Cowork) -> None:
    (before,) = entries(courtesy)
    assert facts(courtesy("track", "resume", "--json").data) == facts(before)


def test_resume_of_what_is_billed_otherwise_starts_anew(courtesy: Cowork) -> None:
    courtesy("start", "acme/site", "Courtesy", "--at", "17:00")
    resumed = courtesy("track", "resume", "e-1", "--json")
    assert (resumed.data["id"], resumed.data["billable"]) == ("e-3", False)


def test_another_project_leaves_billable_as_it_is_and_says_so(courtesy: Cowork) -> None:
    courtesy("project", "add", "acme/app")
    courtesy("project", "add", "acme/free", "--non-billable")
    moved = courtesy("track", "edit", "e-1", "--project", "acme/app", "--json")
    assert moved.data["billable"] is False
    assert "e-1 stays non-billable, unlike acme/app; " in moved.err
    assert "`cowork track edit e-1 --billable`" in moved.err
    assert courtesy("track", "edit", "e-1", "--billable", "--json").data["billable"] is True
    back = courtesy("track", "edit", "e-1", "--project", "acme/free", "--json")
    assert back.data["billable"] is True
    assert "e-1 stays billable, unlike acme/free; " in back.err
    told = courtesy("track", "edit", "e-1", "--project", "acme/app", "--non-billable", "--json")
    assert (told.data["billable"], "stays" in told.err) == (False, False)


@pytest.mark.parametrize(
    ("more", "says", "remedy"),
    [
        ((), "e-1 is non-billable, e-2 is billable", "cowork track edit e-2 --non-billable"),
        (
            ("--non-billable", "--place", "client"),
            "e-1 was done at home, e-2 at client",
            "cowork track edit e-2 --place home",
        ),
    ],
)
def test_join_refuses_what_one_entry_cannot_say(
    courtesy: Cowork, more: tuple[str, ...], says: str, remedy: str
) -> None:
    courtesy("track", "add", "acme/site", *TUESDAY, "--from", "12:00", "--for", "1h", *more)
    refused = courtesy("track", "join", "e-1", "e-2")
    assert refused.code == 6
    assert says in refused.err
    assert len(entries(courtesy)) == 2
    assert courtesy(*remedy.split()[1:]).code == 0
    assert courtesy("track", "join", "e-1", "e-2").code == 0
    assert facts(entries(courtesy)[0])[1:6] == (
        "Courtesy",
        ["a", "b"],
        "home",
        "Europe/Berlin",
        False,
    )


def test_join_refuses_two_rates(acme: Cowork) -> None:
    acme("client", "edit", "acme", "--rate", "105", "--from", "2026-11-24")
    acme("track", "add", "acme/site", "--on", "2026-11-23", "--from", "22:00", "--for", "1h")
    acme("track", "add", "acme/site", "--on", "2026-11-24", "--from", "0:00", "--for", "1h")
    refused = acme("track", "join", "e-1", "e-2")
    assert refused.code == 6
    assert "e-1 is billed at 95, e-2 at 105, each by its day" in refused.err


def test_a_tag_is_compared_whole(acme: Cowork) -> None:
    for number, tag in enumerate(("my_tag", "myxtag", "100%", "MY_TAG")):
        acme(
            "track",
            "add",
            "acme/site",
            *TUESDAY,
            "--from",
            f"{9 + number}:00",
            "--for",
            "1h",
            "--tag",
            tag,
        )
    acme(
        "track",
        "add",
        "acme/site",
        *TUESDAY,
        "--from",
        "14:00",
        "--for",
        "1h",
        "--tag",
        "a",
        "--tag",
        "b",
    )

    def with_tag(tag: str) -> list[list[str]]:
        return [row["tags"] for row in acme("track", "list", "--tag", tag, "--json").data]

    assert with_tag("my_tag") == [["my_tag"]]
    assert with_tag("%") == with_tag("_") == with_tag("my") == with_tag("a,b") == []
    assert with_tag("100%") == [["100%"]]
    assert with_tag("b") == [["a", "b"]]


@pytest.mark.parametrize("note", ["-3", "-15", "-007"])
def test_a_note_of_figures_is_a_note(acme: Cowork, note: str) -> None:
    started = acme("track", "start", "acme/site", note, "--at", "17:00", "--json")
    assert (started.code, started.data["note"]) == (0, note)
    added = acme("track", "add", "acme/site", "2h", note, *TUESDAY, "--tag", "x", "--json")
    assert (added.data["note"], added.data["tags"], added.data["duration_s"]) == (note, ["x"], 7200)
    assert acme("track", "edit", "-1", "--note", note, "--json").data["note"] == note
    assert acme("track", "remove", "-2", "-y", "--json").data["id"] == added.data["id"]


@pytest.mark.parametrize("text", ["-²", "e-²", "e-99999999999999999999", "-99999999999999999999"])
def test_odd_figures_name_no_entry(acme: Cowork, text: str) -> None:
    assert acme("track", "remove", text, "-y").code == 2


def test_a_length_alone_lies_behind_the_last_entry_or_at_the_start_of_work(acme: Cowork) -> None:
    first = acme("track", "add", "acme/site", "2h", "Concept", *TUESDAY, "--json")
    assert (first.data["from"], first.data["to"], first.data["note"]) == (
        "2026-11-24T09:00:00+01:00", "2026-11-24T11:00:00+01:00", "Concept",
    )  # fmt: skip
    assert "from the start of your working hours" in first.err
    second = acme("track", "add", "acme/site", "--for", "1h30", *TUESDAY, "--json")
    assert (second.data["from"][11:16], second.data["to"][11:16]) == ("11:00", "12:30")
    assert "behind e-1" in second.err
    acme("config", "set", "hours.week", "Mo-Fr 08:15-17:00")
    assert acme("track", "add", "acme/site", "1h", "--on", "2026-11-21", "--json").data["from"] == (
        "2026-11-21T08:15:00+01:00"
    )
    timed = acme("track", "add", "acme/site", "1h", *TUESDAY, "--from", "14:00", "--json").data
    assert (timed["from"][11:16], timed["to"][11:16], timed["note"]) == ("14:00", "15:00", None)
    noted = acme(
        "track", "add", "acme/site", "1h", *TUESDAY, "--from", "15:00", "--to", "17:00", "--json"
    )
    assert (noted.data["note"], noted.data["duration_s"]) == ("1h", 7200)


@pytest.mark.parametrize(
    ("before", "words", "code", "says"),
    [
        ((), ("2h", "one", "two"), 2, '"two" is one word too many'),
        ((), ("meeting",), 2, "an end or a length"),
        ((), ("25h", "--on", "2026-11-25"), 2, "later than now"),
        (("start", "acme/site", "--at", "17:00"), ("1h",), 6, "e-1 (acme/site) is running"),
        (
            ("track", "add", "acme/site", "--on", "2026-11-24", "--from", "22:00", "--for", "3h"),
            ("1h", "--on", "2026-11-24"),
            2,
            "ends on 2026-11-25 at 01:00",
        ),
    ],
)
def test_a_length_that_has_no_place(
    acme: Cowork, before: tuple[str, ...], words: tuple[str, ...], code: int, says: str
) -> None:
    if before:
        assert acme(*before).code == 0
    outcome = acme("track", "add", "acme/site", *words)
    assert outcome.code == code, str(outcome)
    assert says in outcome.err


def test_start_in_the_past_over_an_entry_names_no_option_that_start_lacks(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "15:00", "--to", "16:00")
    refused = acme("start", "acme/site", "--at", "14:30")
    assert refused.code == 6
    assert "--adjust" not in refused.err
    assert "cowork track edit e-1" in refused.err
    added = acme("track", "add", "acme/site", "--from", "14:30", "--to", "15:30")
    assert "--adjust" in added.err


def test_stop_replaces_the_note(acme: Cowork) -> None:
    acme("start", "acme/site", "Draft", "--at", "16:00")
    assert acme("stop", "--note", "Final", "--json").data["note"] == "Final"
    assert entries(acme)[0]["note"] == "Final"
    acme("start", "acme/site", "Draft")
    assert (
        acme("stop", "--json", env={"COWORK_NOW": "2026-11-25T18:10:00+01:00"}).data["note"]
        == "Draft"
    )


@pytest.mark.parametrize(
    ("first", "last"), [("9:00", "11:00"), ("9:00", "12:00"), ("8:00", "11:00")]
)
def test_an_entry_that_ends_or_begins_with_the_new_one_lies_inside_it(
    courtesy: Cowork, first: str, last: str
) -> None:
    refused = courtesy(
        "track", "add", "acme/site", *TUESDAY, "--from", first, "--to", last, "--adjust"
    )
    assert refused.code == 6, str(refused)
    assert "e-1 (acme/site, 2026-11-24 09:00) lies wholly inside" in refused.err
    assert len(entries(courtesy)) == 1
