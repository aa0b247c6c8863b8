"""Files that are no good: the line and the reason, and nothing stored."""

import json
from pathlib import Path

import pytest

from tests.conftest import Cowork


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.geojson", '{"type": "FeatureCollection",\n "features": [\n  {"type" "x"}]}', "line 3"),
        ("b.geojson", '{"type": "FeatureCollection", "features": [', "line 1"),
        ("c.geojson", '{"type": "Topology"}', "not known here"),
        ("d.geojson", '{"type": "FeatureCollection", "features": 7}', "features"),
        ("e.json", '{"elements": [], "remark": "runtime error: Query timed out in \\"query\\" at line 3 after 25 seconds."}', "timed out"),
        ("f.json", "<html>504</html>", "web page"),
    ],
)  # fmt: skip
def test_a_broken_file(seller: Cowork, tmp_path: Path, name: str, content: str, told: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    refused = seller("space", "import", str(tmp_path / name))
    assert refused.code == 2, str(refused)
    assert told in refused.err
    assert "hint:" in refused.err
    assert seller("search", "--json").data == []


def test_columns_that_nothing_reads_are_named(seller: Cowork, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name,city,mood\nKai,Hamburg,good\n", encoding="utf-8")
    done = seller("space", "import", str(tmp_path / "x.csv"), "--json")
    assert (done.code, done.data["not_used"]) == (0, ["mood"])
    assert "Columns not used: mood." in done.err


def test_a_point_off_the_globe_is_no_space_without_a_point(cowork: Cowork, tmp_path: Path) -> None:
    far = {"type": "Point", "coordinates": [200, 95]}
    features = [
        {"type": "Feature", "geometry": far, "properties": {"name": "Far"}},
        {"type": "Feature", "geometry": None, "properties": {"name": "Nowhere"}},
    ]
    file = tmp_path / "spaces.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    outcome = cowork("space", "import", str(file), "--json")
    assert outcome.data["added"] == 1
    (skipped,) = outcome.data["skipped"]
    assert (skipped["ref"], skipped["name"]) == ("spaces.geojson, feature 1", "Far")
    assert "not on earth: 95, 200" in skipped["reason"]
    assert "Far has a point that is not on earth" in outcome.err


@pytest.mark.parametrize("form", ["overpass", "geojson"])
def test_half_a_character_in_a_name_is_no_bug(cowork: Cowork, tmp_path: Path, form: str) -> None:
    """JSON can spell what no text holds; it is what an answer of a platform becomes."""
    tags = {"name": "Lo\ud800ft", "amenity": "coworking_space"}
    document: dict[str, object] = {
        "elements": [{"type": "node", "id": 7, "lat": 52.5, "lon": 13.4, "tags": tags}]
    }
    if form == "geojson":
        point = {"type": "Point", "coordinates": [13.4, 52.5]}
        document = {
            "type": "FeatureCollection",
            "features": [{"geometry": point, "properties": tags}],
        }
    (tmp_path / "x.json").write_text(json.dumps(document), encoding="utf-8")
    done = cowork("space", "import", str(tmp_path / "x.json"))
    assert done.code == 0, str(done)
    assert [row["name"] for row in cowork("search", "--json").data] == ["Lo\ufffdft"]
