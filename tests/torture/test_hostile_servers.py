"""A platform that lies, in the place of any answer of any call of every provider: our error, or a truth.

A read fails with what the platform did and what to type next: never empty, never a traceback. A write is `unknown`,
or a success that the platform itself bears out; it is never done twice, and nobody else hears of it.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from cowork_cli import redaction
from cowork_cli.domain.as_json import to_json
from cowork_cli.errors import CoworkError, OutcomeUnknown, ProviderError
from cowork_cli.http_client import HttpClient, Limits
from cowork_cli.http_client.terms import RetryPolicy
from cowork_cli.providers import geocoding
from cowork_cli.providers.registry import PROVIDERS
from tests.contract.rig import HttpRig
from tests.contract.rigs import rig_class
from tests.fakes.dying_line import DyingLine, Fate
from tests.fakes.geocoders import FakeNominatim, FakePhoton, feature
from tests.fakes.server import FakeServer, Request
from tests.torture.hostile_answers import BODIES, HEADS, LENGTHS, MOST, Answering, redirects
from tests.torture.platform_calls import WRITES, Calls, Ready
from tests.torture.strength import cases
from tests.tried import Tried

HTTP = [row.name for row in PROVIDERS if row.uses == "http"]
SEED = 18
LIMITS = Limits(connect_s=5, read_s=5, whole_s=20, answer_bytes=MOST)
HURRIED = Limits(connect_s=5, read_s=0.2, whole_s=0.3, answer_bytes=MOST)
TRUTHS = {
    (name, "check search", how)
    for name in ("osm", "openfairdb")
    for how in ("no length, half", "half", "said twice", "cut calendar", "a number")
}
"""Plain words and a number: half of them are as good."""
FEW = ("no length, half", "bomb", "307 to a thief")


class Attack:
    """One provider, its calls, and a line that a hostile server has taken over."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder, self.rigs = name, folder, 0
        self.thief = FakeServer()
        self.rig: HttpRig | None = None
        self.renew()

    def renew(self) -> None:
        """A platform without bookings."""
        self.close_rig()
        self.rigs += 1
        rig = rig_class(self.name)(self.folder / f"{self.rigs}")
        assert isinstance(rig, HttpRig)
        self.rig, self.calls = rig, Calls(rig)
        self.line = DyingLine(rig.fake.url).__enter__()

    def close_rig(self) -> None:
        if self.rig is not None:
            self.rig.stack.close()
            self.line.__exit__(None, None, None)

    def close(self) -> None:
        self.close_rig()
        self.thief.close()

    def ready(self, what: str) -> Ready:
        if self.calls.is_full():
            self.renew()
        return self.calls.every()[what]

    def ask(self, what: str, fate: Fate, spared: int, limits: Limits) -> CoworkError | object:
        """What a call comes to, of which all is hostile after `spared` requests, of a write from the write on."""
        call = self.ready(what)()
        redaction._known.clear()
        assert self.rig is not None
        adapter, rig, begun = self.rig.connect(self.line.url, limits), self.rig, []

        def fates(request: Request) -> Fate | None:
            if not begun and (
                rig.is_write(request) if what in WRITES else len(self.line.seen) >= spared
            ):
                begun.append(request)
            led_on = "again" in request.query  # by us, and the server itself must not hear of it
            return (replace(fate, commits=False) if led_on else fate) if begun else None

        self.line.seen.clear()
        self.kept = files(rig.folder)
        self.line.fate = fates
        try:
            return call(adapter)
        except CoworkError as error:
            return error
        finally:
            self.line.fate = lambda request: None

    def judge(self, what: str, told: CoworkError | object) -> None:
        """Whether that is one of our outcomes."""
        assert self.thief.log == [], "somebody else heard of it"
        if what in WRITES:
            assert not isinstance(told, CoworkError) or isinstance(told, OutcomeUnknown), told
            there = self.calls.live()
            assert len(there) <= 1
            assert isinstance(told, CoworkError) or there == WRITES[what], (
                f"said {told!r}, and there is {there}"
            )
            sent = self.sent()
            keys = {one.headers.get("idempotency-key") for one in sent}
            assert len(keys) <= 1
            most = 2 if keys <= {None} else 1 + RetryPolicy().failures
            assert len(sent) <= most, "who repeats without a key must know in the end"
        else:
            assert isinstance(told, ProviderError), f"failed, and answered {told!r}"
        if isinstance(told, CoworkError):
            assert told.hint, f"no hint: {told.message}"
            assert self.rig is not None
            assert files(self.rig.folder) == self.kept, "something of it was kept"
        else:
            json.dumps(to_json(told))

    def sent(self) -> list[Request]:
        """The writes that were sent."""
        assert self.rig is not None
        return [one for one in self.line.seen if self.rig.is_write(one)]

    def all(
        self, answers: Mapping[str, Answering], which: list[str], begins: tuple[int, ...] = (0, 1)
    ) -> Iterator[str]:
        """Each of these answers to each call; gives what was tried."""
        for what in which:
            for how, answering in answers.items():
                # Of a write: done and not done. Of a read: from its first request on, and from its second.
                for spared in begins:
                    try:
                        # A read that a redirect has made odd is none that the server itself must hear.
                        commits = not spared if what in WRITES else how[0] != "3"
                        fate = Fate(instead=answering, commits=commits)
                        if what in WRITES and spared and is_a_yes(answering):
                            continue  # in so many words: `booking sync` finds out
                        told = self.ask(what, fate, spared, LIMITS)
                        if (len(self.line.seen) <= spared and what not in WRITES) or (
                            self.name,
                            what,
                            how,
                        ) in TRUTHS:
                            continue  # it asks less often
                        self.judge(what, told)
                    except Exception as broken:
                        raise AssertionError(
                            f"{self.name}, {what}, {how}, {spared}: {broken!r}"
                        ) from broken
                    yield how

    def slow(self, which: list[str]) -> Iterator[str]:
        """A head, a body, and answers before the answer, a byte at a time, for longer than the whole may take."""
        drips: dict[str, Answering | None] = {
            "an answer": None,
            "a head": lambda answer: b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 900,
            "continues": lambda answer: b"HTTP/1.1 100 Continue\r\n\r\n" * 300,
            "a body": lambda answer: (
                b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b" " * 9000
            ),
        }
        for what in which:
            for how, answering in drips.items():
                told = self.ask(what, Fate(instead=answering, drips=True, stays=True), 0, HURRIED)
                if not self.line.seen:
                    continue  # it asks nobody
                if how != "an answer" or isinstance(told, CoworkError):
                    self.judge(what, told)
                yield how


def files(folder: Path) -> dict[Path, bytes]:
    """What is kept on disk."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_a_yes(answering: Answering) -> bool:
    """Whether that is a success without a body, which is what some platforms say when it is done."""
    head, _, body = answering(b"").partition(b"\r\n\r\n")
    return head.startswith(b"HTTP/1.1 200") and not body.strip()


@pytest.mark.parametrize("name", HTTP)
def test_a_few_lies(name: str, tmp_path: Path) -> None:
    attack = Attack(name, tmp_path)
    try:
        lies = {**LENGTHS, **HEADS, **BODIES, **redirects(attack.thief.url)}
        which = [what for what in attack.calls.every() if what in ("search", "free", "book")]
        assert list(attack.all({how: lies[how] for how in FEW}, which, (0,)))
    finally:
        attack.close()


@pytest.mark.torture
@pytest.mark.parametrize("name", [*HTTP, "harbour", "caldav-xandikos"])
def test_many_lies(name: str, tmp_path: Path, tried: Tried) -> None:
    attack, chance, told = Attack(name, tmp_path), random.Random(SEED), 0
    try:
        lies = {**LENGTHS, **HEADS, **BODIES, **redirects(attack.thief.url)}
        which = list(attack.calls.every())
        for what in which:
            some = chance.sample(list(lies), cases(40, of=len(lies)))
            told += len(list(attack.all({how: lies[how] for how in some}, [what])))
        slow = len(list(attack.slow(which)))
    finally:
        attack.close()
    tried(calls=len(which), lies=told, slow_answers=slow)


# Who finds addresses ─────────────────────────────────────────────────────────────────────────────


def geocoder(kind: str) -> FakeServer:
    """One that knows `Mühle`."""
    if kind == geocoding.PHOTON:
        photon = FakePhoton()
        photon.known["Mühle"] = [feature(53.8, 10.6, name="Mühle")]
        return photon
    nominatim = FakeNominatim()
    nominatim.known["Mühle"] = [{"lat": "53.8", "lon": "10.6", "name": "Mühle"}]
    return nominatim


@pytest.mark.torture
@pytest.mark.parametrize("kind", [geocoding.PHOTON, geocoding.NOMINATIM])
def test_a_geocoder_that_lies(kind: str) -> None:
    with geocoder(kind) as fake, DyingLine(fake.url) as line, FakeServer() as thief:
        lies = {**LENGTHS, **HEADS, **BODIES, **redirects(thief.url)}
        for how, answering in lies.items():
            line.fate = lambda request, answering=answering: Fate(instead=answering, commits=False)  # type: ignore[misc]
            with HttpClient("osm", line.url, limits=LIMITS, sleep=lambda _: None) as http:
                with pytest.raises(ProviderError) as caught:
                    told = geocoding.places(kind, "Mühle", http)
                    raise AssertionError(f"{how}: {told}")
                assert caught.value.hint, how
        assert thief.log == []
