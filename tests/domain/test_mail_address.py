"""Domains in ASCII: the A-labels are those of RFC 5891, as registries have them."""

import pytest

from cowork_cli.domain.mail_address import ascii_domain, local_part_is_ascii


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@BÜCHER.Example", "a@xn--bcher-kva.Example"),
        ("a@bu\u0308cher.example", "a@xn--bcher-kva.example"),
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("jörg@例え.example", "jörg@xn--r8jz45g.example"),
        (" a@example.org ", "a@example.org"),
        ("no address", "no address"),
    ],
)
def test_a_domain_in_ascii(address: str, written: str) -> None:
    assert ascii_domain(address) == written


def test_what_stands_before_the_at_has_no_other_form() -> None:
    assert local_part_is_ascii("a@bücher.example")
    assert not local_part_is_ascii("jörg@acme.example")
