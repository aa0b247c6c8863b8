"""Data that is one object in JSON and a list of rows everywhere else."""

from collections.abc import Iterable
from typing import Any


class Listing(list[Any]):
    """Base of a dataclass that holds rows beside other facts: `History(changes)`.

    In JSON its fields are shown as those of any dataclass; as table, plain lines and CSV its rows.
    A subclass is a dataclass with `eq=False, repr=False` and fills itself in `__post_init__`.
    """

    def fill(self, rows: Iterable[Any]) -> None:
        """Takes the rows that are shown where there is one line for each."""
        self.extend(rows)
