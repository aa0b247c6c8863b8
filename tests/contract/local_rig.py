"""Owns how domain values are told to the own directory and its book, whose server is the store."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from cowork_cli.paths import Paths
from cowork_cli.providers.local import LocalProvider
from cowork_cli.services.calendar import opening
from cowork_cli.store import spaces
from cowork_cli.store.engine.store import open_store
from tests.contract.rig import Rig

NOW_MS = 1_795_626_000_000  # 2026-11-25T18:00:00+01:00


class LocalRig(Rig):
    """The store keeps refs of spaces and desks as they are given, and numbers bookings itself."""

    name = "local"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        paths = Paths(*(folder / part for part in ("config", "data", "cache", "state")))
        self.store = open_store(
            paths, now_ms=NOW_MS, command="test", expected=False, note=lambda line: None
        )
        self.stack.callback(self.store.close)
        self.provider = LocalProvider(self.account, {}, store=self.store, hours=opening.spans)

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            priced = replace(thing, prices=(thing.price_from,) if thing.price_from else ())
            with self.store.transaction() as journal:
                spaces.add(journal, priced)
        elif isinstance(thing, Desk):
            space_id = spaces.row_id(self.store, thing.space_ref)
            assert space_id is not None
            with self.store.transaction() as journal:
                spaces.add_desk(journal, space_id, thing)
        elif isinstance(thing, ProviderBooking):
            return self._given_booking(thing)
        return thing

    def _given_booking(self, booking: ProviderBooking) -> ProviderBooking:
        found = spaces.desk_named(self.store, booking.desk)
        assert found is not None
        with self.store.transaction() as journal:
            row_id = journal.insert(
                "local_bookings",
                {
                    "desk_id": found[0],
                    "from_at": int(booking.window.from_.timestamp()),
                    "to_at": int(booking.window.to.timestamp()),
                    "person": booking.person,
                    "title": booking.title,
                    "state": booking.state,
                    "key": f"given-{booking.ref.id}",
                },
            )
        return replace(booking, ref=Ref(self.account, f"booking-{row_id}"))
