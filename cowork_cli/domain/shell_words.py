"""Words of a command line as they are typed into a shell, so that a hint can be pasted as it stands."""

from collections.abc import Iterable


def typed(words: Iterable[str]) -> str:
    """The words of a line. Unlike with `shlex`, letters such as `ö` need no quotes."""
    return " ".join(map(shell_word, words))


def shell_word(word: str) -> str:
    """A name as one word, whatever is in it: blanks, quotes, `$`.

    Within single quotes bash, zsh and fish read every sign as itself, but fish a backslash before a
    quote or another backslash.
    """
    if word and all(_plain(char) for char in word):
        return word
    import shlex

    return shlex.quote(word)


def _plain(char: str) -> bool:
    """Whether a shell takes the character as it is: a letter or figure of any script, or one of a few."""
    return char.isalnum() or char in "_@%+=:,./-"
