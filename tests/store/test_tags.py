"""A tag is a word: it is there or not, whatever signs it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.domain.period import Period
from cowork_cli.store import entries
from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")

TAGGED = ("my_tag", "myxtag", "100%", "a,b", "ab", "Büro", "büro", "")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = stores.opened(tmp_path)
    with opened.transaction() as journal:
        client = journal.insert(
            "clients", {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
        )
        project = journal.insert("projects", {"client_id": client, "slug": "site"})
        for number, tags in enumerate(TAGGED):
            entries.add(
                opened,
                {
                    "project_id": project, "tags": tags, "from_at": number * 100,
                    "to_at": number * 100 + 50, "timezone": "UTC", "day": "1970-01-01",
                    "billable": 1,
                },
            )  # fmt: skip
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("tag", "rows"),
    [
        ("my_tag", ["my_tag"]),
        ("myxtag", ["myxtag"]),
        ("my%", []),
        ("%", []),
        ("_", []),
        ("__", []),
        ("100%", ["100%"]),
        ("a", ["a,b"]),
        ("b", ["a,b"]),
        ("ab", ["ab"]),
        ("Büro", ["Büro"]),
        ("büro", ["büro"]),
        ("BÜRO", []),
        ("AB", []),
        ("MYXTAG", []),
        ("'", []),
        ("\\", []),
    ],
)
def test_a_tag_is_found_as_it_was_given(store: Store, tag: str, rows: list[str]) -> None:
    listed = entries.listed(store, Period(None, None), 1000, tag=tag)
    assert [",".join(entry.tags) for entry in listed] == rows


def test_the_list_of_a_tag_on_the_command_line(acme: Cowork) -> None:
    for tag, start in (("my_tag", "08:00"), ("myxtag", "09:00")):
        added = acme("track", "add", "acme/site", "--from", start, "--for", "30m", "--tag", tag)
        assert added.code == 0, str(added)
    for tag, count in (("my_tag", 1), ("myxtag", 1), ("%", 0), ("my%tag", 0), ("my_ta_", 0)):
        outcome = acme("--json", "track", "list", "--tag", tag)
        assert [entry["tags"] for entry in outcome.json["data"]] == [[tag]] * count
