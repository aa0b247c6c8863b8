"""Lines for a terminal: words stay whole, commands too where a line holds them."""

import pytest

from cowork_cli.output.wrapping import wrapped


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("short", 40, ["short"]),
        ("one two three", 7, ["one two", "three"]),
        ("a-hyphenated-word that-stays", 17, ["a-hyphenated-word", "that-stays"]),
        ("type `cowork client list` now", 24, ["type", "`cowork client list` now"]),
        ("type `cowork client list`.", 12, ["type", "`cowork \\", "client \\", "list`."]),
        ("do `cowork a 'b c' d e` x", 14, ["do `cowork a \\", "'b c' d e` x"]),
        ("look: (a_b_c_d ?e f_g_h_i); then go", 7, ["look:", "(a_b_c_d ?e f_g_h_i);", "then go"]),
        ("nobreakatall", 5, ["nobreakatall"]),
        ("Größe 日本日本 ab", 12, ["Größe", "日本日本 ab"]),
        ("\x1b[31;1merror:\x1b[0m ab cd", 9, ["\x1b[31;1merror:\x1b[0m ab", "cd"]),
        ("an odd ` sign here", 9, ["an odd `", "sign here"]),
    ],
)
def test_where_lines_break(text: str, columns: int, lines: list[str]) -> None:
    assert wrapped(text, columns).split("\n") == lines


def test_what_stands_before_it_counts() -> None:
    assert wrapped("ab cd", 8, first=4) == "ab\ncd"
