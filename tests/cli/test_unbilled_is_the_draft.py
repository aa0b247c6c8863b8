"""The same hours give the same money: `report unbilled` shows what the default draft bills."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import Cowork

ENTRY = st.fixed_dictionaries(
    {
        "gap": st.integers(0, 40_000),
        "length": st.integers(1, 30_000),
        "project": st.sampled_from(["acme/site", "acme/day", "acme/half", "acme/travel"]),
        "tags": st.lists(st.sampled_from(["travel", "deep"]), unique=True),
        "billable": st.sampled_from([True, True, True, False]),
    }
)
RULES = ("none", "6m:up:entry", "15m:up:day", "7m:nearest:day", "1h:down:invoice")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(entries=st.lists(ENTRY, min_size=1, max_size=12), rule=st.sampled_from(RULES))
def test_unbilled_is_what_the_default_draft_bills(
    acme: Cowork, tmp_path: Path, entries: list[dict[str, Any]], rule: str
) -> None:
    if acme("project", "show", "acme/day").code:
        for words in (
            ("project", "add", "acme/day", "--day-rate", "777.77"),
            ("project", "add", "acme/half", "--day-rate", "777.77", "--half-day-from", "4h"),
            ("project", "add", "acme/travel", "--rate", "33.33"),
            ("client", "edit", "acme", "--travel-factor", "0.5"),
            ("client", "edit", "acme", "--rate", "105.55", "--from", "2026-11-05"),
        ):
            assert acme(*words).code == 0
    assert acme("client", "edit", "acme", "--rounding", rule).code == 0
    moment = datetime(2026, 11, 2, 6, tzinfo=UTC)
    rows = []
    for entry in entries:
        begin = moment + timedelta(seconds=entry["gap"])
        moment = begin + timedelta(seconds=entry["length"])
        rest = {name: entry[name] for name in ("project", "tags", "billable")}
        rows.append({"from": begin.isoformat(), "to": moment.isoformat(), **rest})
    file = tmp_path / "hours.json"
    file.write_text(json.dumps({"cowork": 1, "entries": rows}))
    taken = acme("track", "import", "--format", "json", str(file))
    assert taken.code == 0, str(taken)
    report = acme("report", "unbilled", "--json").data
    if report:
        drafted = acme("invoice", "draft", "acme", "--json")
        shown = sum(Decimal(row["amount"]["amount"]) for row in report)
        if drafted.code == 5:  # all of it rounds to nothing
            assert (shown, "round to nothing" in drafted.err) == (0, True), str(drafted)
        else:
            assert drafted.code == 0, str(drafted)
            assert Decimal(drafted.data["net"]["amount"]) == shown
            assert acme("undo").code == 0
    assert acme("undo").code == 0


def test_the_report_says_how_it_rounds_and_another_grouping_rounds_its_own_lines(
    acme: Cowork,
) -> None:
    for hour in range(9, 12):
        acme(
            "track",
            "add",
            "acme/site",
            "--on",
            "2026-11-24",
            "--from",
            f"{hour}:00",
            "--for",
            "10m",
        )
    outcome = acme("report", "unbilled", "--json")
    assert outcome.data[0]["amount"]["amount"] == "47.50"
    assert "as `cowork invoice draft CLIENT` bills them" in outcome.err
    nets = {}
    for group in ("project", "tag", "day", "entry"):
        nets[group] = acme("invoice", "draft", "acme", "--group", group, "--json").data["net"][
            "amount"
        ]
        assert acme("undo").code == 0
    # 3 times 10 minutes are 0.50 h together and 0.17 h each: the quantity printed is the one billed.
    assert nets == {"project": "47.50", "tag": "47.50", "day": "47.50", "entry": "48.45"}


def test_a_draft_of_one_project_leaves_the_expenses_of_the_client(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "1h", "--on", "2026-11-24")
    spent = acme(
        "expense",
        "add",
        "--date",
        "2026-11-24",
        "--text",
        "Hotel",
        "--net",
        "100",
        "--client",
        "acme",
        "--rebill",
    )
    assert spent.code == 0, str(spent)
    of_the_project = acme("invoice", "draft", "acme", "--project", "acme/site", "--json")
    assert [line["text"] for line in of_the_project.data["lines"]] == ["acme/site"]
    acme("undo")
    assert len(acme("invoice", "draft", "acme", "--json").data["lines"]) == 2


@pytest.mark.parametrize(
    ("started", "ends"),
    [
        ("2026-11-24T16:00", ["17:00"]),
        ("2026-11-24T16:59", ["17:00"]),
        ("2026-11-24T17:00", []),
        ("2026-11-24T22:30", []),
    ],
)
def test_no_end_is_offered_that_is_before_the_start(
    acme: Cowork, started: str, ends: list[str]
) -> None:
    acme("start", "acme/site", "--at", started)
    asked = acme("stop", terminal=True, stdin="\n", env={"COWORK_NOW": "2026-11-25T18:00:00+01:00"})
    offered = [line for line in asked.err.splitlines() if "end of your working hours" in line]
    assert [end for line in offered for end in ends if end in line] == ends
    assert len(offered) == len(ends)
