"""What a parser of typed values says when it refuses: the `error:` and the `hint:` in full."""

from collections.abc import Callable

import pytest

from cowork_cli.errors import BadInput


def told(parse: Callable[[], object]) -> tuple[str, str | None]:
    """Message and hint of the refusal."""
    with pytest.raises(BadInput) as caught:
        parse()
    return caught.value.message, caught.value.hint
