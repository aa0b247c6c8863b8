"""Reading Watson, timewarrior and our own JSON."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.errors import BadInput, CoworkError, NotFound
from cowork_cli.importers import MODULES, ImportedEntry, Row, Unreadable, reader_of

BERLIN = ZoneInfo("Europe/Berlin")


def read(form: str, path: Path) -> list[Row]:
    return list(reader_of(form)[0](path, BERLIN, {}))


def written(path: Path, content: Any) -> Path:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def only(rows: list[Row]) -> ImportedEntry:
    (row,) = rows
    assert isinstance(row, ImportedEntry), row
    return row


def reason(rows: list[Row]) -> str:
    (row,) = rows
    assert isinstance(row, Unreadable), row
    return row.reason


# ---- Watson


def test_a_watson_frame(tmp_path: Path) -> None:
    frames = [[1764057600, 1764061200, "acme/site", "ab12", ["deep", "deep", " x "], 1764061300]]
    row = only(read("watson", written(tmp_path / "frames", frames)))
    assert (row.from_, row.to) == (
        datetime(2025, 11, 25, 8, tzinfo=UTC),
        datetime(2025, 11, 25, 9, tzinfo=UTC),
    )
    assert (row.project, row.tags, row.source_id, row.line) == (
        "acme/site",
        ("deep", "x"),
        "ab12",
        1,
    )
    assert (row.zone, row.billable, row.unit, row.file) == (None, None, "frame", None)


def test_a_watson_folder_brings_the_running_frame(tmp_path: Path) -> None:
    written(tmp_path / "frames", [[1764057600, 1764061200, "a", "1"]])
    written(tmp_path / "state", {"project": "b", "start": 1764070000, "tags": ["t"]})
    rows = read("watson", tmp_path)
    assert [row.file for row in rows] == [None, "state"]
    assert isinstance(rows[1], ImportedEntry)
    assert (rows[1].to, rows[1].tags) == (None, ("t",))
    written(tmp_path / "state", {})
    assert len(read("watson", tmp_path)) == 1


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ("x", "not a list"),
        ([1, 2, "p"], "not a list"),
        (["a", 2, "p", "i"], "not a time stamp"),
        ([True, 2, "p", "i"], "not a time stamp"),
        ([10**30, 10**31, "p", "i"], "not a time stamp"),
        ([-5, 2, "p", "i"], "before 1970"),
        ([1, 2, None, "i"], "project is not a text"),
        ([1, 2, "p", "i", "tag"], "not a list of texts"),
        ([1, 2, "p", "i", ["a,b"]], "holds a comma"),
        ([1, 2, "p\ud800", "i"], "no text"),
        ([1, 2, "p\0", "i"], "zero byte"),
    ],
)
def test_odd_watson_frames_are_listed(tmp_path: Path, frame: Any, says: str) -> None:
    rows = read("watson", written(tmp_path / "frames", [frame, [1, 2, "p", "i"]]))
    assert says in reason(rows[:1])
    assert rows[0].line == 1
    assert isinstance(rows[1], ImportedEntry), "the row after it is still read"


# ---- timewarrior

LINES = """\
inc 20261124T080000Z - 20261124T093000Z # acme/site deep "tag two" # "said \\"hi\\""
inc 20261124T100000Z - 20261124T110000Z # one
inc 20261124T110000Z - 20261124T120000Z # b project:web # plain words
inc 20261124T120000Z - 20261124T130000Z # # "only a note"
inc 20261124T130000Z - 20261124T140000Z

inc 20261124T140000Z # acme/site
exc monday
inc 2026 - 20261124T140000Z # a
inc 20261399T140000Z
"""


def test_lines_of_timewarrior(tmp_path: Path) -> None:
    rows = read("timewarrior", written(tmp_path / "2026-11.data", LINES))
    assert [row.line for row in rows] == [1, 2, 3, 4, 5, 7, 8, 9, 10]
    good = [row for row in rows if isinstance(row, ImportedEntry)]
    assert [(row.project, row.tags, row.note) for row in good] == [
        ("acme/site", ("deep", "tag two"), 'said "hi"'),
        ("one", (), None),
        ("web", ("b",), "plain words"),
        ("", (), "only a note"),
        ("", (), None),
        ("acme/site", (), None),
    ]
    assert good[0].to == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert good[-1].to is None
    assert [row.line for row in rows if isinstance(row, Unreadable)] == [8, 9, 10]


@pytest.mark.parametrize("below", ["", "data"])
def test_a_timewarrior_folder_is_read_month_by_month(tmp_path: Path, below: str) -> None:
    folder = tmp_path / below
    folder.mkdir(exist_ok=True)
    written(folder / "2026-11.data", "inc 20261101T080000Z - 20261101T090000Z # a\n")
    written(folder / "2026-10.data", "inc 20261001T080000Z - 20261001T090000Z # a\r\n")
    written(folder / "tags.data", "{}")
    written(folder / "undo.data", "txn:\n")
    assert [(row.file, row.line) for row in read("timewarrior", tmp_path)] == [
        ("2026-10.data", 1),
        ("2026-11.data", 1),
    ]


def test_an_export_of_timewarrior(tmp_path: Path) -> None:
    document = [
        {"id": 2, "start": "20261124T080000Z", "end": "20261124T090000Z", "tags": ["a b", "x/y"],
         "annotation": "note"},
        {"id": 1, "start": "20261124T100000Z"},
        {"id": 3, "start": 7},
        "odd",
    ]  # fmt: skip
    rows = read("timewarrior", written(tmp_path / "export.json", document))
    first, second = rows[:2]
    assert isinstance(first, ImportedEntry)
    assert isinstance(second, ImportedEntry)
    assert (first.project, first.tags, first.note, first.source_id) == (
        "x/y",
        ("a b",),
        "note",
        None,
    )
    assert second.to is None
    assert [type(row) for row in rows[2:]] == [Unreadable, Unreadable]


# ---- our own


def test_our_own_json(tmp_path: Path) -> None:
    entry = {
        "from": "2026-11-24T09:00:00+01:00", "to": None, "timezone": "Europe/Lisbon",
        "project": "acme/site", "client": "acme", "note": "", "tags": ["a"], "place": "home",
        "billable": False, "uuid": "U", "client_name": "ACME", "project_name": None,
    }  # fmt: skip
    for document in ([entry], {"cowork": 1, "entries": [entry]}, {"cowork": 1, "data": [entry]}):
        row = only(read("json", written(tmp_path / "a.json", document)))
        assert (row.zone, row.note, row.billable, row.source_id) == (
            "Europe/Lisbon",
            "",
            False,
            "U",
        )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"from": "2026-11-24T09:00:00"}, "not an instant"),
        ({"from": None}, "not an instant"),
        ({"from": "0001-01-01T00:00:00+14:00"}, "before 1970"),
        ({"to": 5}, "not an instant"),
        ({"timezone": "Mars/Olympus"}, "not a time zone"),
        ({"timezone": "../etc"}, "not a time zone"),
        ({"note": 5}, "note is not a text"),
        ({"billable": "yes"}, "neither true nor false"),
        ({"tags": [1]}, "not a list of texts"),
    ],
)
def test_odd_json_entries_are_listed(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    entry = {"from": "2026-11-24T09:00:00Z", "to": "2026-11-24T10:00:00Z", "project": "a/b"}
    assert says in reason(read("json", written(tmp_path / "a.json", [{**entry, **changes}])))


# ---- hostile files

HOSTILE: dict[str, Any] = {
    "empty": b"",
    "broken": b'[[1, 2, "p"',
    "number": b"7",
    "object": b'{"a": 1}',
    "numbers": b"[1, 2]",
    "deep": b"[" * 200_000,
    "binary": bytes(range(256)) * 8,
    "nul": b"[\0]",
    "long": b"x" * 10_000_000,
    "half utf-16": b"\xff\xfe[\x00x",
    "quote": b'"from,to\n1,2\n',
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0",
}


@pytest.mark.parametrize("form", MODULES)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_is_a_bug(tmp_path: Path, form: str, name: str) -> None:
    path = written(tmp_path / "file", HOSTILE[name])
    try:
        rows = read(form, path)
    except BadInput as error:
        assert str(path) in error.message
        assert "\n" not in error.message
        assert len(error.message) < 400
    else:
        assert (form, name) == ("timewarrior", "empty")
        assert rows == []


@pytest.mark.parametrize("form", MODULES)
def test_missing_files_and_folders(tmp_path: Path, form: str) -> None:
    with pytest.raises(NotFound):
        read(form, tmp_path / "gone")
    with pytest.raises(BadInput):
        read(form, tmp_path)
    with pytest.raises(CoworkError):
        read(form, tmp_path / ("x" * 5000))


def test_a_format_that_is_not_known() -> None:
    with pytest.raises(BadInput, match="cannot import"):
        reader_of("excel")
