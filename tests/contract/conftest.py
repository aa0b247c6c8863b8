"""Runs each contract test for every provider that declares what the test needs.

`@pytest.mark.needs("booking")` selects by capability, `uses="http"` further by what the provider
talks to, `tells="kinds"` by what its platform has words for. A test that no provider is concerned by is deselected, not skipped: a skipped contract
looks green.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.providers.registry import PROVIDERS
from tests.contract.rig import Rig
from tests.contract.rigs import VARIANTS, rig_class
from tests.fakes import harbour_provider

NOBODY = "nobody"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "rig" not in metafunc.fixturenames:
        return
    marks = list(metafunc.definition.iter_markers("needs"))
    assert marks, f"{metafunc.definition.nodeid} says no capability that it needs"
    capabilities = {mark.args[0] for mark in marks}
    uses = {mark.kwargs["uses"] for mark in marks if "uses" in mark.kwargs}
    tells = {mark.kwargs["tells"] for mark in marks if "tells" in mark.kwargs}
    chosen = [
        name
        for row in (*PROVIDERS, harbour_provider.ROW)
        for name in (row.name, *VARIANTS.get(row.name, ()))
        if capabilities <= row.capabilities
        and uses <= {row.uses}
        and tells <= rig_class(row.name).tells
    ]
    metafunc.parametrize("rig", chosen or [NOBODY], indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    idle = [
        item
        for item in items
        if item.path.is_relative_to(here)
        and isinstance(item, pytest.Function)
        and getattr(item, "callspec", None) is not None
        and item.callspec.params.get("rig") == NOBODY
    ]
    if idle:
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if item not in idle]


@pytest.fixture
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with rig_class(request.param)(tmp_path) as built:
        yield built
