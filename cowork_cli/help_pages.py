"""The texts of `--help`: of the root, a noun, a verb. Each begins with what people type.

Nothing is loaded but the verbs that a text is about, and no word is broken at any width. Who adds a noun
adds it to `app.NOUNS`; here it is only put beside its like.
"""

from cowork_cli import app

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cowork_cli.commands._markers import Parameter

WIDTH = 80  # columns; a narrower terminal gets narrower lines
NARROWEST = 40
_EXAMPLES = 3  # of a noun
_WIDEST_NAME = 24  # of an option; one that is longer has its text below

# The five things people do, in the order of a job.
FIRST: dict[str, str] = {
    "cowork search Leipzig": "find a place to work",
    'cowork book "Desk 1" --on monday': "book the desk, once",
    "cowork start acme/site Konzept": "record hours; cowork stop ends it",
    "cowork invoice draft acme": "bill them, with the e-invoice inside",
    "cowork status": "what runs, what is booked, what is due",
}
GROUPS: dict[str, tuple[str, ...]] = {
    "places": ("space", "place", "plan", "desk", "booking", "standing", "absence", "compare",
               "tour", "survey"),
    "office": ("address", "contract", "post", "people", "team", "event", "membership", "feedback",
               "profile"),
    "hours": ("client", "project", "job", "track", "report", "day", "trial"),
    "money": ("quote", "invoice", "expense", "bank", "books"),
    "yours": ("account", "provider", "config", "data", "completion"),
}  # fmt: skip
GLOBALS: tuple[tuple[str, str], ...] = (
    ("-o, --output FORM", "table, plain, json, csv (default: table; plain in a pipe)"),
    ("--json[=FIELD,...]", "short for --output json; with fields, only these"),
    ("--header", "names of the columns above plain output"),
    ("--no-input", "never ask; a missing answer is an error naming the flag"),
    ("-y, --yes", "answer yes"),
    ("--home DIR", "keep everything in DIR (as COWORK_HOME)"),
    ("-q, --quiet", "no notes, progress or hints"),
    ("--no-color", "no colour (as NO_COLOR)"),
    ("--no-pager", "long output is not paged"),
    ("--debug", "say what is going on, on stderr"),
    ("-V, --version", "show the version"),
    ("-h, --help", "show help, also of a noun or a verb"),
)
LINKS = (
    "Docs: `man cowork`, and docs/ where README.md lies.",
    "Faults: an issue where you got cowork, with what `cowork --version` says.",
)


def root(version: str, width: int = WIDTH) -> str:
    """The text of `cowork --help`: one screen."""
    left = max(len(line) for line in FIRST) + 4
    lines = [f"cowork {version}: the terminal office of a freelancer", ""]
    lines += _table(FIRST.items(), width, left)
    lines += _paragraph("New here? `cowork demo` shows it, `cowork init` sets you up.", width)
    lines += ["", "Usage: cowork [GLOBAL] NOUN VERB [THING...] [--options]"]
    lines += _table(_words(), width, 10)
    lines += _paragraph(
        "Global, anywhere: -o table|plain|json|csv, --json[=FIELD,...], --header, -y/--yes, -q/--quiet, "
        "--no-input, --home DIR, --no-color, --no-pager, --debug, -V/--version, -h/--help",
        width,
        "  ",
    )
    lines += _paragraph(
        "`cowork help` says what each word is, `cowork NOUN --help` what it can do.", width
    )
    for link in LINKS:
        lines += _paragraph(link, width)
    return "\n".join(lines)


def overview(version: str, topics: "dict[str, str]", width: int = WIDTH) -> str:
    """The text of `cowork help`: that of the root, then each word and each topic with its line."""
    short = {word: f"short for {' '.join(path)}" for word, path in app.SHORTCUTS.items()}
    tables = {
        "Nouns (cowork NOUN --help lists the verbs):": app.NOUNS,
        "Verbs:": {**app.VERBS, **short},
        "Global flags, anywhere on the line:": dict(GLOBALS),
        "Topics (cowork help TOPIC):": topics,
    }
    lines = [root(version, width)]
    for title, rows in tables.items():
        left = 22 if title.startswith("Global") else 14
        lines += ["", title, *_table(rows.items(), width, left)]
    return "\n".join(lines)


def noun(path: tuple[str, ...], width: int = WIDTH) -> str:
    """The text of `cowork NOUN --help`, or of a branch of its verbs."""
    word, *branch = path
    verbs = app.verbs_of(word)
    below = [one for name, one in verbs.items() if name.split()[: len(branch)] == branch]
    lines = ["Examples:"]
    for example in [str(one.example) for one in below if one.example][:_EXAMPLES]:
        lines += _command(example, width)
    name = " ".join(path)
    said = app.BRANCHES.get(name) or app.NOUNS[word]
    lines += ["", f"Usage: cowork {name} VERB [THING...] [--options]", ""]
    lines += _paragraph(f"{_capital(said)}.", width, "  ", "  ")
    lines += ["", "Verbs:"]
    rows = {verb: _capital(text) for verb, text in app.verb_words(path).items()}
    lines += _table(rows.items(), width, 14)
    return "\n".join([*lines, "", f"cowork {name} VERB --help shows the options of one."])


def verb(one: "app.Verb", width: int = WIDTH) -> str:
    """The text of `cowork NOUN VERB --help`."""
    lines = []
    if one.function.example:
        lines += [*_command(str(one.function.example), width, "Example: "), ""]
    arguments = [each for each in one.parameters if not each.is_option]
    options = [each for each in one.parameters if each.is_option]
    usage = [f"Usage: {one.name}", *map(spelled, arguments), *(["[--options]"] if options else [])]
    lines += _paragraph(" ".join(usage), width, "         ")
    for paragraph in (one.function.__doc__ or "").strip().split("\n\n"):
        lines += ["", *_paragraph(" ".join(paragraph.split()), width, "  ", "  ")]
    for title, several in (("Arguments:", arguments), ("Options:", options)):
        if several:
            rows = [(_left(each), _right(each)) for each in several]
            left = min(max(len(name) for name, _ in rows), _WIDEST_NAME) + 4
            lines += ["", title, *_table(rows, width, left)]
    fields = f"`cowork help json {' '.join(one.path)}`"
    lines += ["", *_paragraph(f"Global flags: `cowork help`. Fields of --json: {fields}.", width)]
    return "\n".join(lines)


def spelled(argument: "Parameter") -> str:
    """An argument as the usage shows it: `CLIENT`, `[NOTE]`, `DESK...`."""
    word = (argument.marker.metavar or argument.name.upper()).replace("…", "...")
    if argument.many and not word.rstrip("]").endswith("...") and " " not in word:
        word = f"{word.strip('[]')}..."
    needed = argument.default is _required()
    return word if needed or word.startswith("[") else f"[{word}]"


def _required() -> object:
    from cowork_cli.commands._markers import Required

    return Required


def _left(one: "Parameter") -> str:
    if not one.is_option:
        return spelled(one).strip("[]").replace("] [", " ")
    names = ", ".join(one.on)
    if one.off:
        names += f" / {', '.join(one.off)}"
    if not one.takes_value:
        return names
    return f"{names} {one.marker.metavar or ('N' if one.kind in (int, float) else 'TEXT')}"


def _right(one: "Parameter") -> str:
    """What it means, with its default where one is taken, and whether it must be there."""
    text = str(one.marker.help).replace("\n", " ")
    if one.default is _required():
        return f"{text} [needed]" if one.is_option else text
    plain = one.default in (None, False, True, "") or one.default == []
    return text if plain or not one.marker.show_default else f"{text} [default: {one.default}]"


def _words() -> "list[tuple[str, str]]":
    """Each group of nouns, then what stands in none; verbs; short forms."""
    grouped = {word for words in GROUPS.values() for word in words}
    groups = {**GROUPS, "more": tuple(word for word in app.NOUNS if word not in grouped)}
    rows = [(name, [word for word in words if word in app.NOUNS]) for name, words in groups.items()]
    rows += [("verbs", list(app.VERBS)), ("short", list(app.SHORTCUTS))]
    return [(name, " ".join(words)) for name, words in rows if words]


# ---- lines


def _table(rows: "Iterable[tuple[str, str]]", width: int, left: int) -> list[str]:
    """Names and their texts, which begin in column `left`; below a name that reaches so far."""
    lines = []
    for name, text in rows:
        start = f"  {name}".ljust(left)
        if len(start) > left or width - left < NARROWEST // 2:
            lines += [f"  {name}", *_paragraph(text, width, " " * 6, " " * 6)]
        else:
            lines += _paragraph(text, width, " " * left, start)
    return lines


def _command(line: str, width: int, start: str = "  ") -> list[str]:
    """A command; where it is cut, a shell reads on: pasted, it is one line again."""
    below = "    "
    lines, now = [], start
    for word in _shell_words(line):
        glue = "" if now in (start, below) else " "
        if glue and len(now) + 1 + len(word) > width - 2:
            lines.append(f"{now} \\")
            now, glue = below, ""
        now += glue + word
    return [*lines, now]


def _shell_words(line: str) -> "Sequence[str]":
    """The words of a command as they are typed; what is quoted is one of them."""
    import re

    return re.findall(r"(?:'[^']*'|\"[^\"]*\"|\S)+", line)


def _paragraph(text: str, width: int, below: str = "", start: str = "") -> list[str]:
    from textwrap import wrap

    return wrap(
        text, width, initial_indent=start, subsequent_indent=below,
        break_long_words=False, break_on_hyphens=False,
    ) or [start.rstrip()]  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
