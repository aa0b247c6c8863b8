"""The short way from the words of a plain line to the parameters of a verb.

It reads what people type nearly always: known options with one value each, flags, as many words as
there are arguments. Whatever else there is goes to Typer, which knows it all and how to say no; a test
holds both ways equal over every verb.
"""

from cowork_cli.commands._markers import Parameter, Required, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def bind(parameters: "Sequence[Parameter]", words: "Sequence[str]") -> "dict[str, Any] | None":
    """The value of each parameter that `words` give, or None where Typer has to look."""
    read = _read(parameters, words)
    if read is None:
        return None
    values, plain = read
    arguments = [one for one in parameters if not one.is_option]
    return (
        values if _share_out(arguments, plain, values) and _complete(parameters, values) else None
    )


def without_a_word(parameters: "Sequence[Parameter]", words: "Sequence[str]") -> "Parameter | None":
    """The first option whose value is empty, or blanks alone; None where there is none."""
    if all(word.strip() and word[-1] != "=" for word in words):
        return None
    values, _ = _read(parameters, words) or ({}, [])
    for one in parameters:
        given = values.get(one.name)
        if one.is_option and any(
            isinstance(word, str) and not word.strip()
            for word in (given if isinstance(given, list) else [given])
        ):
            return one
    return None


def missing(
    parameters: "Sequence[Parameter]", words: "Sequence[str]", also: str = ""
) -> "list[Parameter]":
    """What a line lacks and is right without: arguments first. Nothing where it is wrong in itself.

    `also` names a parameter that has to be there for this line, though not for every one.
    """
    read = _read(parameters, [word for word in words if word != "--"])
    if read is None:
        return []
    values, plain = read
    arguments = [one for one in parameters if not one.is_option]
    if not _share_out(arguments, plain, values):
        return []
    needed = [*arguments, *(one for one in parameters if one.is_option)]
    return [
        one
        for one in needed
        if one.name not in values and (one.default is Required or one.name == also)
    ]


def _read(
    parameters: "Sequence[Parameter]", words: "Sequence[str]"
) -> "tuple[dict[str, Any], list[str]] | None":
    """The values of the options, and the words that are none; None where a word is out of the ordinary."""
    values: dict[str, Any] = {}
    plain: list[str] = []
    flags, valued = _spellings(parameters)
    left = iter(placed(parameters, words))
    for word in left:
        if word[:1] != "-" or word == "-":
            plain.append(word)
            continue
        name, equals, value = word.partition("=")
        if word in flags:
            parameter, given = flags[word]
            if parameter.name in values:
                return None
            values[parameter.name] = given
        elif name in valued and (not equals or name.startswith("--")):
            value = value if equals else next(left, "-")
            if (value[:1] == "-" and not equals) or not _put(values, valued[name], value):
                return None
        else:
            return None
    return values, plain


def _spellings(
    parameters: "Sequence[Parameter]",
) -> "tuple[dict[str, tuple[Parameter, bool]], dict[str, Parameter]]":
    """Spellings of flags, with what they say, and of options that take a value."""
    flags: dict[str, tuple[Parameter, bool]] = {}
    valued: dict[str, Parameter] = {}
    for one in parameters:
        if one.takes_value:
            valued.update((name, one) for name in one.on)
        else:
            flags.update((name, (one, True)) for name in one.on)
            flags.update((name, (one, False)) for name in one.off)
    return flags, valued


def _put(values: "dict[str, Any]", parameter: Parameter, word: str) -> bool:
    """Notes a value; False where the word is none, or where there was one already."""
    if parameter.many:
        values.setdefault(parameter.name, []).append(word)
        return True
    if parameter.name in values:
        return False
    try:
        values[parameter.name] = parameter.kind(word)
    except ValueError:
        return False
    return True


def _share_out(
    arguments: "Sequence[Parameter]", plain: "Sequence[str]", values: "dict[str, Any]"
) -> bool:
    """Gives the words to the arguments; False where there are too many of them."""
    left = list(plain)
    for one in arguments:
        if one.many:
            if one is not arguments[-1]:
                return False
            if left:
                values[one.name] = left
            return True
        if left and not _put(values, one, left.pop(0)):
            return False
    return not left


def _complete(parameters: "Sequence[Parameter]", values: "dict[str, Any]") -> bool:
    return all(one.name in values or one.default is not Required for one in parameters)
