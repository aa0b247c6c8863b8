"""How single things look on a terminal where a card of fields is not enough."""

from collections.abc import Callable
from typing import Any

from rich.console import RenderableType

VIEWS: dict[str, Callable[[Any, int], RenderableType]] = {}
