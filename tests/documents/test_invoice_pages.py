"""The page of an invoice, read back: what it says, how it breaks, what it refuses."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from cowork_cli.documents.invoice_pdf import check_letters, render_invoice
from cowork_cli.documents.typeset import typeset
from cowork_cli.errors import BadInput, ConfigError
from tests.documents import invoice_builders as build

NKO = "\u07ca"  # a letter that no font inside Typst holds


def test_a_page_says_what_the_model_says() -> None:
    text = build.text_of(
        build.document(build.line("Konzept", "5.75"), build.line("Reise", "1", "250"))
    )
    for expected in (
        "2026-0042",
        "25.11.2026",
        "09.12.2026",
        "5,75",
        "546,25 €",
        "796,25 €",
        "151,29 €",
        "947,54 €",
    ):
        assert expected in text, expected
    assert "DE02 1203 0000 0000 2020 51" in text
    assert "27/123/45678" in text


def test_english() -> None:
    text = build.text_of(build.document(build.line("Concept", "12.5"), language="en"))
    assert "Invoice" in text
    assert "25 November 2026" in text
    assert "1,187.50" in text


@pytest.mark.parametrize("count", [1, 8])
def test_a_short_invoice_is_one_page_of_a4(count: int) -> None:
    lines = [
        build.line(f"Ein ziemlich langer Name einer Leistung, Nummer {n}") for n in range(count)
    ]
    (sheet,) = build.read(build.page(build.document(*lines))).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]


def test_sixty_lines_break_with_their_head_repeated() -> None:
    pages = build.page_texts(build.document(*(build.line(f"Position {n}") for n in range(60))))
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"{number} von {len(pages)}" in text
    heads = [text for text in pages if "Einzelpreis" in text]
    assert len(heads) >= len(pages) - 1, "the head of the table is on every page with lines"
    whole = " ".join(pages)
    assert all(f"Position {n}" in whole for n in range(60))


def test_long_words_and_long_texts_stay_on_the_page() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3
    text = build.solid(build.text_of(build.document(build.line(word), build.line("lang " * 60))))
    assert word in text


@pytest.mark.parametrize(
    "odd",
    [
        "*bold* _it_ `raw`",
        '#import "x": y',
        "$x^2$ \\ #{1+1}",
        "= Head",
        "@ref <label>",
        '"quoted"',
    ],
)
def test_markup_in_a_name_is_printed_as_it_is(odd: str) -> None:
    client = replace(build.BUYER, name=odd)
    assert build.solid(odd) in build.solid(
        build.text_of(build.document(build.line(odd), buyer=client))
    )


def test_a_draft_is_marked_and_has_no_number() -> None:
    german = build.text_of(build.document(number=None))
    assert "ENTWURF" in german
    assert "2026-0042" not in german
    assert "DRAFT" in build.text_of(build.document(number=None, language="en"))
    assert "ENTWURF" not in build.text_of(build.document())


@pytest.mark.parametrize(
    ("category", "reason"),
    [("E", build.SMALL_BUSINESS), ("AE", build.REVERSE_CHARGE), ("O", build.OUTSIDE_EU)],
)
def test_why_no_vat_is_charged_stands_on_the_page(category: str, reason: str) -> None:
    whole = build.document(build.untaxed(category), reasons={category: reason})
    text = build.text_of(whole)
    assert reason in text
    assert "237,50 €" in text


def test_a_cancellation_names_what_it_cancels_and_is_no_gutschrift() -> None:
    """§ 14 (4) no. 10 UStG keeps the word Gutschrift for self-billed invoices."""
    text = build.text_of(build.cancellation())
    assert "Stornorechnung" in text
    assert "2026-0042" in text
    assert "2026-0043" in text
    assert "Gutschrift" not in text
    assert "2,5" in text.replace("−", "-")


def test_a_discount_is_shown() -> None:
    assert "10,00 €" in build.text_of(build.document(build.line(discount=1000)))


def test_equal_input_gives_equal_bytes_and_another_clock_only_other_metadata() -> None:
    whole = build.document()
    first = render_invoice(whole, created=build.CREATED)
    assert render_invoice(whole, created=build.CREATED) == first
    later = render_invoice(whole, created=build.CREATED + timedelta(days=1))
    assert later != first
    assert build.read(later).pages[0].extract_text() == build.read(first).pages[0].extract_text()


def test_a_clock_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        render_invoice(build.document(), created=build.CREATED.replace(tzinfo=None))


def test_it_is_pdf_a_3_with_every_font_inside() -> None:
    reader = build.read(build.page(build.document()))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    fonts = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        for below in font.get_object().get("/DescendantFonts", [font.get_object()]):
            described = below.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)


@pytest.mark.parametrize(
    ("letter", "field"),
    [
        ("😀", "the text of line 1"),
        ("漢", "the client's name"),
        (NKO, "the footer"),
        ("\x07", "note 1"),
    ],
)
def test_a_letter_without_a_glyph_is_refused_by_name_and_field(letter: str, field: str) -> None:
    changes: dict[str, dict[str, object]] = {
        "the text of line 1": {},
        "the client's name": {"buyer": replace(build.BUYER, name=f"Firma {letter}")},
        "the footer": {"footer": f"Danke {letter}"},
        "note 1": {"notes": (f"Hinweis {letter}",)},
    }
    lines = (build.line(f"x {letter}"),) if field == "the text of line 1" else (build.line(),)
    with pytest.raises(BadInput) as caught:
        check_letters(build.document(*lines, **changes[field]))
    assert f"U+{ord(letter):04X}" in caught.value.message
    assert field in caught.value.message
    assert "invoice.font" in (caught.value.hint or "")


@pytest.fixture(scope="session")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A font file with one letter that the built-in fonts lack."""
    pen = TTGlyphPen(None)
    for number, point in enumerate([(50, 0), (50, 700), (550, 700), (550, 0)]):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "letter"])
    builder.setupCharacterMap({ord(NKO): "letter"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "letter": square})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "letter": (600, 50)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {
            "familyName": "One Letter",
            "styleName": "Regular",
            "uniqueFontIdentifier": "One Letter",
            "fullName": "One Letter Regular",
            "psName": "OneLetter-Regular",
            "version": "1.0",
        }
    )
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    path = tmp_path_factory.mktemp("font") / "one.ttf"
    builder.save(path)
    return path


def test_a_font_of_ones_own_adds_its_letters(font: Path) -> None:
    whole = build.document(build.line(f"Arbeit {NKO}"))
    content = render_invoice(whole, created=build.CREATED, font=font)
    assert NKO in build.read(content).pages[0].extract_text()
    with pytest.raises(BadInput, match=r"U\+6F22.* in the text of line 1"):
        render_invoice(build.document(build.line("漢")), created=build.CREATED, font=font)


def test_a_font_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no\.ttf"):
        typeset(tmp_path / "x.typ", {}, [], build.CREATED, font=tmp_path / "no.ttf")
