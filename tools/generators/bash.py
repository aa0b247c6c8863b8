"""Completion for bash 3.2 and newer, without the bash-completion package."""

from collections.abc import Iterable, Mapping

from tools.generators import values
from tools.generators.tree import (
    GLOBALS,
    NOUNS,
    SHORTCUTS,
    Argument,
    Command,
    Option,
    of_root,
    words_after,
)

HEAD = """\
# Completion of cowork for bash. Made by tools/generate.py: change that, not this file.
# Only for names of your own is a program started, `cowork _names`; the rest stands here.
"""

# What follows the tables. Words that bash splits at ":" and "=" are put together again first, and
# what readline keeps of them (COMP_WORDBREAKS) is cut off the replies at the end.
BODY = r"""
# spec of the option $1: "-" flag, "." anything, f file, d folder, =LIST, @KIND, several with "+"
_cowork_spec() {
    local all=" $options $_cowork_globals "
    case $all in
    *" $1:"*) spec=${all#*" $1:"} spec=${spec%% *} ;;
    *) spec=- ;;
    esac
}

# the replies of a spec for $cur
_cowork_reply() {
    local part
    for part in ${1//+/ }; do _cowork_part "$part"; done
}

_cowork_part() {
    local word rest words=''
    case $1 in
    f)
        compopt -o default 2>/dev/null && return
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
        ;;
    d)
        compopt -o dirnames 2>/dev/null && return
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$cur")
        ;;
    =*)
        _cowork_list "${1#=}"
        _cowork_words "$words"
        ;;
    @*)
        compopt -o nosort 2>/dev/null
        while IFS=$'\t' read -r word rest; do
            COMPREPLY+=("$word") said[${#COMPREPLY[@]} - 1]=$rest
        done < <(COWORK_HOME=${home:-${COWORK_HOME-}} command cowork _names "${1#@}" "$cur" 2>/dev/null)
        ;;
    esac
}

# those of the words $1 that begin with $cur
_cowork_words() {
    local word
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$cur")
}

# reads one more word of the line: an option, its value, a noun, a verb or an argument
_cowork_read() {
    local word=$1 spec words=''
    if [[ -n $waiting ]]; then
        [[ $option == --home ]] && home=$word
        waiting=''
    elif [[ -z $only && $word == -- ]]; then
        only=yes
    elif [[ -z $only && $word == -?* && ! $word =~ ^-[0-9]+$ ]]; then
        option=${word%%=*}
        _cowork_spec "$option"
        if [[ $word == *=* ]]; then
            [[ $option == --home ]] && home=${word#*=}
        elif [[ $spec != - ]]; then
            waiting=$spec
        fi
    elif [[ -z $path ]]; then
        path=$word
        _cowork_long "$word"
        _cowork_verbs "$path"
        noun=$words
        _cowork_verb "$path"
    elif [[ -n $noun ]]; then
        path="$path $word"
        _cowork_verbs "$path"
        noun=$words
        _cowork_verb "$path"
    else
        count=$((count + 1))
    fi
}

# the spec of the argument that is typed now -> spec
_cowork_argument() {
    local one number=0
    spec=.
    for one in $arguments; do
        if ((number == count)) || [[ $one == *'*' ]]; then
            spec=${one%'*'}
            return
        fi
        number=$((number + 1))
    done
}

# the words up to the cursor, as they were typed -> typed
_cowork_typed() {
    local line=$COMP_LINE word rest i
    typed=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]-}
        rest=${line#"${line%%[![:space:]]*}"}
        if ((i > 0)) && [[ $rest == "$line" ]]; then
            typed[${#typed[@]} - 1]+=$word
        else
            typed+=("$word")
        fi
        line=${rest#"$word"}
    done
}

# cuts off what readline keeps, quotes what the shell would split
_cowork_trim() {
    local kept='' i word room found=()
    [[ -z $quote && $cur == *:* && $COMP_WORDBREAKS == *:* ]] && kept=${cur%"${cur##*:}"}
    for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
        word=${COMPREPLY[i]}
        [[ $word == "$kept"* ]] || continue # what stands before the colon cannot be changed any more
        word=${word:${#kept}}
        case $quote in
        \') word=${word//\'/\'\\\'\'} ;;
        \") word=${word//\\/\\\\} word=${word//\"/\\\"} word=${word//\$/\\$} word=${word//\`/\\\`} ;;
        *) [[ $word == *[^-A-Za-z0-9_./:@,+%=]* ]] && word=$(printf '%q' "$word") ;;
        esac
        [[ -n $front && $COMP_WORDBREAKS != *=* ]] && word=$front$word
        # of several each is shown with its meaning, which readline never puts into the line
        if [[ ${#COMPREPLY[@]} -gt 1 && -n ${said[i]-} && ${COMP_TYPE-37} != 37 && $COMP_TYPE != 42 ]]; then
            room=$((${COLUMNS:-80} - ${#word} - 5))
            ((room > 9)) && word="$word  (${said[i]:0:room})"
        fi
        found+=("$word")
    done
    COMPREPLY=(${found[@]+"${found[@]}"})
    _cowork_keep
}

# Readline puts what all replies begin with in the place of what was typed. Where that is less than it, or
# something else (`bas` for `Hafen Basis`), an empty reply keeps the line as it is.
_cowork_keep() {
    local i begin=${COMPREPLY[0]-} typed=${typed[${#typed[@]} - 1]}
    ((${#COMPREPLY[@]} > 1)) || return 0
    for ((i = 1; i < ${#COMPREPLY[@]}; i++)); do
        while [[ ${COMPREPLY[i]} != "$begin"* ]]; do begin=${begin%?}; done
    done
    if [[ -n $quote ]]; then
        typed=${typed#"$quote"}
    else
        [[ $COMP_WORDBREAKS == *:* ]] && typed=${typed##*:}
        [[ $COMP_WORDBREAKS == *=* ]] && typed=${typed##*=}
    fi
    shopt -q nocasematch || i=alone
    shopt -s nocasematch
    [[ $begin == "$typed"* ]] || COMPREPLY+=(' ')
    [[ $i == alone ]] && shopt -u nocasematch
    return 0
}

_cowork() {
    local IFS=$' \t\n' typed cur quote='' front='' i words='' spec
    local path='' noun='' options='' arguments='' count=0 waiting='' option='' home='' only='' said=()
    COMPREPLY=()
    _cowork_typed
    for ((i = 1; i < ${#typed[@]} - 1; i++)); do _cowork_read "${typed[i]}"; done
    cur=${typed[${#typed[@]} - 1]}
    case $cur in
    [\"\']*) quote=${cur:0:1} cur=${cur:1} ;;
    *) cur=${cur//\\/} ;; # `Caf\ S`, as it was put there
    esac
    if [[ -n $waiting ]]; then
        _cowork_reply "$waiting"
    elif [[ -z $only && $cur == -*=* ]]; then
        front=${cur%%=*}= cur=${cur#*=}
        _cowork_spec "${front%=}"
        _cowork_reply "$spec"
    elif [[ -z $only && $cur == -* ]]; then
        for option in $options $_cowork_globals; do words="$words ${option%%:*}"; done
        _cowork_words "$words"
    elif [[ -z $path || -n $noun ]]; then
        _cowork_verbs "$path"
        _cowork_words "$words"
    else
        _cowork_argument
        _cowork_reply "$spec"
    fi
    _cowork_trim
}

complete -F _cowork cowork
"""


def generate(tree: tuple[Command, ...]) -> str:
    """The whole file."""
    words = {"": [*NOUNS, *(row.path[0] for row in of_root(tree)), *SHORTCUTS]}
    words |= {path: list(rows) for path, rows in words_after().items()}
    lists = {key: " ".join(row) for key, row in values.LISTS.items()}
    parts = [
        HEAD,
        _table("_cowork_verbs", "words", {key: " ".join(row) for key, row in words.items()}),
        _table("_cowork_long", "path", {key: " ".join(row) for key, row in SHORTCUTS.items()}),
        _table("_cowork_list", "words", lists),
        _verbs(tree),
        f"_cowork_globals={_quoted(specs_of(GLOBALS))}",
    ]
    return "\n".join(parts) + "\n" + BODY


def specs_of(options: Iterable[Option]) -> str:
    """`--name:spec` for every spelling of every option."""
    return " ".join(f"{name}:{option.value}" for option in options for name in option.names)


def arguments_of(arguments: Iterable[Argument]) -> str:
    """The specs of the arguments in their order; `*` ends one that takes all that follow."""
    return " ".join(row.value + "*" * row.many for row in arguments)


def _table(function: str, variable: str, rows: Mapping[str, str]) -> str:
    lines = [f"    {_quoted(key)}) {variable}={_quoted(text)} ;;" for key, text in rows.items()]
    return "\n".join([f"{function}() {{", '    case "$1" in', *lines, "    esac", "}", ""])


def _verbs(tree: tuple[Command, ...]) -> str:
    lines = ["_cowork_verb() {", '    case "$1" in']
    for row in tree:
        lines.append(f"    {_quoted(row.name)})")
        lines.append(f"        options={_quoted(specs_of(row.options))}")
        lines.append(f"        arguments={_quoted(arguments_of(row.arguments))}")
        lines.append("        ;;")
    return "\n".join([*lines, "    esac", "}", ""])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
