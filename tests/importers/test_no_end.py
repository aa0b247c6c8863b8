"""Files without an end, and zeros in text: what is read is bounded, whatever a name leads to."""

import json
import sys
from pathlib import Path

import pytest

from cowork_cli import in_files
from cowork_cli.documents.logo import read_logo
from cowork_cli.errors import BadInput, ConfigError
from cowork_cli.importers import vcards
from cowork_cli.services.books import expenses
from cowork_cli.services.events import events
from cowork_cli.services.jobs import settling
from cowork_cli.services.spaces import gazetteers
from tests.conftest import Cowork

ENDLESS = Path("/dev/zero")
needs_devices = pytest.mark.skipif(sys.platform == "win32", reason="no such devices there")


@needs_devices
@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: in_files.bytes_of(ENDLESS, 99), "/dev/zero is larger than 0 MB"),
        (lambda: events.read_file(ENDLESS), "/dev/zero is larger than 16 MB"),
        (lambda: expenses.receipt_bytes(ENDLESS), "the receipt /dev/zero is larger than 50 MB"),
        (lambda: settling._bytes(ENDLESS), "/dev/zero is larger than 64 MB"),
        (lambda: gazetteers._read(ENDLESS), "/dev/zero is too large for a list of postcodes"),
        (lambda: list(vcards.read(ENDLESS)), '"/dev/zero" is larger than 64 MB'),
        (lambda: read_logo(ENDLESS), "the logo /dev/zero has more than 1 MB"),
    ],
)  # fmt: skip
def test_a_device_that_says_it_is_empty_and_has_no_end(read: object, said: str) -> None:
    with pytest.raises((BadInput, ConfigError)) as refused:
        read()  # type: ignore[operator]
    assert refused.value.message == said


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
