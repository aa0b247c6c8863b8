"""What a platform answers, with one wrong value in any place of it: read, or one of our errors; never a bug.

The fake servers answer as the real ones are described; of every answer one value becomes odd, is doubled or is
missing, of what is no JSON a word or a line. What the provider makes of it must be a value that can be written as
JSON. A list or an object that is something else is never read as an empty one.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from cowork_cli import redaction
from cowork_cli.domain.as_json import to_json
from cowork_cli.errors import CoworkError
from cowork_cli.providers.registry import PROVIDERS
from tests.contract.rig import HttpRig
from tests.contract.rigs import rig_class
from tests.fakes.server import Reply, Request
from tests.torture.mutations import (
    encoded,
    is_of_another_kind,
    mutant,
    with_wrong_value,
    wrong_values,
)
from tests.torture.platform_calls import WRITES, Calls
from tests.torture.strength import cases
from tests.tried import Tried

HTTP = [row.name for row in PROVIDERS if row.uses == "http"]
CATALOGUES = ("osm", "openfairdb")
"""Of many places that strangers wrote down, one that cannot be read is left out."""
LISTS = ("search", "spaces", "desks", "bookings", "plans")


class Mutated:
    """The answers of a fake, each with the wrong value `number`, from the `spared` one on."""

    def __init__(self, answer: Callable[[Request], Reply | None], number: int, spared: int) -> None:
        self.answer, self.number, self.spared, self.places = answer, number, spared, 0
        self.another_kind = False

    def __call__(self, request: Request) -> Reply | None:
        reply = self.answer(request)
        if reply is None or not reply.encoded():
            return reply
        self.spared -= 1
        if self.spared >= 0:
            return reply
        headers = {"Content-Type": reply.content_type()} | reply.headers
        try:
            document = json.loads(reply.encoded())
        except ValueError:
            self.places = max(self.places, 200)
            return Reply(reply.status, mutant(reply.encoded(), self.number), headers)
        self.places = max(self.places, wrong_values(document))
        self.another_kind |= is_of_another_kind(document, self.number)
        return Reply(reply.status, encoded(with_wrong_value(document, self.number)), headers)


class Attack:
    """One provider, and every call of it with one wrong value after another. `most`: how many of each; 0: any one."""

    def __init__(self, name: str, folder: Path, most: int) -> None:
        self.name, self.folder, self.most = name, folder, most
        self.rig: HttpRig | None = None
        self.rigs = self.tried = 0
        self.renew()

    def renew(self) -> None:
        self.close()
        self.rigs += 1
        rig = rig_class(self.name)(self.folder / f"{self.rigs}")
        assert isinstance(rig, HttpRig)
        self.rig, self.calls = rig, Calls(rig)

    def close(self) -> None:
        if self.rig is not None:
            self.rig.stack.close()

    def every(self) -> int:
        """Returns how many answers were wrong."""
        for what in list(self.calls.every()):
            for spared in (0, 1):
                self.one(what, spared)
        return self.tried

    def one(self, what: str, spared: int) -> None:
        number, places = 0, 1
        if not self.most:
            number, places = crc32(f"{self.name} {what} {spared}".encode()), 2**32
        while number < places:
            if self.calls.is_full():
                self.renew()
            assert self.rig is not None
            redaction._known.clear()
            call, answer = self.calls.every()[what](), self.rig.fake.answer
            adapter = self.rig.connect(self.rig.fake.url)
            mutated = Mutated(answer, number, spared)
            self.rig.fake.answer = mutated  # type: ignore[method-assign]
            try:
                told = call(adapter)
                json.dumps(to_json(told))
                self.rig.fake.answer = answer  # type: ignore[method-assign]
                if mutated.another_kind and what not in WRITES:
                    self.judge(what, told, call(self.rig.connect(self.rig.fake.url)))
            except CoworkError as error:
                assert error.message
            except Exception as error:
                raise AssertionError(
                    f"{self.name}, {what}, answer {spared}, value {number}: {error!r}"
                ) from error
            finally:
                self.rig.fake.answer = answer  # type: ignore[method-assign]
            self.tried += bool(mutated.places)
            if not self.most:
                return
            places = mutated.places
            number += max(1, places // self.most)

    def judge(self, what: str, told: Any, good: Any) -> None:
        """What was read of a broken list is no empty one."""
        if what == "free":
            assert told == good
        if what in LISTS and self.name not in CATALOGUES:
            assert len(told) == len(good)


@pytest.mark.parametrize("name", HTTP)
def test_a_few_wrong_values(name: str, tmp_path: Path) -> None:
    attack = Attack(name, tmp_path, 0)
    try:
        attack.every()
    finally:
        attack.close()


@pytest.mark.torture
@pytest.mark.parametrize("name", HTTP)
def test_wrong_values_in_many_places(name: str, tmp_path: Path, tried: Tried) -> None:
    attack = Attack(name, tmp_path, cases(40, of=200))
    try:
        told = attack.every()
    finally:
        attack.close()
    tried(answers=told)
