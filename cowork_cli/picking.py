"""Picking one of several at a terminal, by arrow keys and by typing: `fzf` where it is, else questionary."""

import subprocess
from shutil import which

from cowork_cli.context import Context
from cowork_cli.errors import Declined
from cowork_cli.output.text import one_line

_NONE_FITS = 1  # exit codes of fzf
_LEFT = 130


def pick(context: Context, question: str, known: list[tuple[str, str]]) -> str:
    """The name that the person picks of (name, description). Raises Declined; lets an interrupt pass."""
    program = which("fzf", path=context.env.get("PATH"))
    known = [(name, one_line(said)) for name, said in known if name.isprintable()]
    return _by_fzf(program, question, known) if program else _by_questionary(question, known)


def _by_fzf(program: str, question: str, known: list[tuple[str, str]]) -> str:
    lines = "".join(f"{name}\t{said}\n" for name, said in known)
    done = subprocess.run(
        [program, "--prompt", f"{question}: ", "--height", "~15", "--layout", "reverse", "--no-multi"],
        input=lines, stdout=subprocess.PIPE, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode == _LEFT:
        raise KeyboardInterrupt
    if done.returncode == _NONE_FITS or not done.stdout.strip():
        raise Declined("nothing was picked, nothing was changed")
    return done.stdout.rstrip("\n").partition("\t")[0]


def _by_questionary(question: str, known: list[tuple[str, str]]) -> str:
    import sys

    import questionary
    from prompt_toolkit.output import create_output

    width = max(len(name) for name, _ in known)
    choices = [
        questionary.Choice(f"{name:<{width}}  {said}".rstrip(), name) for name, said in known
    ]
    chosen = questionary.select(
        question, choices, use_search_filter=True, use_jk_keys=False, qmark="",
        instruction="(arrows, or type)", output=create_output(sys.stderr),
    ).unsafe_ask()  # fmt: skip
    if chosen is None:
        raise Declined("nothing was picked, nothing was changed")
    return str(chosen)
