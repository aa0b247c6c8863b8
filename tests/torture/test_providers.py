"""What a platform answers, with one wrong value in any place of it: read, or one of our errors; never a bug.

The fake servers answer as the real ones are described; of every answer of JSON one value becomes odd, is
doubled or is missing. What the provider makes of it must be a value that can be written as JSON.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cowork_cli.domain.as_json import to_json
from cowork_cli.errors import CoworkError
from cowork_cli.providers.registry import PROVIDERS
from tests.contract.rig import HttpRig, a_desk, a_request, a_space, around, window
from tests.contract.rigs import rig_class
from tests.fakes.server import Reply, Request
from tests.torture.mutations import with_wrong_value, wrong_values

HTTP = [row.name for row in PROVIDERS if row.uses == "http"]
FEW = 3
WHEN = window("2026-12-01T09:00", 4)


class Mutated:
    """The answers of a fake, each with the wrong value `number`, from the `spared` one on."""

    def __init__(self, answer: Callable[[Request], Reply | None], number: int, spared: int) -> None:
        self.answer, self.number, self.spared, self.places = answer, number, spared, 0

    def __call__(self, request: Request) -> Reply | None:
        reply = self.answer(request)
        if reply is None or reply.body is None or isinstance(reply.body, str):
            return reply
        self.spared -= 1
        if self.spared >= 0:
            return reply
        document = json.loads(reply.encoded()) if _is_json(reply) else None
        if document is None:
            return reply
        self.places = max(self.places, wrong_values(document))
        return Reply(reply.status, with_wrong_value(document, self.number), reply.headers)


def _is_json(reply: Reply) -> bool:
    try:
        json.loads(reply.encoded())
    except ValueError:
        return False
    return True


def asked(rig: HttpRig) -> dict[str, Callable[[], object]]:
    """What a provider is asked, of those that it can be asked."""
    (space,) = rig.given(a_space(rig))
    calls: dict[str, Callable[[], object]] = {}
    if "search" in rig.info.capabilities:
        calls["search"] = lambda: list(rig.provider.search(around()))
        calls["space"] = lambda: rig.provider.space(space.ref)
    if {"availability", "booking"} & rig.info.capabilities:
        (desk,) = rig.given(a_desk(space))
        calls["desks"] = lambda: list(rig.provider.desks(space.ref))
        calls["free"] = lambda: list(rig.provider.free(desk.ref, WHEN))
    if "booking" in rig.info.capabilities:
        calls["quote"] = lambda: rig.provider.quote(a_request(desk))
        calls["book"] = lambda: rig.provider.book(
            a_request(desk), key="018f0000-0000-7000-8000-000000000001"
        )
        calls["bookings"] = lambda: list(rig.provider.bookings(WHEN))
    return calls


def attack(name: str, folder: Path, most: int) -> int:
    """Asks with one wrong value after another; returns how many answers were wrong."""
    tried = 0
    with rig_class(name)(folder) as rig:
        assert isinstance(rig, HttpRig)
        calls, answer = asked(rig), rig.fake.answer
        for what, call in calls.items():
            for spared in (0, 1):
                number, places = 0, 1
                step = 1
                while number < places:
                    mutated = Mutated(answer, number, spared)
                    rig.fake.answer = mutated  # type: ignore[method-assign]
                    try:
                        json.dumps(to_json(call()))
                    except CoworkError as error:
                        assert error.message
                    except Exception as error:
                        raise AssertionError(
                            f"{name}, {what}, answer {spared}, value {number}: {error!r}"
                        ) from error
                    tried += bool(mutated.places)
                    places = mutated.places
                    step = max(1, places // most)
                    number += step
                rig.fake.answer = answer  # type: ignore[method-assign]
    return tried


@pytest.mark.parametrize("name", HTTP)
def test_a_few_wrong_values(name: str, tmp_path: Path) -> None:
    attack(name, tmp_path, FEW)


@pytest.mark.torture
@pytest.mark.parametrize("name", HTTP)
def test_wrong_values_in_two_hundred_places(name: str, tmp_path: Path) -> None:
    print(f"{name}: {attack(name, tmp_path, 200)} answers")
