"""Completion for zsh 5, by its own `_arguments`, with descriptions."""

from collections.abc import Iterable, Mapping

from tools.generators import values
from tools.generators.fish import first_words
from tools.generators.tree import GLOBALS, SHORTCUTS, Argument, Command, Option, words_after

HEAD = """\
#compdef cowork
# Completion of cowork for zsh. Made by tools/generate.py: change that, not this file.
# Only for names of your own is a program started, `cowork _names`; the rest stands here.
"""

BODY = r"""
# the names of your own of the kinds $1
_cowork_names() {
    local -a found
    [[ $PREFIX == -* ]] && return 1
    local line name home=${opt_args[--home]:-$COWORK_HOME}
    for line in "${(@f)$(COWORK_HOME=${(Q)home} command cowork _names $1 ${(Q)PREFIX} 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        name=${line%%$'\t'*}
        # `bas` may stand for `Basislager`, which zsh would not take for its beginning
        [[ $name == "${(Q)PREFIX}"* ]] || compstate[insert]=menu
        name=${name//\\/\\\\} # `_describe` reads `\x` as `x`, and a colon as the end of the name
        found+=("${name//:/\\:}:${line#*$'\t'}")
    done
    (( $#found )) && _describe -V -t names name found -U
}

# the words of the list $1
_cowork_list() {
    local -a found
    _cowork_words $1
    _describe -V -t $1 $1 found
}

# the nouns and verbs, or the verbs of the noun that was typed
_cowork_next() {
    local -a found
    [[ $PREFIX == -* ]] && return 1
    _cowork_verbs "$typed"
    _describe -V -t commands command found
}

# Noun and verb are taken out of the line, wherever flags stand between them; `_arguments` reads
# what is left, so that it counts the arguments of the verb and sees every option.
_cowork() {
    local curcontext=$curcontext typed='' word
    local -a found specs kept=($words[1])
    local -A opt_args
    integer at=2 left=1
    while (( at < CURRENT && left )); do
        word=$words[at]
        if [[ $word == (-o|--output|--home) ]] && (( at + 1 < CURRENT )); then
            kept+=($word $words[at+1])
            (( at += 2 ))
            continue
        elif [[ $word == -* ]]; then
            kept+=($word)
        elif [[ -n $typed ]]; then
            typed="$typed $word" found=()
            _cowork_verbs "$typed"
            (( $#found )) || left=0
        else
            typed=$word
            _cowork_verbs $word
            if (( ! $#found )); then
                typed=${_cowork_long[$word]:-$word} left=0
            fi
        fi
        (( at += 1 ))
    done
    words=($kept "${(@)words[at,-1]}")
    (( CURRENT = $#kept + CURRENT - at + 1 ))
    if (( left )); then
        _arguments -S $_cowork_globals '*: : _cowork_next'
    else
        _cowork_verb $typed
        _arguments -S $_cowork_globals $specs
    fi
}

if [[ $funcstack[1] == _cowork ]]; then
    _cowork "$@"
else
    compdef _cowork cowork
fi
"""


def generate(tree: tuple[Command, ...]) -> str:
    """The whole file."""
    verbs = {"": first_words(tree)}
    verbs |= words_after()
    long = " ".join(f"{word} {_quoted(' '.join(path))}" for word, path in SHORTCUTS.items())
    return (
        "\n".join(
            [
                HEAD,
                "typeset -gA _cowork_long",
                f"_cowork_long=({long})",
                "typeset -ga _cowork_globals",
                "_cowork_globals=(",
                *(f"    {spec}" for spec in _specs(GLOBALS)),
                ")",
                "",
                _table("_cowork_verbs", "found", {key: _pairs(row) for key, row in verbs.items()}),
                _table(
                    "_cowork_words",
                    "found",
                    {key: _pairs(row) for key, row in values.LISTS.items()},
                ),
                _table(
                    "_cowork_verb",
                    "specs",
                    {row.name: [*_specs(row.options), *_arguments(row.arguments)] for row in tree},
                ),
            ]
        )
        + BODY
    )


def _table(function: str, array: str, rows: Mapping[str, list[str]]) -> str:
    lines = [f"{function}() {{", "    case $1 in"]
    for key, specs in rows.items():
        if specs:
            lines += [f"    {_quoted(key)}) {array}=("]
            lines += [f"        {spec}" for spec in specs]
            lines += ["    ) ;;"]
    return "\n".join([*lines, "    esac", "}", ""])


def _pairs(words: Mapping[str, str]) -> list[str]:
    """`word:meaning`, as `_describe` reads them."""
    return [
        _quoted(f"{word.replace(':', chr(92) + ':')}:{said}" if said else word)
        for word, said in words.items()
    ]


def _specs(options: Iterable[Option]) -> list[str]:
    """One spec of `_arguments` for every spelling of every option."""
    found = []
    for option in options:
        others = f"({' '.join(option.names)})" if len(option.names) > 1 else ""
        for name in option.names:
            front = "*" if option.repeated else others
            if option.is_flag:
                found.append(_quoted(f"{front}{name}[{_inner(option.help)}]"))
            else:
                equals = "=" if name.startswith("--") else ""
                action = f"{_message(option.metavar)}:{_action(option.value)}"
                found.append(_quoted(f"{front}{name}{equals}[{_inner(option.help)}]:{action}"))
    return found


def _arguments(arguments: Iterable[Argument]) -> list[str]:
    return [
        _quoted(f"{'*' if row.many else number}:{_message(row.metavar)}:{_action(row.value)}")
        for number, row in enumerate(arguments, 1)
    ]


def _action(value: str) -> str:
    """What `_arguments` runs; a blank in front keeps it from adding words of its own."""
    parts = [_part(part) for part in value.split("+")]
    return parts[0] if len(parts) == 1 else f"{{{';'.join(parts)}}}"


def _part(value: str) -> str:
    if value == values.FILE:
        return "_files"
    if value == values.FOLDER:
        return "_files -/"
    if value.startswith("="):
        return f" _cowork_list {value[1:]}"
    return f" _cowork_names {value[1:]}" if value.startswith("@") else " "


def _inner(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _message(text: str) -> str:
    return text.replace(":", "\\:") or " "


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
