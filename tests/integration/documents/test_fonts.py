import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from smart4s_kiosk.documents import fonts
from smart4s_kiosk.documents.fonts import RARE, GlyphMissing, Weight, drawable, font_of, must_be_drawable, to_unicode
from smart4s_kiosk.documents.pdf import BODY, Colophon, Paper
from smart4s_kiosk.documents.text import NEVER_FIRST, NEVER_LAST, Words, emphasised, lines
from smart4s_kiosk.ui.wording import refusal_words
from tests.builders_documents import NOW, STORE
from tests.integration.documents.reading import fonts_of, picture_of, text_of

RARE_NAMES = "𠮷龘䶮㛃镕堃喆犇淼垚燚翀"


def a_page(words: str) -> bytes:
    sheet = Paper(Colophon(STORE, "试", "1", "zh_CN", NOW))
    sheet.paragraph(words, BODY)
    return sheet.finish()


def test_rare_names_are_drawn_and_can_be_copied_out_again() -> None:
    assert font_of("𠮷", Weight.BOLD) == RARE
    assert RARE_NAMES in text_of(a_page(f"张{RARE_NAMES}先生"))


def test_a_glyph_that_no_font_has_is_an_error_that_names_it() -> None:
    with pytest.raises(GlyphMissing) as refused:
        must_be_drawable("王静", "李😀")
    assert refused.value.facts == {"character": "😀", "code_point": "U+1F600"}
    for missing in ("😀", "\t", "\u200b", "\ue000"):
        with pytest.raises(GlyphMissing):
            a_page(f"李{missing}")


def test_every_character_of_gb2312_is_drawable_in_every_weight() -> None:
    characters = "".join(
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
    )
    assert len(characters) == 6763
    for weight in Weight:
        assert {ord(character) for character in characters} <= drawable(weight.value)


def test_only_embedded_subsets_reach_the_page() -> None:
    found = fonts_of(a_page("张𠮷 ABC"))
    assert all(found.values())
    assert {name.split("+")[1] for name in found} == {"NotoSansSC-Regular", RARE}
    assert all("+" in name for name in found)


def test_characters_beyond_the_basic_plane_are_mapped_as_utf_16() -> None:
    assert "<01> <D842DFB7>" in to_unicode("X", [0, ord("𠮷")])
    many = to_unicode("X", list(range(0x4E00, 0x4E00 + 250)))
    assert many.count("beginbfchar") == 3
    assert "100 beginbfchar" in many


def test_a_missing_font_is_seen_as_ink_not_only_as_text() -> None:
    blank = picture_of(a_page(" "), width_px=600).convert("L")
    written = picture_of(a_page("𠮷" * 12), width_px=600).convert("L")
    assert sum(written.histogram()[:100]) > sum(blank.histogram()[:100]) + 150


def test_the_date_of_making_is_the_showrooms_clock_and_bytes_repeat() -> None:
    assert a_page("同") == a_page("同")
    made = PdfReader(io.BytesIO(a_page("同"))).metadata
    assert made is not None
    assert made.creation_date == NOW


def test_lines_break_where_chinese_may_break() -> None:
    text = "试驾中发生交通事故（含单方事故），先由保险公司在保险范围内赔付；不足部分，由双方依照法律规定承担。"
    for room in range(60, 200, 7):
        broken = lines([Words(text)], 10, room)
        assert "".join(words.text for line in broken for words in line) == text
        for line in broken[1:]:
            assert line[0].text[0] not in NEVER_FIRST
        for line in broken[:-1]:
            assert line[-1].text[-1] not in NEVER_LAST
        assert all(sum(fonts.width(w.text, w.weight, 10) for w in line) <= room for line in broken)


def test_words_are_kept_whole_and_emphasis_survives() -> None:
    broken = lines(emphasised("The **seat belt** throughout"), 10, 60)
    assert [[words.text for words in line] for line in broken] == [
        ["The ", "seat"],
        ["belt", " "],
        ["throughout"],
    ] or all(" " not in words.text.strip() for line in broken for words in line if words.weight is Weight.BOLD)
    assert "".join(w.text for line in broken for w in line if w.weight is Weight.BOLD).replace(" ", "") == "seatbelt"


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("中文字，。（）ab 1.𠮷\n"), max_size=80), st.integers(30, 200))
def test_breaking_never_loses_a_character_nor_loops(text: str, room: int) -> None:
    broken = lines([Words(text)], 10, room)
    kept = "".join(words.text for line in broken for words in line)
    assert kept.replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_a_font_that_is_gone_or_damaged_is_said_and_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in (("Gone-Regular", None), ("Damaged-Regular", b"not a font at all")):
        file = tmp_path / f"{name}.ttf"
        if content is not None:
            file.write_bytes(content)
        monkeypatch.setitem(fonts.FILES, name, file)
        with pytest.raises(fonts.PaperFontMissing) as missing:
            fonts.drawable(name)
        assert missing.value.facts["file"] == file.name
        assert file.name in refusal_words(missing.value).words
