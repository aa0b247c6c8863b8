"""The program as it was, for stores of an older schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from cowork_cli.store.engine import migrate, version


@contextmanager
def schema(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    """Knows the first `number` scripts: a store that is made meanwhile has their schema."""
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "create", partial(migrate.create_by_scripts, until=number))
        patch.setattr(migrate, "VERSION", number)
        patch.setattr(version, "VERSION", number)
        yield
