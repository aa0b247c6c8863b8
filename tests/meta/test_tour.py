"""The tour in the README is walked through, line by line, and its picture is up to date."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_tour_and_its_picture_show_what_is_printed() -> None:
    spec = importlib.util.spec_from_file_location("tour", ROOT / "tools" / "tour.py")
    assert spec is not None
    assert spec.loader is not None
    tour = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tour)
    for path, text in tour.documents().items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.name} is stale: run `make generate`"
        )
    assert "$ cowork invoice issue draft-1" in (ROOT / "README.md").read_text(encoding="utf-8")
