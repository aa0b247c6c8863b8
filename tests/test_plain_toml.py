"""The short way to read settings agrees with `tomllib`: what it takes, that reads to the same."""

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from cowork_cli.config import _flat, _nested
from cowork_cli.plain_toml import flat_values

PLAIN = """\
# written by hand
timezone = "Europe/Berlin"

[hours]
week = "Mo-Fr 09:00-17:00"
[seller]
name = "Ärzte = # [x]"
small_business = true
[accounts.hafen-1]
url = "https://example.org"
enabled = false
[invoice.next]
R = 17
zero = 0
"""


def standard(text: str) -> Any:
    try:
        return dict(_flat(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        return error


def test_plain_settings_are_read() -> None:
    assert flat_values(PLAIN) == standard(PLAIN)
    assert flat_values("") == {}


@pytest.mark.parametrize(
    "text",
    ['a = "b" # c', "a = 'b'", 'a = "\\u0041"', "a = 1_000", "a = 01", "a = +1", "a = 1.5", "a.b = 1",
     '"a" = 1', "a = [1]", "a = {b = 1}", "[[a]]", "a = 1\na = 2", "[a]\n[a]", "a = 1\n[a]",
     "[a.b]\nc = 1\n[a]\nb = 2", "a", "= 1", "[a", "[a]b = 1", "a = \"\"\"b\"\"\"", 'a = "b', "a = TRUE",
     "a = \"x\x00y\"", "a = 1\r\n", "a = 2026-11-25", "[ a ]", "[]", "[a..b]", "\ta = 1"],
)  # fmt: skip
def test_the_rest_is_left_to_tomllib(text: str) -> None:
    assert flat_values(text) is None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(PLAIN.splitlines()),
            st.text(alphabet='ab.[]="# \\1\t\r', max_size=12),
            st.tuples(st.sampled_from("abc"), st.text(max_size=5)).map(
                lambda p: f'{p[0]} = "{p[1]}"'
            ),
            st.sampled_from(["[a]", "[a.b]", "[b]", "[a.b.c]", "a = 1", "b = true", "c = 10"]),
        ),
        max_size=8,
    )
)
def test_both_read_the_same(lines: list[str]) -> None:
    text = "\n".join(lines)
    read = flat_values(text)
    if read is not None:
        assert read == standard(text)


def test_what_we_write_is_plain() -> None:
    values: dict[str, Any] = {"timezone": "Europe/Berlin", "hours.week": "Mo-Fr", "store.id": "x",
                              "invoice.next.R": 7, "accounts.hafen.url": "http://x", "tax.on": True}  # fmt: skip
    assert flat_values(tomli_w.dumps(_nested(values))) == values
