"""What a verb says of its parameters: the names, the value and the meaning of an option or argument.

The markers stand in the annotations and know nothing of Typer; Typer's own objects are built from
them (`typer_command`) where Typer is wanted: for help, for errors, for what is generated.
"""


class Option:
    """An option: its spellings (`-n`, `--dry-run`; `--yes/--no` for both ways of a flag).

    `metavar` stands for its value in the help, which also shows the default unless told not to.
    """

    __slots__ = ("help", "metavar", "names", "show_default")

    def __init__(
        self, *names: str, metavar: str | None = None, help: str = "", show_default: bool = True
    ):
        self.names = names
        self.metavar = metavar
        self.help = help
        self.show_default = show_default


class Argument:
    """A positional argument; a list takes all the words that are left."""

    __slots__ = ("help", "metavar", "show_default")

    def __init__(self, *, metavar: str | None = None, help: str = "", show_default: bool = True):
        self.metavar = metavar
        self.help = help
        self.show_default = show_default
