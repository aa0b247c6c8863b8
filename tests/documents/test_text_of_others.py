"""Text of others in pages and in the heads of mails: it stays text, on its line, in its place."""

import pytest

from cowork_cli.documents.html_text import escape
from cowork_cli.documents.mail import in_header, mail_address
from cowork_cli.documents.plain_mail import PlainMail, eml
from cowork_cli.documents.space_map import _json
from cowork_cli.errors import BadInput

EVIL = "Ha\x1b[2J\x9b31m\u202egnp\u2066\u2028\x7f<b>&\"'\r\nBcc: evil@x.example"


def test_a_page_holds_neither_tags_nor_what_steers() -> None:
    assert escape(EVIL) == "Ha[2J31mgnp&lt;b&gt;&amp;&quot;&#x27;\nBcc: evil@x.example"
    assert escape("Größe \u200d👩\u200d💻 שלום") == "Größe \u200d👩\u200d💻 שלום"
    assert _json({"name": "a\u202e</script>\u2028"}) == '{"name":"a\\u003c/script\\u003e"}'


def test_a_line_end_in_a_name_begins_no_header() -> None:
    head = "Ha[2J31mgnp <b>&\"' Bcc: evil@x.example"
    assert in_header(EVIL) == head
    assert mail_address(EVIL, "a@b.example").display_name == head
    sent = eml(PlainMail(EVIL, (EVIL,), "de", EVIL, "me@b.example", EVIL, "a@b.example"))
    assert not [
        line for line in sent.partition(b"\r\n\r\n")[0].splitlines() if line.startswith(b"Bcc")
    ]


@pytest.mark.parametrize(
    "address", ["a\x1b@b.example", "a@\u202eb.example", "a@b.example\0", "ü@b.example\u200b"]
)
def test_what_cannot_be_seen_is_in_no_address(address: str) -> None:
    with pytest.raises(BadInput, match="is not an e-mail address"):
        mail_address("A", address)
