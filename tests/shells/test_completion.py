"""The completion files in real shells: each is sourced and asked.

`cowork` is a small script on PATH that writes down every call, so that a test can say what was
asked of it and that nothing was where nothing should be.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tools.generators import tree, values
from tools.generators.tree import Command

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "bash": ROOT / "completions" / "cowork.bash",
    "zsh": ROOT / "completions" / "_cowork",
    "fish": ROOT / "completions" / "cowork.fish",
    "powershell": ROOT / "completions" / "cowork.ps1",
}
# Partial: one argument that nobody has decided fails one test below, not all of them.
COMMANDS = tree.commands(partial=True)
GLOBALS = {name for option in tree.GLOBALS for name in option.names}
NAMES = """\
2.7
client\tacme\tACME GmbH
client\tzebra\tZebra: Streifen & Söhne
project\tacme/site\tWebsite
project\tacme/shop\tShop
space\tlocal:dorf\tDorfbüro\tDorfbüro
space\tlocal:hafen\tHafen 7\tHafen 7
space\tlocal:basislager\tBasislager\tBasislager
space\tosm:node/7\tAlte Mühle\tAlte Mühle
space\tosm:node/8\tTwin\tTwin
space\tosm:node/9\tTwin\tTwin
space\tosm:node/10\t$(touch pwned) `x`\t$(touch pwned) `x`
space\tosm:node/11\tCafé "Zum $5": Ü's \\o/\tCafé "Zum $5": Ü's \\o/
space\tosm:node/12\t--json Labor\t--json Labor
space\tosm:node/13\tHalle \x1b[31m rot\tHalle \x1b[31m rot
desk\tlocal:dorf/desk-1\tFenster, Dorfbüro\tFenster
desk\tlocal:dorf/desk-2\tTür, Dorfbüro\tTür
desk\tlocal:hafen/desk-2\tSofa, Hafen 7\tSofa
desk\tlocal:labor/desk-3\tSofa, Labor\tSofa
booking\tb-1\tThu 26 Nov 2026 09:00-17:00, Fenster, Dorfbüro
booking\tb-2\tFri 27 Nov 2026 09:00-17:00, Tür, Dorfbüro
absence\toff-1\t2026-12-24..2027-01-01, Skiing
standing\tmondays\tactive, from 2026-11-30
address\ta-1\tHafenbüro
contract\tc-1\tHafenbüro, Vertrag
post\tp-1\tFinanzamt, letter, 2026-11-20
expense\tx-1\t2026-11-02, Paper
draft\tdraft-3\tACME GmbH
invoice\t2026-0001\tACME GmbH, 2026-11-02
"""


@dataclass(frozen=True)
class World:
    """A home with names, and `cowork` on PATH."""

    home: Path
    folder: Path
    env: dict[str, str]

    @property
    def calls(self) -> list[str]:
        """What `cowork` was asked, in order."""
        log = self.folder.parent / "bin" / "calls"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def world(home: Path, tmp_path: Path) -> World:
    (home / "state").mkdir(parents=True)
    (home / "state" / "names.tsv").write_text(NAMES, encoding="utf-8")
    (home / "data" / "backups").mkdir(parents=True)
    (home / "data" / "backups" / "cowork-20261124-180000.zip").write_bytes(b"PK")
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(
        'output = "plain"\n[accounts.hafen]\nprovider = "cobot"\n[seller]\nname = "other"\n'
    )
    folder = tmp_path / "bin"
    folder.mkdir()
    shim = folder / "cowork"
    shim.write_text(
        f'#!/bin/sh\necho "$@" >> "{folder}/calls"\nexec "{sys.executable}" -m cowork_cli "$@"\n',
        encoding="utf-8",
    )
    shim.chmod(0o755)
    there = tmp_path / "there"
    (there / "folder").mkdir(parents=True)
    (there / "file.tar").write_text("", encoding="utf-8")
    env = {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "COWORK_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
    }
    return World(home, there, env)


def run(world: World, program: list[str]) -> str:
    done = subprocess.run(
        program,
        cwd=world.folder,
        env=world.env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == "", done.stderr
    assert done.returncode == 0, done
    return done.stdout


def needed(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed")
    return found


# ---- asking


def split_by_bash(line: str) -> list[str]:
    """The words of a line as bash gives them to a completion: `:` and `=` stand alone."""
    words = []
    for word in re.split(r"\s+", line):
        words += [part for part in re.split(r"([:=]+)", word) if part] or [""]
    return words


def quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def bash_question(line: str) -> str:
    words = " ".join(quoted(word) for word in split_by_bash(line))
    return (
        f"COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE={quoted(line)}\n"
        'COMP_POINT=${#COMP_LINE}; "$function" cowork\n'
        'printf "%s\\n" "${COMPREPLY[@]}" --end--\n'
    )


def ask_bash(world: World, *lines: str) -> list[list[str]]:
    script = f"source {FILES['bash']}\nset -- $(complete -p cowork)\nfunction=$3\n"
    output = run(
        world,
        [
            needed("bash"),
            "--norc",
            "--noprofile",
            "-c",
            script + "".join(map(bash_question, lines)),
        ],
    )
    answers = [answer.splitlines() for answer in output.split("--end--\n")[:-1]]
    return [[word for word in answer if word] for answer in answers]


def ask_fish(world: World, *lines: str) -> list[list[str]]:
    script = f"source {FILES['fish']}\n"
    script += "".join(f"complete -C {quoted(line)}\necho --end--\n" for line in lines)
    output = run(world, [needed("fish"), "--no-config", "-c", script])
    answers = [answer.splitlines() for answer in output.split("--end--\n")[:-1]]
    return [[row.partition("\t")[0] for row in answer] for answer in answers]


# zsh completes only at a prompt. This one lists what it would insert, through a hook in `compadd`.
ZSH = r"""
autoload -Uz compinit && compinit -u -D
compadd() {
    local -a hits descriptions
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
    local -a array; local index=${@[(I)-d]}
    builtin compadd -A hits "$@"
    builtin compadd "$@"
    local hit; for hit in $hits; do print -r -- "<$hit>" >> $answer; done
}
list() { zle complete-word; print -r -- end >> $answer; zle kill-whole-line }
"""


def ask_zsh(world: World, *lines: str) -> list[list[str]]:
    """Types each line and TAB into an interactive zsh; returns the words it would offer."""
    zsh = needed("zsh")
    answer = world.folder.parent / "answer"
    answer.write_text("")
    setup = world.folder.parent / "setup.zsh"
    setup.write_text(
        f"fpath=({FILES['zsh'].parent} $fpath)\nanswer={quoted(str(answer))}\n{ZSH}\n"
        "zle -C complete-word complete-word _main_complete\nzle -N list; bindkey '^I' list\n"
        "PS1='READY> '\n",
        encoding="utf-8",
    )
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [zsh, "-f", "-i"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=world.folder,
        env={**world.env, "PS1": "WAIT> "},
        start_new_session=True,
    )
    os.close(slave)
    try:
        os.write(master, f"source {setup}\n".encode())
        wait_for(master, lambda seen: "READY>" in seen.replace("'READY> '", ""))
        for number, line in enumerate(lines, 1):
            os.write(master, f"{line}\t".encode())
            wait_for(master, lambda _, n=number: answer.read_text().count("end\n") == n)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    answers = answer.read_text(encoding="utf-8").split("end\n")[:-1]
    return [list(dict.fromkeys(re.findall(r"^<(.*)>$", text, re.MULTILINE))) for text in answers]


def wait_for(master: int, ready: Callable[[str], bool], seconds: float = 300) -> str:
    """Reads what the shell writes until `ready`; a shell that never gets there fails the test."""
    seen, end = "", time.monotonic() + seconds
    while not ready(seen):
        assert time.monotonic() < end, f"the shell did not get there:\n{seen}"
        if select.select([master], [], [], 0.05)[0]:
            seen += os.read(master, 65536).decode(errors="replace")
    return seen


ASK: dict[str, Callable[..., list[list[str]]]] = {
    "bash": ask_bash,
    "fish": ask_fish,
    "zsh": ask_zsh,
}
IN_EVERY_SHELL = pytest.mark.parametrize("shell", ASK)

# ---- what is offered: (line, words that must be offered, words that must not)

STATIC = [
    ("cowork sp", {"space"}, {"search"}),
    ("cowork ", {"space", "status", "start", "book"}, {"--json"}),
    ("cowork space ", {"search", "show"}, {"space", "status"}),
    ("cowork --json --home /nowhere space s", {"search", "show"}, {"status"}),
    ("cowork space search --ki", {"--kind"}, {"--key"}),
    ("cowork space search --kind ", {"day", "booth"}, {"desk"}),
    ("cowork desk list x --kind ", {"desk", "booth"}, {"virtual"}),
    ("cowork search --ra", {"--radius"}, set()),
    ("cowork start --a", {"--at"}, {"--all"}),
    ("cowork track list --js", {"--json"}, set()),
    ("cowork -o ", {"table", "plain", "json", "csv"}, {"space"}),
    ("cowork client list -o ", {"table", "json"}, set()),
    ("cowork report hours --by ", {"day", "client"}, {"entry"}),
    ("cowork invoice draft acme --group ", {"day", "entry"}, {"client"}),
    ("cowork client add x --tax re", {"reduced", "reverse-charge"}, {"standard"}),
    ("cowork client add x --language ", {"de", "en"}, set()),
    ("cowork client add x --type ", {"business", "public"}, set()),
    ("cowork config set seller.n", {"seller.name"}, {"timezone"}),
    ("cowork account add x --provider ", {"local", "coworkingview"}, set()),
    ("cowork help ", {"json", "times"}, {"space"}),
    ("cowork completion show ", {"bash", "zsh", "fish", "powershell"}, set()),
    ("cowork book x --on tom", {"tomorrow"}, {"today"}),
    ("cowork track import --format ti", {"timewarrior", "timeclock", "timetrap"}, {"toggl"}),
    ("cowork track export --format i", {"ical"}, {"csv"}),
    ("cowork books export --format h", {"hledger"}, {"datev"}),
    ("cowork expense add --category re", {"rent"}, {"it"}),
    ("cowork client add x --country D", {"DE", "DK"}, {"FR"}),
    ("cowork mcp --only tr", {"track"}, {"stop"}),
    ("cowork invoice verify fi", {"file.tar"}, set()),
    ("cowork undo --", {"--json", "--yes"}, {"--kind"}),
]
OWN = [
    ("cowork start acme/", {"acme/site", "acme/shop"}, {"acme"}),
    ("cowork track add ac", {"acme/site"}, {"acme"}),
    ("cowork --json start ac", {"acme/site"}, set()),
    ("cowork track --quiet start -o json --at 9:00 ac", {"acme/site"}, {"acme"}),
    ("cowork track list --client ", {"acme", "zebra"}, {"acme/site"}),
    ("cowork track list --project acme/sh", {"acme/shop"}, {"acme/site"}),
    ("cowork client show z", {"zebra"}, {"acme"}),
    ("cowork invoice show ", {"draft-3", "2026-0001"}, set()),
    ("cowork invoice issue d", {"draft-3"}, {"2026-0001"}),
    ("cowork booking show ", {"b-1"}, set()),
    ("cowork space show lo", {"local:dorf", "local:hafen"}, {"local:dorf/desk-1"}),
    ("cowork space show bas", {"Basislager"}, {"local:basislager", "Hafen 7"}),
    ("cowork space show BASIS", {"Basislager"}, {"Hafen 7"}),
    ("cowork space show slag", {"Basislager"}, {"Hafen 7"}),
    ("cowork space show tw", {"osm:node/8", "osm:node/9"}, {"Twin"}),
    ("cowork search bas", {"Basislager"}, {"Bad Homburg"}),
    ("cowork search --near oranienb", {"Oranienburg"}, {"Basislager"}),
    ("cowork search --near oranienb", {"Oranienburg"}, {"Nauen"}),
    ("cowork space show bas --from Pots", {"Potsdam"}, {"Basislager"}),
    ("cowork place find Oranienbau", {"Oranienbaum-Wörlitz"}, {"Oranienburg"}),
    ("cowork book Fen", {"Fenster"}, {"local:dorf/desk-1", "Tür"}),
    ("cowork book sof", {"local:hafen/desk-2", "local:labor/desk-3"}, {"Sofa"}),
    ("cowork book hafen", {"local:hafen/desk-2"}, {"Fenster"}),
    ("cowork start web", {"acme/site"}, {"acme/shop"}),
    ("cowork booking cancel tür", {"b-2"}, {"b-1"}),
    ("cowork booking cancel thu", {"b-1"}, {"b-2"}),
    ("cowork absence remove ", {"off-1"}, set()),
    ("cowork standing pause ", {"mondays"}, set()),
    ("cowork address show ha", {"a-1"}, {"c-1"}),
    ("cowork contract show ", {"c-1"}, {"a-1"}),
    ("cowork post done fin", {"p-1"}, set()),
    ("cowork expense show ", {"x-1"}, set()),
    ("cowork data restore fi", {"file.tar"}, set()),
    ("cowork data restore cow", {"cowork-20261124-180000.zip"}, {"file.tar"}),
    ("cowork account show ", {"hafen", "local"}, {"other"}),
    ("cowork search --account h", {"hafen"}, {"local"}),
    ("cowork space show --json", {"--json"}, {"osm:node/12", "--json Labor"}),
    ("cowork space show labor", {"osm:node/12"}, {"--json Labor"}),
    ("cowork space show halle", {"osm:node/13"}, {"Halle \x1b[31m rot"}),
]


def check(shell: str, cases: list[tuple[str, set[str], set[str]]], world: World) -> None:
    answers = ASK[shell](world, *(line for line, _, _ in cases))
    for (line, offered, not_offered), found in zip(cases, answers, strict=True):
        assert offered <= set(found), line
        assert not set(found) & not_offered, line


@IN_EVERY_SHELL
def test_a_home_of_any_name(shell: str, world: World, tmp_path: Path) -> None:
    """Blanks, quotes, a line break: the names are found, and nothing that is written there is run."""
    odd = tmp_path / "line\nbreak $(touch pwned) `touch pwned` 'x\" ü"
    shutil.copytree(world.home, odd)
    there = replace(world, home=odd, env={**world.env, "COWORK_HOME": str(odd)})
    (found,) = ASK[shell](there, "cowork client show ")
    assert {"acme", "zebra"} <= set(found)
    assert not list(tmp_path.rglob("pwned"))


@IN_EVERY_SHELL
def test_what_is_static_starts_no_program(shell: str, world: World) -> None:
    check(shell, STATIC, world)
    assert world.calls == []


@IN_EVERY_SHELL
def test_names_of_your_own(shell: str, world: World) -> None:
    check(shell, OWN, world)
    assert world.calls
    assert all(call.startswith("_names ") for call in world.calls)


@IN_EVERY_SHELL
def test_a_home_on_the_line_is_the_one_that_is_asked(
    shell: str, world: World, tmp_path: Path
) -> None:
    (tmp_path / "other" / "state").mkdir(parents=True)
    (tmp_path / "other" / "state" / "names.tsv").write_text("1\nclient\tother\tOther\n")
    assert ASK[shell](
        world,
        f"cowork --home {tmp_path}/other client show ",
        f"cowork client show --home {tmp_path}/other o",
        f"cowork client --home={tmp_path}/other show ot",
    ) == [["other"], ["other"], ["other"]]


@IN_EVERY_SHELL
def test_no_names_is_no_trouble(shell: str, world: World) -> None:
    (world.home / "state" / "names.tsv").unlink()
    assert ASK[shell](world, "cowork client show ") == [[]]


@IN_EVERY_SHELL
def test_an_argument_that_takes_many_goes_on_and_one_that_takes_one_ends(
    shell: str, world: World
) -> None:
    many, one = ASK[shell](world, "cowork desk free b-1 --on today loc", "cowork desk list one loc")
    assert any("desk-2" in word for word in many)
    assert one == []


# ---- bash


def test_bash_keeps_what_readline_keeps_of_a_name_with_a_colon(world: World) -> None:
    assert ask_bash(
        world,
        "cowork book local:do",
        "cowork book local:",
        "cowork book 'local:do",
        "cowork report hours --by=da",
        "cowork track list --project=acme/si",
        "cowork book local:dorf/desk-1 local:dorf/desk-2",
    ) == [
        ["dorf/desk-1", "dorf/desk-2"],
        ["dorf/desk-1", "dorf/desk-2", "hafen/desk-2", "labor/desk-3"],
        ["local:dorf/desk-1", "local:dorf/desk-2"],
        ["day"],
        ["acme/site"],
        ["dorf/desk-2"],
    ]


def test_bash_where_a_colon_breaks_no_word(world: World) -> None:
    line = "cowork book local:do"
    script = (
        f"source {FILES['bash']}\nCOMP_WORDBREAKS=' '\n"
        f"COMP_WORDS=({line}) COMP_CWORD=2 COMP_LINE='{line}'\n_cowork\necho ${{COMPREPLY[@]}}\n"
        "COMP_WORDS=(cowork -o=js) COMP_CWORD=1 COMP_LINE='cowork -o=js'\n_cowork\n"
        "echo ${COMPREPLY[@]}"
    )
    assert run(world, [needed("bash"), "--norc", "-c", script]).splitlines() == [
        "local:dorf/desk-1 local:dorf/desk-2",
        "-o=json",
    ]


def test_bash_at_a_real_prompt(world: World) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [needed("bash"), "--norc", "--noprofile", "-i"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=world.folder,
        env={**world.env, "PS1": "READY> ", "INPUTRC": os.devnull},
        start_new_session=True,
    )
    os.close(slave)
    try:
        os.write(master, f'source {FILES["bash"]}; cowork() {{ echo "<$*>"; }}\n'.encode())
        wait_for(master, lambda seen: seen.count("READY>") >= 2)
        os.write(master, b"cowork bo\t\x15cowork book local:dorf/desk-1\t--no-p\t\n")
        seen = wait_for(master, lambda seen: "<book" in seen)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    assert "<book local:dorf/desk-1 --no-pager>" in seen


def test_bash_leaves_no_other_names_in_the_shell(world: World) -> None:
    script = (
        f"before=$(compgen -v; compgen -A function); source {FILES['bash']}\n"
        "comm -13 <(sort <<< $before) <(compgen -v | cat - <(compgen -A function) | sort)"
    )
    found = run(world, [needed("bash"), "--norc", "-c", script]).split()
    assert {name for name in found if not name.startswith("_cowork")} <= {
        "before",
        "_",
        "PIPESTATUS",
    }


# ---- descriptions


def test_fish_shows_descriptions(world: World) -> None:
    script = (
        f"source {FILES['fish']}; for line in 'cowork sp' 'cowork track s' 'cowork start acme/si' "
        "'cowork track start --ta'; complete -C $line; end"
    )
    output = run(world, [needed("fish"), "--no-config", "-c", script])
    assert "space\tfind spaces" in output
    assert "stop\tStop the running timer" in output
    assert "acme/site\tWebsite" in output
    assert "--tag\tA tag" in output


def test_fish_completes_a_value_after_an_equals_sign(world: World) -> None:
    assert ask_fish(world, "cowork report hours --by=d") == [["--by=day"]]


# ---- every option, in every file


def offered_options(row: Command) -> set[str]:
    return {name for option in row.options for name in option.names} | GLOBALS


def test_bash_and_the_help_know_the_same_options(world: World) -> None:
    lines = [f"cowork {row.name} -" for row in COMMANDS]
    for row, found in zip(COMMANDS, ask_bash(world, *lines), strict=True):
        assert set(found) == offered_options(row), row.name


def test_fish_and_the_help_know_the_same_options(world: World) -> None:
    lines = [f"cowork {row.name} -" for row in COMMANDS]
    for row, found in zip(COMMANDS, ask_fish(world, *lines), strict=True):
        assert set(found) == offered_options(row), row.name


def test_zsh_and_the_help_know_the_same_options() -> None:
    text = FILES["zsh"].read_text(encoding="utf-8")
    table = text.partition("_cowork_verb() {")[2].partition("\n}")[0]
    for row in COMMANDS:
        block = table.partition(f"'{row.name}') specs=(\n")[2].partition("    ) ;;")[0]
        spec = re.compile(r"^ +'(?:\([^)]*\)|\*)?(-[-\w]+)=?\[", re.MULTILINE)
        assert set(spec.findall(block)) == offered_options(row) - GLOBALS, row.name


def test_powershell_takes_specs_of_several_parts() -> None:
    """No PowerShell here: the file is read."""
    text = FILES["powershell"].read_text(encoding="utf-8")
    assert "'@backup+f'" in text
    assert "foreach ($Part in $Spec.Split('+'))" in text
    assert """"'" + $Text.Replace("'", "''") + "'\"""" in text, (
        "in single quotes, where `$` is a sign"
    )


def test_powershell_and_the_help_know_the_same_options() -> None:
    text = FILES["powershell"].read_text(encoding="utf-8")
    table = text.partition("CoworkTables.options = @{")[2].partition("\n}")[0]
    for row in COMMANDS:
        block = table.partition(f"    '{row.name}' = @(\n")[2].partition("    )")[0]
        found = set(re.findall(r"^ +'(-[-\w]+)\|", block, re.MULTILINE))
        assert found == offered_options(row) - GLOBALS, row.name


def test_the_help_of_every_verb_names_its_options() -> None:
    from cowork_cli import app, help_pages

    for verb, row in zip(app.all_verbs(), COMMANDS, strict=True):
        shown = set(re.findall(r"(?<![\w-])--[a-z][-a-z]+", help_pages.verb(verb)))
        options = {name for name in offered_options(row) - GLOBALS if name.startswith("--")}
        assert options <= shown, row.name


def test_the_global_flags_are_those_of_the_program() -> None:
    from cowork_cli import command_line

    assert {
        *command_line.FLAGS,
        *command_line.VALUES,
        "--json",
        "-h",
        "--help",
        "--version",
        "-V",
    } == GLOBALS
    takes_value = {n for option in tree.GLOBALS if not option.is_flag for n in option.names}
    assert takes_value == set(command_line.VALUES)


# ---- the table of decisions


def test_every_argument_is_decided_and_no_decision_is_left_over() -> None:
    found = {(row.name, one.name) for row in COMMANDS for one in row.arguments}
    for row in COMMANDS:
        for one in row.arguments:
            assert values.of_argument(row.path, one.name, one.metavar)
    decided = {(path, name) for path, rows in values.ARGUMENTS.items() for name in rows}
    assert decided <= found


def test_every_decision_about_an_option_meets_one() -> None:
    for key in values.OPTIONS:
        *path, name = key.split()
        assert any(
            name in option.names and list(row.path[: len(path)]) == path
            for row in COMMANDS
            for option in row.options
        ), key


def test_decisions_name_lists_and_kinds_that_there_are() -> None:
    from cowork_cli.store.names import KINDS

    used = set()
    for row in COMMANDS:
        for one in (*row.options, *row.arguments):
            used.add(one.value)
    used = {part for value in used for part in value.split("+")}
    for value in used:
        if value.startswith("@"):
            assert set(value[1:].split(",")) <= set(KINDS)
        elif value.startswith("="):
            assert values.LISTS[value[1:]]
        else:
            assert value in (values.FLAG, values.ANYTHING, values.FILE, values.FOLDER)
    used |= {option.value for option in tree.GLOBALS}
    assert {f"={name}" for name in values.LISTS} <= used


def test_every_file_option_completes_files() -> None:
    for row in COMMANDS:
        for option in row.options:
            if option.metavar.startswith("FILE"):
                assert option.value == values.FILE, f"{row.name} {option.names}"
