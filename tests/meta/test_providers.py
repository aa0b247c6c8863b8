"""The registry, the classes it names, the rigs and the documents say the same."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from cowork_cli.domain.ref import is_account_name
from cowork_cli.errors import NotFound
from cowork_cli.providers import registry
from cowork_cli.providers.base import CAPABILITIES
from cowork_cli.providers.registry import PROVIDERS, ProviderInfo
from tests.contract.rigs import RIGS

WRITTEN = [row for row in PROVIDERS if find_spec(row.target.partition(":")[0])]


def methods(protocol: type) -> set[str]:
    return {name for name in vars(protocol) if not name.startswith("_")}


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row.name)
def test_declared_is_implemented_and_nothing_more(row: ProviderInfo) -> None:
    found = registry.load(row)
    for name, protocol in CAPABILITIES.items():
        has = {method for method in methods(protocol) if hasattr(found, method)}
        expected = methods(protocol) if name in row.capabilities else set()
        assert has == expected, f"{row.name} and {name}"


def test_every_protocol_can_be_asked_at_run_time() -> None:
    for protocol in CAPABILITIES.values():
        assert methods(protocol)
        assert not isinstance(object(), protocol)


def test_every_provider_has_a_rig() -> None:
    assert set(RIGS) == set(registry.names())


@pytest.mark.parametrize("row", PROVIDERS, ids=lambda row: row.name)
def test_a_row_of_the_table_makes_sense(row: ProviderInfo) -> None:
    assert is_account_name(row.name)
    assert row.capabilities
    assert row.capabilities <= set(CAPABILITIES)
    assert row.uses in ("http", "store")
    assert row.secret in (None, "token", "password", "client_secret")
    assert row.title
    assert row.docs
    names = [spec.name for spec in registry.settings_of(row)]
    assert len(names) == len(set(names))
    assert not set(names) & {"token", "password", "client_secret", "provider"}
    for spec in registry.settings_of(row):
        assert spec.help
        assert spec.kind in ("text", "url", "list", "bool", "timezone")


def test_every_provider_of_the_web_has_its_address_as_a_setting() -> None:
    for row in PROVIDERS:
        kinds = {spec.kind for spec in row.settings}
        assert ("url" in kinds) == (row.uses == "http"), row.name


def test_names_are_unique_and_found() -> None:
    assert len(registry.names()) == len(PROVIDERS)
    assert registry.info("coworkingview").title.startswith("CoworkingView")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(NotFound, match='did you mean "coworkingview"'):
        registry.info("coworkingveiw")
    with pytest.raises(NotFound) as info:
        registry.info("qqqqqq")
    assert "did you mean" not in info.value.message


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


def test_reading_the_registry_loads_nothing_heavy() -> None:
    modules = loaded_by(
        "from cowork_cli.providers import registry; registry.names(); registry.info('local')"
    )
    adapters = {row.target.partition(":")[0] for row in PROVIDERS}
    assert not modules & adapters
    for heavy in (
        "httpx",
        "sqlite3",
        "cowork_cli.http_client",
        "cowork_cli.providers.base",
        "json",
    ):
        assert heavy not in modules


def test_loading_an_adapter_does_not_load_httpx() -> None:
    modules = loaded_by(
        "from cowork_cli.providers import registry; registry.load(registry.info('coworkingview'))"
    )
    assert "cowork_cli.providers.coworkingview" in modules
    assert "httpx" not in modules
