"""One of a crowd: plays command lines one after another and says what came of each; started by test_crowd_mixed.

Reads a JSON object from standard input: `home` and `lines`. Writes a list of [words, exit code, stderr].
"""

import json
import sys
from pathlib import Path

from tests.torture import arena


def main() -> None:
    """Plays them."""
    order = json.load(sys.stdin)
    told = []
    for words in order["lines"]:
        done = arena.play(Path(order["home"]), *words)
        told.append([words, done.code, done.err])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
