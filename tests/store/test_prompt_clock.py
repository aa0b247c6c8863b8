"""What time it is for the prompt: that of `COWORK_NOW`, as every command reads it, else the clock's."""

import time

import pytest

from cowork_cli.store.prompt import _now


@pytest.mark.parametrize(
    ("env", "seconds"),
    [
        ({"COWORK_NOW": "2026-11-25T18:00:00+01:00"}, 1_795_626_000),
        ({"COWORK_NOW": "some day"}, 1234),
        ({"COWORK_NOW": ""}, 1234),
        ({}, 1234),
    ],
)
def test_what_time_it_is(
    env: dict[str, str], seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1234.9)
    assert _now(env) == seconds
