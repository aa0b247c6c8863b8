"""`cowork completion`: TAB for your shell.

The scripts themselves are made by `tools/generate.py` and lie in `completions/`; here stands where
each shell finds its own. A file of your shell's settings is never edited, only named.
"""

from pathlib import Path

from cowork_cli.commands import _options as options
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass

app = new_app()

SHELLS: dict[str, str] = {
    "bash": "cowork.bash",
    "zsh": "_cowork",
    "fish": "cowork.fish",
    "powershell": "cowork.ps1",
}


@dataclass(frozen=True, slots=True)
class CompletionScript:
    """The completion file of a shell."""

    shell: str
    script: str


@dataclass(frozen=True, slots=True)
class CompletionPlace:
    """Where the completion file of a shell lies, whether it lies there now, what is left to do.

    `line` has to stand in `line_file` once, None if the shell finds the file by itself.
    """

    shell: str
    path: Path
    installed: bool
    changed: bool
    line: str | None
    line_file: str | None


@verb(app, "show", data=CompletionScript, short="cowork completion show fish")
def show(
    context: Context,
    shell: Annotated[str, Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")],
) -> Result:
    """Print the completion script of a shell."""
    name = _known(shell)
    text = script(name)
    if context.wants_json:
        return Result(CompletionScript(name, text))
    return Result(content=text.encode())


@verb(app, "install", data=CompletionPlace, short="cowork completion install")
def install(
    context: Context,
    shell: Annotated[
        str | None,
        Argument(
            metavar="[SHELL]", help="bash, zsh, fish or powershell; default: the one you use."
        ),
    ] = None,
    remove: Annotated[bool, Option("--remove", help="Take it out again.")] = False,
    dry_run: options.DryRun = False,
) -> Result:
    """Put the completion script where your shell finds it; run it again after an update."""
    from cowork_cli.paths import write_private

    name = _known(shell) if shell else _used(context)
    path, line, line_file = _place(name, context)
    content = b"" if remove else script(name).encode()
    changed = path.is_file() if remove else not _holds(path, content)
    if changed and not dry_run:
        if remove:
            path.unlink()
        else:
            write_private(path, content)
    installed = path.is_file()
    place = CompletionPlace(name, path, installed, changed and not dry_run, line, line_file)
    return Result(place, notes=_said(place, remove=remove, dry_run=dry_run, changed=changed))


def script(shell: str) -> str:
    """The script of a shell, as it was shipped. Raises Failed where it is missing."""
    import cowork_cli
    from cowork_cli.errors import Failed

    package = Path(cowork_cli.__file__).parent
    # In a wheel they lie in the package; a working copy has them beside it.
    for folder in (package / "data" / "completions", package.parent / "completions"):
        file = folder / SHELLS[shell]
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise Failed(
        f"this copy of cowork came without the completion script for {shell}",
        "install cowork again",
    )


def _known(shell: str) -> str:
    from cowork_cli.errors import BadInput

    name = {"pwsh": "powershell"}.get(shell.casefold(), shell.casefold())
    if name in SHELLS:
        return name
    raise BadInput(f'there is no completion for "{shell}"', f"choose one of {', '.join(SHELLS)}")


def _used(context: Context) -> str:
    """The shell that is used, from `$SHELL`. Raises UsageError where that tells nothing."""
    import sys

    from cowork_cli.errors import UsageError

    name = Path(context.env.get("SHELL", "")).name.removesuffix(".exe")
    if not name and sys.platform == "win32":
        name = "powershell"
    if name == "pwsh" or name in SHELLS:
        return _known(name)
    raise UsageError(
        f'cannot tell which shell you use (SHELL is "{context.env.get("SHELL", "")}")',
        "name it, for example `cowork completion install bash`",
    )


def _place(shell: str, context: Context) -> tuple[Path, str | None, str | None]:
    """The file of a shell, and the line that has to stand in a file of its settings, if any."""
    env = context.env
    home = Path(env.get("HOME") or Path.home())
    data = _folder(env.get("XDG_DATA_HOME"), home / ".local" / "share")
    settings = _folder(env.get("XDG_CONFIG_HOME"), home / ".config")
    if shell == "bash":
        return data / "bash-completion" / "completions" / "cowork", None, None
    if shell == "fish":
        return settings / "fish" / "completions" / SHELLS[shell], None, None
    if shell == "zsh":
        folder = data / "zsh" / "site-functions"
        line = f"fpath=({_quoted(folder)} $fpath)"
        return folder / SHELLS[shell], line, f"{home / '.zshrc'}, above compinit"
    path = data / "cowork" / SHELLS[shell]
    quoted = str(path).replace("'", "''")
    return path, f". '{quoted}'", "the file that $PROFILE names"


def _folder(value: str | None, default: Path) -> Path:
    """A folder of the XDG base directory specification; relative values are to be ignored."""
    return Path(value) if value and Path(value).is_absolute() else default


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _said(place: CompletionPlace, *, remove: bool, dry_run: bool, changed: bool) -> list[str]:
    if remove:
        if not changed:
            return [f"There is no completion at {place.path}; nothing was changed."]
        notes = [f"{'Would remove' if dry_run else 'Removed'} {place.path}."]
        if place.line:
            notes.append(f"This line is no longer needed in {place.line_file}: {place.line}")
        return notes
    if not changed:
        notes = [f"{place.path} is up to date; nothing was changed."]
    else:
        notes = [f"{'Would write' if dry_run else 'Wrote'} {place.path}."]
    if place.line:
        return [*notes, f"This line has to stand in {place.line_file}: {place.line}"]
    if place.shell == "bash":
        return [
            *notes,
            "New shells load it if the package bash-completion is installed; without it, this "
            f"line in ~/.bashrc does: . {_quoted(place.path)}",
        ]
    return [*notes, "New shells load it by themselves."]
