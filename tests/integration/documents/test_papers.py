"""Every paper says what it must, with embedded fonts only, and its code can be read off the page."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from smart4s_kiosk.documents.capital_amount import capital_amount
from smart4s_kiosk.documents.fonts import GlyphMissing
from smart4s_kiosk.documents.list_sheet import ListSheetMaker
from smart4s_kiosk.documents.photos import PhotoUnreadable
from smart4s_kiosk.documents.preview import PdfiumPreviews, PdfUnreadable
from smart4s_kiosk.documents.quote_sheet import QuoteSheetMaker
from smart4s_kiosk.documents.quote_words import line_title, words_in
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.money import in_yuan
from smart4s_kiosk.domain.quote_versions import changes
from smart4s_kiosk.domain.quotes import price
from smart4s_kiosk.domain.seals import SealKind, first_entry
from smart4s_kiosk.domain.taxes import Place
from smart4s_kiosk.ports.documents import (
    ConditionPhoto,
    KeyReceiptPaper,
    ListPaper,
    NoticePaper,
    QuotePaper,
    RecoveryPaper,
    TicketPaper,
)
from tests.builders_documents import NOW, STORE, an_agreement
from tests.builders_quotes import FUEL, RULES, TODAY, a_car, a_draft, a_full_quote
from tests.integration.documents.reading import codes_in, fonts_of, pages_of, picture_of, text_of


def squeezed(words: str) -> str:
    return "".join(words.split())


def plain(paragraph: str) -> str:
    return squeezed(paragraph.replace("*", ""))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_quote_sheet_shows_every_line_with_its_rule(language: str) -> None:
    quote = a_full_quote()
    text = text_of(QuoteSheetMaker().quote_sheet(QuotePaper(STORE, quote, "王静", "张*先生", language)))
    _ = words_in(language)
    for line in quote.priced.lines:
        assert squeezed(line_title(line, _)) in text
        assert in_yuan(line.amount_fen) in text
        if line.provenance:
            assert squeezed(line.provenance.source) in text
            assert line.provenance.dated.isoformat() in text
    for words in (
        "250,855.13",
        "15,000",
        "2026-12-31",
        "4.50%",
        "52,000.00",
        "198,855.13",
        quote.check_code(),
        "张*先生",
    ):
        assert squeezed(words) in text
    assert squeezed(_("Nothing that is not listed is charged")) in text


def test_an_open_line_makes_the_total_not_final() -> None:
    quote = replace(a_full_quote(), priced=price(a_draft(a_car(taxed=FUEL), place=Place("火星")), RULES, TODAY))
    text = text_of(QuoteSheetMaker().quote_sheet(QuotePaper(STORE, quote, "王静")))
    assert "待核" in text
    assert "有待核项目，尚未确定" in text
    assert "人民币" not in text


def test_what_changed_since_the_version_before_is_on_the_sheet() -> None:
    quote = a_full_quote()
    before = price(replace(quote.priced.draft, insurance=None), RULES, TODAY)
    paper = QuotePaper(STORE, quote, "王静", changes=changes(before, quote.priced))
    assert "商业保险示例财险—→5,260.00" in text_of(QuoteSheetMaker().quote_sheet(paper))


def test_the_code_on_the_printed_sheet_is_read_back(tmp_path: Path) -> None:
    payload = "https://chengye.example/q#" + "0123456789" * 80
    pdf = QuoteSheetMaker().quote_sheet(QuotePaper(STORE, a_full_quote(), "王静", qr_payload=payload))
    assert codes_in(picture_of(pdf, width_px=2480), tmp_path) == [payload]


@pytest.mark.parametrize("lines", range(0, 18, 2))
def test_a_clause_and_its_acknowledgement_stand_on_one_page_wherever_it_ends(lines: int) -> None:
    paper = an_agreement()
    assert paper.car is not None
    paper = replace(paper, car=replace(paper.car, condition="完好。" + "左前门一处浅划痕，其余完好。" * 3 * lines))
    pages = pages_of(AgreementMaker().agreement(paper))
    clauses = paper.text.clauses_for(paper.kind)
    assert len(pages) > 1
    assert any(f"条款1{squeezed(clauses[0].title)}" in page for page in pages), (
        "the heading stands over its first clause"
    )
    for page in pages:
        begun = [clause for clause in clauses if f"{squeezed(clause.title)}{plain(clause.paragraphs[0])[:4]}" in page]
        important = [clause for clause in begun if clause in paper.text.important(paper.kind)]
        assert page.count("单独展示") == len(important)
        assert all(plain(clause.paragraphs[-1])[-6:] in page for clause in begun)


@pytest.mark.parametrize("kind", list(RideKind))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_agreement_holds_its_own_text_and_the_evidence(kind: RideKind, language: str) -> None:
    paper = an_agreement(kind, language)
    pdf = AgreementMaker().agreement(paper)
    text = text_of(pdf)
    for clause in paper.text.clauses:
        expected = squeezed(clause.plain.split("\n", 1)[1])[:60]
        assert (expected in text) == (kind in clause.kinds)
    for words in ("张𠮷龘", "示A·D0128", paper.text.hash, "2026-11-2110:25:50", "10:25:06", "D-20261121-003"):
        assert squeezed(words) in text
    signed = paper.customer_signature
    assert signed is not None
    assert signed.strokes_hash in text
    assert all(fonts_of(pdf).values())
    assert "Helvetica" not in pdf.decode("latin-1")


def test_risk_terms_are_set_in_bold() -> None:
    fonts = fonts_of(AgreementMaker().agreement(an_agreement()))
    assert any(name.endswith("NotoSansSC-Bold") for name in fonts)


def test_an_unsigned_agreement_says_so_and_ticks_nothing() -> None:
    paper = an_agreement(customer_signature=None, consultant_signature=None, clauses_read=())
    text = text_of(AgreementMaker().agreement(paper))
    assert "阅读稿，尚未签署" in text
    assert "单独展示" not in text


def test_a_name_that_cannot_be_printed_stops_the_agreement() -> None:
    paper = an_agreement()
    with pytest.raises(GlyphMissing):
        AgreementMaker().agreement(replace(paper, person=replace(paper.person, name="张\ue001")))
    AgreementMaker().must_be_drawable("张𠮷")


def test_condition_photographs_lose_the_cameras_own_data(tmp_path: Path) -> None:
    place = tmp_path / "door.jpg"
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    Image.new("RGB", (2000, 1500), "#3355AA").save(place, exif=exif)
    paper = an_agreement()
    car = replace(paper.car, photos=(ConditionPhoto("左前门", place.read_bytes()),))
    pdf = AgreementMaker().agreement(replace(paper, car=car))
    assert "左前门" in text_of(pdf)
    assert b"SECRET PLACE" in place.read_bytes()
    assert b"SECRET PLACE" not in pdf
    with pytest.raises(PhotoUnreadable):
        AgreementMaker().agreement(replace(paper, car=replace(car, photos=(ConditionPhoto("x", b"no picture"),))))


def test_the_small_papers(tmp_path: Path) -> None:
    slips = SlipMaker()
    entry = first_entry(SealKind.KEY_OUT, "a1", "00" * 32, NOW, mileage_km=3218)
    receipt = KeyReceiptPaper(
        STORE, SealKind.KEY_OUT, "D-20261121-003", "澄野 E7", "示A·D0128", "K-07", "张*", "王静", NOW, 3218, "电量 82 %",
        NOW + timedelta(minutes=40), "", entry,
    )  # fmt: skip
    text = text_of(slips.key_receipt(receipt))
    assert "钥匙交接单" in text
    assert "3,218km" in text
    assert entry.hash in text
    ticket = slips.ticket(TicketPaper(STORE, "A017", "看车", NOW, 2, 6, "王静", "https://chengye.example/t#A017"))
    assert "前面还有2位" in text_of(ticket)
    assert codes_in(picture_of(ticket, width_px=800), tmp_path) == ["https://chengye.example/t#A017"]
    sheet = slips.recovery_sheet(RecoveryPaper(STORE, ("ba-po-mo fa-de-te ne-le-ge",), "S4SKEY1:ABC", NOW))
    assert "ba-po-mo" in text_of(sheet)
    assert codes_in(picture_of(sheet), tmp_path) == ["S4SKEY1:ABC"]
    notice = slips.notice(
        NoticePaper(STORE, "本机摄像头", ("仅在您同意后使用。",), "This camera", ("Only with consent.",), "1", TODAY)
    )
    assert "仅在您同意后使用" in text_of(notice)
    for pdf in (ticket, sheet, notice, slips.key_receipt(receipt)):
        assert all(fonts_of(pdf).values())


def test_previews_are_pictures_of_the_asked_width() -> None:
    import io

    pages = PdfiumPreviews().pages(AgreementMaker().agreement(an_agreement()), 700)
    assert len(pages) == 3
    assert {Image.open(io.BytesIO(page)).width for page in pages} == {700}
    with pytest.raises(PdfUnreadable):
        PdfiumPreviews().pages(b"no pdf", 700)


@pytest.mark.parametrize(
    ("amount_fen", "words"),
    [
        (25_085_513, "人民币贰拾伍万零捌佰伍拾伍元壹角叁分"),
        (10_765_088, "人民币壹拾万柒仟陆佰伍拾元捌角捌分"),
        (10_000_000, "人民币壹拾万元整"),
        (100_00, "人民币壹佰元整"),
        (1_010_00, "人民币壹仟零壹拾元整"),
        (100_050_05, "人民币壹拾万零伍拾元零伍分"),
        (10_001_000_00, "人民币壹仟万壹仟元整"),
        (1_000_000_010_00, "人民币壹拾亿零壹拾元整"),
        (50, "人民币伍角整"),
        (5, "人民币伍分"),
        (0, "人民币零元整"),
    ],
)
def test_amounts_in_capital_characters(amount_fen: int, words: str) -> None:
    assert capital_amount(amount_fen) == words


def test_dates_are_printed_in_the_showrooms_day() -> None:
    late = replace(a_full_quote(), created_at=NOW.replace(hour=23, minute=30))
    text = text_of(QuoteSheetMaker().quote_sheet(QuotePaper(STORE, late, "王静")))
    assert f"{date(2026, 11, 22)}07:30" in text


def test_a_list_fits_its_page_and_bears_its_head_on_every_one() -> None:
    rows = tuple(("2026-11-21", f"A-{n:03d}", "欧阳*先生" * (1 + n % 4), "试驾") for n in range(120))
    paper = ListPaper(STORE, "展厅日志", "沈佳 2026-11-21 10:00", ("日期", "来访", "客人", "目的"), rows, NOW)
    pdf = ListSheetMaker().list_sheet(paper)
    text = text_of(pdf)
    assert [f"A-{n:03d}" in text for n in range(120)] == [True] * 120
    pages = text.count("沈佳"), text.count("来访")
    assert pages[0] == 1
    assert pages[1] > 2
    assert ListSheetMaker().list_sheet(ListPaper(STORE, "展厅日志", "沈佳", ("日期",), (), NOW)).startswith(b"%PDF")
