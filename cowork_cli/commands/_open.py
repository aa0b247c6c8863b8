"""`--open`: a file that was written, handed to the program that the desktop has for it."""

from pathlib import Path

from cowork_cli.commands._markers import Annotated, Option
from cowork_cli.context import Context
from cowork_cli.errors import BadInput, Failed

OpenIt = Annotated[bool, Option("--open", help="Open the file with the desktop's own program.")]
STARTED_S = 5  # a starter that runs for longer has started something


def refuse_nothing_to_open(out: str | None, *, open_it: bool) -> None:
    """Raises BadInput where there will be no file."""
    if open_it and out in (None, "-"):
        raise BadInput("there is no file to open", "name one with `--out FILE`")


def open_file(context: Context, path: Path) -> None:
    """Hands a file to the desktop. Raises Failed where nobody there takes it; the file stays."""
    import os
    import shutil
    import subprocess
    import sys

    hint = f"it is written: open {path} yourself"
    if sys.platform == "win32":
        try:
            os.startfile(path)
        except OSError as error:
            raise Failed(f"Windows could not open {path}: {error.strerror}", hint) from error
        return
    program = "open" if sys.platform == "darwin" else "xdg-open"
    starter = shutil.which(program, path=context.env.get("PATH"))
    if starter is None:
        raise Failed(f"nothing here opens files: there is no {program}", hint)
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(
        [starter, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        code = started.wait(STARTED_S)
    except subprocess.TimeoutExpired:
        return
    if code:
        raise Failed(f"{program} could not open {path} (exit {code})", hint)
