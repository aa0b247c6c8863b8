"""A file that a verb reads: `-` is standard input, whatever comes out of the pipe before."""

from cowork_cli.context import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

STDIN = "-"
LARGEST = 256 * 1024 * 1024  # bytes of standard input


def file_of(context: Context, name: str, *, folder: bool = False) -> "Path":
    """The file to read. For `-` one that holds standard input until the command ends; it is private.

    Raises BadInput where nothing, or too much, comes in, and for a name of nothing or of a folder, unless
    one may be named (`folder`).
    """
    from pathlib import Path

    from cowork_cli.errors import BadInput

    if name != STDIN:
        return _named(name, folder)
    from tempfile import TemporaryDirectory

    from cowork_cli.paths import write_private

    content = context.stdin.buffer.read(LARGEST + 1)
    if not content:
        raise BadInput(
            "nothing came in on standard input",
            f"as in `… | cowork {' '.join(context.command)} … -`",
        )
    if len(content) > LARGEST:
        raise BadInput("more than 256 MB came in on standard input", "give it in parts")
    place = context.until_closed(TemporaryDirectory(prefix="cowork-"))
    path = Path(place) / "stdin"
    write_private(path, content)
    return path


def _named(name: str, folder: bool) -> "Path":
    from pathlib import Path

    from cowork_cli.errors import BadInput

    if not name.strip() or "\0" in name:
        raise BadInput("no file was named", "give its path, or `-` for what comes out of a pipe")
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        raise BadInput(f"there is no home for {name}", "give the whole path") from None
    if path.is_dir() and not folder:
        raise BadInput(f"{path} is a folder", "give a file in it")
    return path
