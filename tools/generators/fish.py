"""Completion for fish 3.1 and newer, with descriptions."""

from collections.abc import Iterable, Mapping

from tools.generators import values
from tools.generators.bash import arguments_of
from tools.generators.tree import GLOBALS, NOUNS, SHORTCUTS, Command, Option, of_root, words_after

HEAD = """\
# Completion of cowork for fish. Made by tools/generate.py: change that, not this file.
# Only for names of your own is a program started, `cowork _names`; the rest stands here.
"""

BODY = r"""
# spec of the option $argv[1]: "-" flag, "." anything, f file, d folder, =LIST, @KIND, several with "+"
function __cowork_spec
    for row in (__cowork_options "$__cowork_path") (__cowork_globals)
        set -l cells (string split \t -- $row)
        if test "$cells[1]" = "$argv[1]"
            echo -- $cells[2]
            return
        end
    end
    echo -- -
end

# the values of the spec $argv[1] for the text $argv[2]
function __cowork_values
    for part in (string split + -- $argv[1])
        __cowork_part $part "$argv[2]"
    end
end

function __cowork_part
    switch "$argv[1]"
        case f
            __fish_complete_path "$argv[2]"
        case d
            __fish_complete_directories "$argv[2]"
        case '=*'
            __cowork_list (string sub -s 2 -- $argv[1])
        case '@*'
            set -l home $COWORK_HOME
            test -n "$__cowork_home"; and set home $__cowork_home
            COWORK_HOME="$home" command cowork _names (string sub -s 2 -- $argv[1]) "$argv[2]" 2>/dev/null
    end
end

function __cowork_complete
    set -l words (commandline -opc)
    set -l cur (commandline -ct | string unescape)
    set -g __cowork_path ''
    set -g __cowork_home ''
    set -l noun ''
    set -l count 0
    set -l waiting ''
    set -l only ''
    set -l option ''
    set -e words[1]
    for word in $words
        if test -n "$waiting"
            test "$option" = --home; and set -g __cowork_home $word
            set waiting ''
        else if test -z "$only" -a "x$word" = x--
            set only yes
        else if test -z "$only"; and string match -qr -- '^-.' $word; and not string match -qr -- '^-[0-9]+$' $word
            set option (string split -m 1 = -- $word)[1]
            set -l spec (__cowork_spec $option)
            if string match -q -- '*=*' $word
                test "$option" = --home; and set -g __cowork_home (string split -m 1 = -- $word)[2]
            else if test "x$spec" != x-
                set waiting $spec
            end
        else if test -z "$__cowork_path"
            set -g __cowork_path (__cowork_long $word)
            test -n "$__cowork_path"; or set -g __cowork_path $word
            set noun (__cowork_verbs $word)
        else if test -n "$noun"
            set -g __cowork_path "$__cowork_path $word"
            set noun (__cowork_verbs $__cowork_path)
        else
            set count (math $count + 1)
        end
    end
    if test -n "$waiting"
        __cowork_values $waiting "$cur"
    else if test -z "$only"; and string match -q -- '-*=*' "$cur"
        set -l parts (string split -m 1 = -- $cur)
        for value in (__cowork_values (__cowork_spec $parts[1]) "$parts[2]")
            echo -- "$parts[1]=$value"
        end
    else if test -z "$only"; and string match -q -- '-*' "$cur"
        for row in (__cowork_options "$__cowork_path") (__cowork_globals)
            set -l cells (string split \t -- $row)
            printf '%s\t%s\n' $cells[1] $cells[3]
        end
    else if test -z "$__cowork_path"
        __cowork_verbs ''
    else if test -n "$noun"
        __cowork_verbs $__cowork_path
    else
        set -l number 0
        for one in (__cowork_arguments "$__cowork_path")
            if test $number -eq $count; or string match -q -- '*\*' $one
                __cowork_values (string replace -r -- '\*$' '' $one) "$cur"
                break
            end
            set number (math $number + 1)
        end
    end
end

complete -c cowork -e
complete -c cowork -f -k -a '(__cowork_complete)'
"""


def generate(tree: tuple[Command, ...]) -> str:
    """The whole file."""
    verbs = {"": first_words(tree)}
    verbs |= words_after()
    rows = {key: [f"{word}\t{said}" for word, said in row.items()] for key, row in verbs.items()}
    lists = {
        key: [f"{word}\t{said}" if said else word for word, said in row.items()]
        for key, row in values.LISTS.items()
    }
    parts = [
        HEAD,
        _function("__cowork_verbs", rows),
        _function("__cowork_long", {key: [" ".join(path)] for key, path in SHORTCUTS.items()}),
        _function("__cowork_list", lists),
        _function("__cowork_options", {row.name: rows_of(row.options) for row in tree}),
        _function(
            "__cowork_arguments", {row.name: arguments_of(row.arguments).split() for row in tree}
        ),
        "function __cowork_globals",
        *_print(rows_of(GLOBALS), "    "),
        "end",
    ]
    return "\n".join(parts) + "\n" + BODY


def first_words(tree: tuple[Command, ...]) -> dict[str, str]:
    """What can stand first, with its meaning: nouns, verbs of the root, shortcuts."""
    return {
        **NOUNS,
        **{row.path[0]: row.short for row in of_root(tree)},
        **{word: f"short for {' '.join(path)}" for word, path in SHORTCUTS.items()},
    }


def rows_of(options: Iterable[Option]) -> list[str]:
    """Name, spec and help of every spelling of every option, with tabs between."""
    return [f"{name}\t{option.value}\t{option.help}" for option in options for name in option.names]


def _function(name: str, rows: Mapping[str, list[str]]) -> str:
    lines = [f"function {name}", '    switch "$argv[1]"']
    for key, printed in rows.items():
        if printed:
            lines += [f"        case {_quoted(key)}", *_print(printed, "            ")]
    return "\n".join([*lines, "    end", "end", ""])


def _print(rows: list[str], indent: str) -> list[str]:
    """One line of fish that prints the rows."""
    return [f"{indent}printf '%s\\n' \\", *(f"{indent}    {_quoted(row)} \\" for row in rows[:-1]),
            f"{indent}    {_quoted(rows[-1])}"]  # fmt: skip


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
