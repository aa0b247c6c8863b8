"""Spaces side by side: what each charges, when it is open, what it has, and what was measured there."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cowork_cli.errors import BadInput
from cowork_cli.services.spaces.results import Comparison, SpaceDetails
from cowork_cli.services.spaces.showing import Origin, details

if TYPE_CHECKING:
    from cowork_cli.services.spaces.detailing import Details

FEWEST, MOST = 2, 8


def compared(
    queries: Sequence[str], seen_from: Origin | None, asker: "Details", *, now: datetime
) -> Comparison:
    """The spaces meant, in the order named. Raises BadInput for one named twice or too many."""
    if not FEWEST <= len(queries) <= MOST:
        raise BadInput(
            f"{len(queries)} {'space' if len(queries) == 1 else 'spaces'} cannot be compared",
            f"name {FEWEST} to {MOST}, as in `cowork space compare ONE OTHER`",
        )
    pages: dict[str, SpaceDetails] = {}
    for query in queries:
        page = details(query, seen_from, asker, now=now)
        if str(page.ref) in pages:
            raise BadInput(f"{page.name} ({page.ref}) was named twice", "name each space once")
        pages[str(page.ref)] = page
    return Comparison(pages.values())
