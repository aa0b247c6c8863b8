"""Every setting has a meaning, a kind that can be checked, a default that passes, and a page."""

from pathlib import Path

import pytest

from cowork_cli.config import SETTINGS, Setting
from cowork_cli.services.home import settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
BY_NAME = pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)


@BY_NAME
def test_it_is_documented(row: Setting) -> None:
    assert f"| `{row.name}` |" in PAGE
    assert row.help
    assert not row.help.endswith(".")


@BY_NAME
def test_its_kind_can_be_checked(row: Setting) -> None:
    assert row.kind in settings._CHECKS.keys() | settings._CHOICES.keys()


@BY_NAME
def test_its_default_is_a_value_that_could_be_set(row: Setting) -> None:
    if row.default is not None:
        typed = str(row.default).lower() if isinstance(row.default, bool) else str(row.default)
        assert settings.checked(row.name.replace("*", "x"), typed) == row.default


def test_names_are_given_once_and_no_kind_is_left_over() -> None:
    names = [row.name for row in SETTINGS]
    assert len(names) == len(set(names))
    kinds = {row.kind for row in SETTINGS}
    assert settings._CHECKS.keys() | settings._CHOICES.keys() == kinds


def test_completion_offers_every_setting_but_our_own() -> None:
    from tools.generators.values import LISTS

    expected = {row.name for row in SETTINGS if "*" not in row.name} - {"store.id"}
    assert set(LISTS["setting"]) == expected
