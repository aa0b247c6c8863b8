"""A file that a verb reads: `-` is standard input, whatever comes out of the pipe before."""

from cowork_cli.context import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

STDIN = "-"
LARGEST = 256 * 1024 * 1024  # bytes of standard input


def file_of(context: Context, name: str) -> "Path":
    """The file to read. For `-` one that holds standard input until the command ends; it is private.

    Raises BadInput where nothing, or too much, comes in.
    """
    from pathlib import Path

    if name != STDIN:
        return Path(name).expanduser()
    from tempfile import TemporaryDirectory

    from cowork_cli.errors import BadInput
    from cowork_cli.paths import write_private

    content = context.stdin.buffer.read(LARGEST + 1)
    if not content:
        raise BadInput("nothing came in on standard input", "as in `… | cowork track import … -`")
    if len(content) > LARGEST:
        raise BadInput("more than 256 MB came in on standard input", "give it in parts")
    folder = context.until_closed(TemporaryDirectory(prefix="cowork-"))
    path = Path(folder) / "stdin"
    write_private(path, content)
    return path
