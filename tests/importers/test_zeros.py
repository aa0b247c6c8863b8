"""Zeros in text: no store on a server holds one, so none gets into a file either."""

import json
from pathlib import Path

import pytest

from tests.conftest import Cowork


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("client", "import"), "is not a text file"),
        (("space", "import"), "is not a text file"),
        (("event", "import"), "is no text in UTF-8"),
    ],
)
def test_a_zero_in_a_file_of_text(
    cowork: Cowork, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """No store on a server can hold one: it would be found when the office moves there."""
    file = tmp_path / "list"
    file.write_bytes(b"id,name\nacme,AC\x00ME\n")
    refused = cowork(*words, str(file))
    assert (refused.code, said in refused.err) == (2, True), str(refused)
    assert cowork("history", "--json").data["changes"] == []


def test_a_zero_in_a_word_and_in_an_answer(cowork: Cowork, tmp_path: Path) -> None:
    """No shell gives one; an assistant and a platform can."""
    refused = cowork("client", "add", "acme", "--name", "AC\0ME")
    assert (
        refused.err
        == "error: a word holds a zero byte, which no text can hold\nhint: take it out\n"
    )
    assert refused.code == 2
    node = {"type": "node", "id": 7, "lat": 52.5, "lon": 13.4}
    tags = {"name": "Lo\0ft", "amenity": "coworking_space"}
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"elements": [{**node, "tags": tags}]}))
    assert cowork("space", "import", str(file)).code == 0
    assert [row["name"] for row in cowork("search", "--json").data] == ["Lo\ufffdft"]
