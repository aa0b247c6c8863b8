"""Entries that are read by their shape say what they say as XML, in every document, or are read as XML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cowork_cli.domain.bank import Statement
from cowork_cli.errors import BadInput
from cowork_cli.importers.bank import camt, camt_shapes
from tests.importers.bank import samples
from tests.importers.bank.samples import entry, part


def outcome(content: bytes) -> list[Statement] | str:
    try:
        return camt.read(content, "s.xml")
    except BadInput as refused:
        return refused.message


def both(content: bytes) -> tuple[object, object]:
    """What a document says by shapes however short it is, and as XML alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(camt_shapes, "FEWEST", 1)
        by_shape = outcome(content)
        patch.setattr(camt_shapes, "FEWEST", 10**9)
        return by_shape, outcome(content)


# What people and banks write, and what XML reads in it.
TEXTS = st.sampled_from(
    (
        "Rechnung 2026-0001", "Rechnung|2026-|0002", "", " ", "\u00a0", "a &amp; b", "&#x41;", "&#10;x", "a > b",
        "x\ny", " vorn", "hinten ", "Müller", "\U0001f4b6", "<![CDATA[a<b]]>", "<!-- c -->x", "<b/>x", "x<b>y</b>z",
        "\x85x", "&nope;", "]]>", "\ufffe", "NOTPROVIDED", "<Ntry>", "</Ntry>", "\r\nx", "<?pi x?>", "a\tb",
    )
)  # fmt: skip
MORE = st.sampled_from(
    (
        "", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>", "<RtrInf><Rsn><Prtry>weg</Prtry></Rsn></RtrInf>", "<RtrInf/>",
        "<RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>",
    )
)  # fmt: skip
AMOUNTS = st.sampled_from(("1.00", "-1.00", "12.5", "-0.01", "1,00", " 3.00 ", "1e2", "7.001"))
STATES = st.sampled_from(("BOOK", "BOOK", "BOOK", "PDNG"))
GAPS = st.sampled_from(("", "", "\n  ", "\r\n"))
TAILS = st.sampled_from(("", "", "", "\n", "<Ntry/>", "<Ntry x='1'>0</Ntry>", "<Ntry >0</Ntry>"))


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A document whose entries are mostly of one shape."""
    v08, more, gap = draw(st.booleans()), draw(MORE), draw(GAPS)
    entries = []
    for _ in range(draw(st.integers(1, 6))):
        if draw(st.integers(0, 5)) == 0:
            more = draw(MORE)
        said = entry(
            draw(AMOUNTS), draw(TEXTS), name=draw(TEXTS), more=more, state=draw(STATES), v08=v08,
            reference=draw(TEXTS),
        )  # fmt: skip
        entries += said.replace("><", f">{gap}<"), draw(TAILS)
    return samples.camt(*entries)


@settings(max_examples=200, deadline=None)
@given(documents())
def test_any_document_says_the_same_by_shapes_and_as_xml(content: bytes) -> None:
    by_shape, as_xml = both(content)
    assert by_shape == as_xml


PLAIN = [entry(f"{n}.00", f"Rechnung {n}", name=f"A {n}", reference=f"E{n}") for n in range(1, 9)]


@pytest.mark.parametrize(
    "content",
    [
        samples.camt(*PLAIN),
        samples.camt(*[entry("-2.00", f"x|{n}", v08=False) for n in range(8)], version="052.001.02"),
        samples.camt(*PLAIN, entry("119.00", details=part("100.00", "a", "A") + part("19.00", "b", "B"))),
        samples.camt(*PLAIN, balances=("10.00", "46.00")),
        b"\xef\xbb\xbf" + samples.camt(*PLAIN),
        samples.camt(*PLAIN).replace(b"A 3", b"A \xe9 3"),
        samples.camt(*PLAIN).replace(b'"UTF-8"', b'"ISO-8859-1"').replace(b"A 3", b"A \xe9 3"),
        samples.camt(*PLAIN).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        samples.camt(*PLAIN).replace(b"<Nm>A 3</Nm>", b"<Nm>A 3<!-- -->B</Nm>"),
        samples.camt(*PLAIN).replace(b"<Nm>A 3</Nm>", b"<Nm><![CDATA[A & 3]]></Nm>"),
        samples.camt(*PLAIN).replace(b"<Nm>A 3</Nm>", b"<Nm>A \x07 3</Nm>"),
        *(
            samples.camt(*PLAIN).replace(b"A 3", told)
            for told in (b"A &amp; 3", b"A &nope; 3", b"A ]]> 3", b" 3", b"A\n3", "\u00a0".encode(), b"")
        ),
        samples.camt(*PLAIN).replace(b"</Stmt>", b"</Stmt><oops>"),
        samples.camt(*PLAIN).replace(b"<Nm>A 3</Nm>", b"<x:Nm>A 3</x:Nm>"),
        samples.camt(*PLAIN).replace(b"<GrpHdr>", b"<GrpHdr><Ntry><Amt/></Ntry>"),
        samples.camt(*PLAIN).replace(b"<Ntry>", b"<n:Ntry>").replace(b"</Ntry>", b"</n:Ntry>").replace(
            b"xmlns=", b'xmlns:n="u" xmlns='
        ),
    ],
)  # fmt: skip
def test_documents_of_all_kinds(content: bytes) -> None:
    by_shape, as_xml = both(content)
    assert by_shape == as_xml


def test_only_the_first_entries_of_a_shape_are_read_as_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    as_xml = camt_shapes.camt_said.of
    monkeypatch.setattr(camt_shapes.camt_said, "of", lambda node: read.append(node) or as_xml(node))
    many = [entry(f"{n}.00" if n % 3 else f"-{n + 1}.00", f"Re {n}") for n in range(400)]
    (statement,) = camt.read(samples.camt(*many), "s.xml")
    assert len(statement.entries) == 400
    assert len(read) == 4  # two shapes, each once to learn it and once to read it


def test_a_fault_is_named_by_its_entry_in_a_long_document() -> None:
    many = [entry("1.00", f"Re {n}") for n in range(400)]
    many[311] = many[311].replace(">1.00<", ">1,00<")
    assert outcome(samples.camt(*many)) == 's.xml, entry 312: "1,00" is not an amount'
