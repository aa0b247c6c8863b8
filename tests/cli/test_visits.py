"""`cowork space visit`: a scorecard for each visit, through the real funnel."""

import pytest

from tests.conftest import Cowork


@pytest.fixture
def space(cowork: Cowork) -> Cowork:
    added = cowork("space", "add", "Basislager", "--city", "Leipzig", "--postcode", "04109")
    assert added.code == 0, str(added)
    return cowork


def test_what_was_measured_is_kept_by_option_or_key(space: Cowork) -> None:
    kept = space(
        "space", "visit", "basis", "--down", "94,2", "--set", "up=40 Mbit/s", "--noise",
        "lively, 58 dB", "--booths", "2", "--booth-rules", "30 min at most", "--set", "chair=good",
        "--sockets", "every desk", "--daylight", "fair", "--answer", "3d", "--note", "Kind.",
        "--date", "yesterday", "--json",
    )  # fmt: skip
    assert kept.data == {
        "id": "v-1",
        "space_ref": "local:basislager",
        "space_name": "Basislager",
        "date": "2026-11-24",
        "down_mbit": "94.2",
        "up_mbit": "40",
        "noise": "lively",
        "noise_db": 58,
        "booths": 2,
        "booth_rules": "30 min at most",
        "chair": "good",
        "sockets": "every-desk",
        "daylight": "fair",
        "answer_s": 259_200,
        "note": "Kind.",
    }
    assert "v-1" in kept.err


def test_what_was_not_looked_at_stays_unknown(space: Cowork) -> None:
    kept = space("space", "visit", "basis", "--booths", "0", "--json").data
    assert kept["booths"] == 0
    assert [kept[name] for name in ("down_mbit", "noise", "chair", "answer_s")] == [None] * 4
    assert kept["date"] == "2026-11-25"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--down", "fast"), "not a number"),
        (("--down", "-3"), "no speed"),
        (("--down", "1000000"), "no speed"),
        (("--noise", "noisy"), "none of these"),
        (("--noise", "quite"), 'did you mean "quiet"'),
        (("--noise", "400"), "no noise to work in"),
        (("--booths", "two"), "not a count"),
        (("--chair", "god"), 'did you mean "good"'),
        (("--sockets", "many"), "choose of"),
        (("--answer", "3"), "no unit"),
        (("--answer", "soon"), "not a duration"),
        (("--date", "tomorrow"), "still to come"),
        (("--set", "wifi=good"), "nothing a visit keeps"),
        (("--set", "chiar=good"), 'did you mean "chair"'),
        (("--set", "chair"), "has no value"),
        (("--chair", "good", "--set", "chair=poor"), "given twice"),
        ((), "nothing that was measured"),
    ],
    ids=lambda part: " ".join(part)[:30],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    space: Cowork, words: tuple[str, ...], said: str
) -> None:
    outcome = space("space", "visit", "basis", *words)
    assert outcome.code == 2, str(outcome)
    assert said in outcome.err
    assert "hint:" in outcome.err
    assert space("space", "show", "basis", "--json").data["visits"] == []


def test_a_visit_of_an_unknown_space_names_the_nearest(space: Cowork) -> None:
    outcome = space("space", "visit", "bassislager", "--down", "9")
    assert outcome.code == 5
    assert "Basislager" in outcome.err
    outcome = space("space", "visit", "v-7", "--down", "9")
    assert outcome.code == 5
    assert "v-7" in outcome.err


def test_a_visit_is_changed_and_removed_by_its_id_and_undone(space: Cowork) -> None:
    space("space", "visit", "basis", "--noise", "quiet", "--down", "9")
    changed = space("space", "visit", "v-1", "--set", "noise=52", "--down", "", "--json").data
    assert (changed["noise"], changed["noise_db"], changed["down_mbit"]) == ("quiet", 52, None)
    assert space("space", "visit", "v-1").code == 2
    assert space("space", "visit", "basis", "--remove").code == 2
    assert space("space", "visit", "v-1", "--remove", "--down", "3").code == 2
    assert space("space", "visit", "v-1", "--remove", "--dry-run").code == 0
    assert space("space", "visit", "v-1", "--remove", "--no-input").code == 2
    assert space("space", "visit", "v-1", "--remove", "--yes").code == 0
    assert space("space", "visit", "v-1", "--down", "3").code == 5
    assert space("undo", "--yes").code == 0
    assert space("undo", "--yes").code == 0
    (visit,) = space("space", "show", "basis", "--json").data["visits"]
    assert (visit["noise_db"], visit["down_mbit"]) == (None, "9")


def test_on_a_terminal_it_is_asked_one_by_one_and_asked_again(space: Cowork) -> None:
    answers = ["", "fast", "94", "", "quiet", "", "", "", "", "good", "", "Nice."]
    outcome = space("space", "visit", "basis", stdin="\n".join(answers) + "\n", terminal=True)
    assert outcome.code == 0, str(outcome)
    assert "not a number" in outcome.err
    (visit,) = space("space", "show", "basis", "--json").data["visits"]
    assert (visit["down_mbit"], visit["noise"], visit["daylight"]) == ("94", "quiet", "good")
    assert visit["note"] == "Nice."
    assert visit["chair"] is None


def test_asked_and_nothing_answered_keeps_nothing(space: Cowork) -> None:
    outcome = space("space", "visit", "basis", stdin="\n" * 11, terminal=True)
    assert outcome.code == 2
    assert space("space", "show", "basis", "--json").data["visits"] == []
