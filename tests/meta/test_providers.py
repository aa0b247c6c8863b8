"""The registry, the classes it names, the rigs and the documents say the same."""

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from cowork_cli.domain.ref import is_account_name
from cowork_cli.errors import NotFound
from cowork_cli.providers import registry
from cowork_cli.providers.base import (
    CAPABILITIES,
    LACKING,
    CanCheck,
    CanCheckIn,
    CanMove,
    KnowsItsSpaces,
    SeesInPart,
    TellsTerms,
)
from cowork_cli.providers.registry import PROVIDERS, ProviderInfo
from tests.contract.rigs import RIGS
from tests.fakes import harbour_provider

ROOT = Path(__file__).resolve().parents[2]

WRITTEN = [row for row in PROVIDERS if find_spec(row.target.partition(":")[0])]


BESIDE = (KnowsItsSpaces, CanMove, TellsTerms, SeesInPart, CanCheckIn)
"""What a provider may have beside its capabilities: all of one, or nothing."""


def methods(protocol: type) -> set[str]:
    return {name for name in vars(protocol) if not name.startswith("_")}


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row.name)
def test_declared_is_implemented_and_nothing_more(row: ProviderInfo) -> None:
    found = registry.load(row)
    for name, protocol in CAPABILITIES.items():
        has = {method for method in methods(protocol) if hasattr(found, method)}
        expected = methods(protocol) if name in row.capabilities else has & beside(found)
        assert has == expected, f"{row.name} and {name}"


def beside(found: type) -> set[str]:
    """The methods of what a provider has beside its capabilities."""
    whole = [methods(protocol) for protocol in BESIDE if methods(protocol) <= set(dir(found))]
    return set().union(*whole)


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


SIGNATURES = '''\
"""Made by a test: mypy holds every adapter against the Protocols it declares."""

from collections.abc import Sequence

from cowork_cli.domain.booking import Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Slot
from cowork_cli.providers import base


class Drifted:
    def desks(self, space: Ref) -> Sequence[Desk]:
        return []

    def free(self, desk: Ref, when: Window, units: int) -> Sequence[Slot]:
        return []


def drifted(provider: Drifted) -> base.CanCheckAvailability:
    return provider  # DRIFT
'''


def test_every_signature_is_that_of_its_protocol(tmp_path: Path) -> None:
    """One run of mypy: no adapter drifts, and the one made to drift is seen."""
    lines = [SIGNATURES]
    for row in (*WRITTEN, harbour_provider.ROW):
        module, _, name = row.target.partition(":")
        lines.append(f"from {module} import {name}\n")
        protocols = [CAPABILITIES[word] for word in sorted(row.capabilities)]
        protocols += [one for one in BESIDE if methods(one) <= set(dir(registry.load(row)))]
        lines += [
            f"def {name}_{protocol.__name__}(provider: {name}) -> base.{protocol.__name__}:\n"
            f"    return provider  # {row.name}\n"
            for protocol in (*protocols, CanCheck)
        ]
    file = tmp_path / "signatures.py"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--config-file",
            "pyproject.toml",
            "--no-error-summary",
            file,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    written = file.read_text(encoding="utf-8").splitlines()
    found = {
        written[int(line.split(":")[1]) - 1].partition("# ")[2]
        for line in done.stdout.splitlines()
        if ": error:" in line
    }
    assert found == {"DRIFT"}, done.stdout + done.stderr


def test_every_provider_can_be_checked() -> None:
    for row in WRITTEN:
        assert hasattr(registry.load(row), "check"), row.name


def test_every_capability_has_words_for_who_lacks_it() -> None:
    assert set(LACKING) == set(CAPABILITIES)


def test_no_source_is_named_twice_and_own_rows_win() -> None:
    names = [row.name for row in (*PROVIDERS, *registry.SOURCES)]
    assert len(names) == len(set(names))
    ranks = [registry.source(name).rank for name in ("local", "coworkingview", "osm", "openfairdb")]
    assert ranks == sorted(set(ranks))
    bookable = [row.rank for row in PROVIDERS if "booking" in row.capabilities]
    assert max(bookable) < registry.source("coworkingview").rank
    assert registry.source("nobody").rank > max(ranks)
    assert registry.source("nobody").attribution is None


def test_nobody_else_names_a_source() -> None:
    """A provider is known by its row: no code above it compares with a name of one."""
    allowed = {"registry.py", "importing.py", "osm_tags.py", "mapping.py"}
    allowed |= {"export_formats.py"}  # `ical` is also a format of hours
    words = {row.name for row in (*PROVIDERS, *registry.SOURCES)} - {"local"}
    for path in (ROOT / "cowork_cli").rglob("*.py"):
        if (path.parent.name == "providers" and path.stem in words) or path.name in allowed:
            continue
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if f'"{word}"' in text], path


def test_no_provider_knows_another() -> None:
    """Beside its own modules (`NAME_…`) an adapter imports only what names no provider."""
    folder = ROOT / "cowork_cli" / "providers"
    names = [row.name for row in PROVIDERS]

    def owner(module: str) -> str | None:
        return next(
            (name for name in names if module == name or module.startswith(f"{name}_")), None
        )

    for path in folder.glob("*.py"):
        mine = owner(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "cowork_cli.providers"
            ):
                parts = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
                known = {owner(part.removeprefix("cowork_cli.providers.")) for part in parts}
                assert known <= {None, mine}, f"{path.name} knows {known}"
