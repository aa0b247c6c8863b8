"""Rows of files of spaces that are no spaces, notes that are new, and places that are nowhere."""

import json
from pathlib import Path

from tests.conftest import Cowork

ROWS = """name;city;ref;timezone;lat;lon
Hof;20095 Hamburg;;;;
…;Berlin;;;;
Bad;Berlin;nonsense;;;
Zone;Berlin;;Mars/Base;;
Point;Berlin;;;x;y
Good;Berlin;;Europe/Berlin;52,5;13,4
"""


def test_each_row_that_is_no_space_is_named_with_the_reason(cowork: Cowork, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    done = cowork("space", "import", str(tmp_path / "rows.csv"), "--json")
    assert (done.data["added"], [(row["name"], row["reason"]) for row in done.data["skipped"]]) == (
        2,
        [
            (None, "has no name"),
            ("Bad", '"nonsense" is not a ref'),
            ("Zone", '"Mars/Base" is not a time zone'),
            ("Point", '"x, y" is not a point'),
        ],
    )
    hof, good = (cowork("space", "show", name, "--json").data for name in ("Hof", "Good"))
    assert (hof["address"]["postcode"], hof["address"]["city"]) == ("20095", "Hamburg")
    assert (good["timezone"], good["lat"], good["lon"]) == ("Europe/Berlin", 52.5, 13.4)


def test_a_note_that_is_new_is_a_change_and_a_feature_of_nothing_none(
    cowork: Cowork, tmp_path: Path
) -> None:
    file = tmp_path / "one.geojson"

    def brought(notes: str) -> tuple[int, int, int, list[str]]:
        point = {"type": "Point", "coordinates": [13.4, 52.5]}
        geo = {"type": "Feature", "geometry": point, "properties": {"name": "Geo", "notes": notes}}
        file.write_text(json.dumps({"type": "FeatureCollection", "features": ["x", geo]}))
        done = cowork("space", "import", str(file), "--json").data
        why = [f"{row['ref']}: {row['reason']}" for row in done["skipped"]]
        return done["added"], done["updated"], done["unchanged"], why

    skipped = ["one.geojson, feature 1: has neither geometry nor properties"]
    assert brought("quiet") == (1, 0, 0, skipped)
    assert brought("quiet") == (0, 0, 1, skipped)
    assert brought("quiet\nno phone calls") == (0, 1, 0, skipped)
    notes = cowork("space", "show", "Geo", "--json").data["notes"]
    assert notes == ["quiet", "no phone calls"]


def test_an_account_that_is_a_source_of_an_import_alone_is_asked_nothing(
    cowork: Cowork, tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text(
        "ref,name,lat,lon\nelse:1,Seen,52.5,13.4\n", encoding="utf-8"
    )
    assert cowork("space", "import", str(tmp_path / "rows.csv")).code == 0
    found = cowork("space", "search", "--near", "52.5,13.4", "--account", "else", "--json")
    assert [row["ref"] for row in found.data] == ["else:1"]
    assert "no online directory is asked" in found.err


def test_a_map_of_spaces_without_a_place_has_no_towns(cowork: Cowork, tmp_path: Path) -> None:
    assert cowork("space", "add", "Nowhere").code == 0
    out = tmp_path / "map.html"
    done = cowork("space", "map", "--out", str(out))
    assert done.code == 0, str(done)
    assert "Nowhere" in out.read_text(encoding="utf-8")
