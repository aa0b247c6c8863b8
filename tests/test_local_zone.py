"""The zone of the system: the link where it is alone or agrees with the rest, else tzlocal."""

from pathlib import Path

import pytest
import tzlocal

from cowork_cli.local_zone import system_zone


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "etc").mkdir()
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: "asked tzlocal")
    return tmp_path


def zone(root: Path) -> str:
    return system_zone(f"{root}/")


def link(root: Path, target: str) -> None:
    (root / "etc" / "localtime").symlink_to(target)


@pytest.mark.parametrize(
    "target", ["/usr/share/zoneinfo/America/Port_of_Spain", "../usr/share/zoneinfo/Europe/Berlin",
               "/var/db/timezone/zoneinfo/Europe/Berlin"],
)  # fmt: skip
def test_a_link_says_it(root: Path, target: str) -> None:
    link(root, target)
    assert zone(root) == target.partition("/zoneinfo/")[2]
    (root / "etc" / "timezone").write_text(zone(root) + "\n")
    assert zone(root) == target.partition("/zoneinfo/")[2]


def test_what_contradicts_is_judged_by_tzlocal(root: Path) -> None:
    link(root, "/usr/share/zoneinfo/Europe/Berlin")
    (root / "etc" / "timezone").write_text("Etc/UTC\n")
    assert zone(root) == "asked tzlocal"
    (root / "etc" / "timezone").write_bytes(b"\xff")
    assert zone(root) == "asked tzlocal"
    (root / "etc" / "timezone").unlink()
    (root / "etc" / "conf.d").mkdir()
    (root / "etc" / "conf.d" / "clock").write_text('TIMEZONE="Etc/UTC"\n')
    assert zone(root) == "asked tzlocal"


def test_without_a_link_tzlocal_is_asked(root: Path) -> None:
    assert zone(root) == "asked tzlocal"
    (root / "etc" / "localtime").write_bytes(b"TZif")
    assert zone(root) == "asked tzlocal"
