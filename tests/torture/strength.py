"""How hard torture tries.

Each attack says how many cases of it fit into the half hour of `make torture`. `COWORK_TORTURE=10` tries ten
times as many, `0.2` a fifth of them, `all` each one that there is.
"""

import math
import os

_SAID = os.environ.get("COWORK_TORTURE", "1")
TIMES = math.inf if _SAID == "all" else float(_SAID)


def cases(half_hour: int, *, of: int) -> int:
    """How many are tried `of` those that there are."""
    return of if math.isinf(TIMES) else min(of, max(1, round(half_hour * TIMES)))
