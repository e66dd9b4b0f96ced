"""The look: every text pair can be read, a brand colour never breaks that, the fonts and icons are there."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from smart4s_kiosk.ui.theme import fonts, icons
from smart4s_kiosk.ui.theme.colour import Oklch, contrast, mix, parse
from smart4s_kiosk.ui.theme.dress import dress
from smart4s_kiosk.ui.theme.lettering import Paragraph, SetText
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.theme.stylesheet import stylesheet
from smart4s_kiosk.ui.theme.tokens import Brand, Tokens, default_tokens

GROUNDS = ("ground", "sunken", "surface", "raised")
TEXT_PAIRS = (
    *((text, ground) for text in ("ink", "ink_2", "ink_3") for ground in GROUNDS),
    ("accent", "ground"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_action", "action"),
    ("on_action", "action_down"),
    ("ink", "quiet"),
    ("ink", "quiet_down"),
    ("ink_2", "quiet"),
    ("ink_3", "quiet"),
    ("success", "ground"),
    ("success", "surface"),
    ("success", "success_soft"),
    ("warn", "surface"),
    ("warn", "ground"),
    ("warn", "warn_soft"),
    ("danger", "surface"),
    ("danger", "ground"),
    ("danger", "danger_soft"),
    ("on_alarm", "alarm"),
    ("on_disabled", "disabled"),
)
BRANDS = ("#2348A8", "#C8102E", "#C9A227", "#00A88F", "#6B3FA0", "#FF6A13", "#000000", "#6EC1E4", "#FFEE00", "#FFFFFF")


@pytest.mark.parametrize("theme", ["light", "dark", "curtain"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_pair_can_be_read(theme: str, text: str, ground: str) -> None:
    palette = default_tokens().palettes[theme]
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_of_controls_and_chart_series_reach_three_to_one(theme: str) -> None:
    tokens = default_tokens()
    palette = tokens.palettes[theme]
    assert min(contrast(palette.line_strong, getattr(palette, g)) for g in ("ground", "surface")) >= 3
    assert all(contrast(colour, palette.surface) >= 3 for colour in tokens.charts[theme].series)


@pytest.mark.parametrize("accent", BRANDS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_brand_colour_ends_up_readable(accent: str, theme: str) -> None:
    palette = default_tokens().for_brand(Brand("A", "B", accent)).palettes[theme]
    for text, ground in TEXT_PAIRS:
        if "accent" in text or "accent" in ground:
            assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5, (text, ground)
    assert contrast(palette.focus, palette.ground) >= 3


def test_deriving_from_the_shipped_accent_gives_the_shipped_roles() -> None:
    tokens = default_tokens()
    derived = tokens.for_brand(tokens.brand)
    for theme in ("light", "dark"):
        for role in ("accent", "accent_soft", "accent_line", "focus"):
            pair = (parse(getattr(derived.palettes[theme], role)), parse(getattr(tokens.palettes[theme], role)))
            assert max(abs(a - b) for a, b in zip(*pair, strict=True)) <= 1.5 / 255, (theme, role)


@pytest.mark.parametrize("accent", ["#C8102E", "#00A88F", "#6B3FA0", "#FF6A13"])
def test_a_derived_accent_keeps_its_hue(accent: str) -> None:
    tokens = default_tokens().for_brand(Brand("A", "B", accent))
    for theme in ("light", "dark"):
        assert Oklch.of(tokens.palettes[theme].accent).hue == pytest.approx(Oklch.of(accent).hue, abs=0.06)


def test_a_colour_survives_the_way_to_oklch_and_back() -> None:
    for colour in ("#000000", "#FFFFFF", "#2348A8", "#FF0000", "#00FF00", "#123456"):
        assert Oklch.of(colour).hex() == colour


def test_mixing_is_what_a_translucent_layer_would_show() -> None:
    assert mix(0.5, "#000000", "#FFFFFF") == "#808080"
    assert mix(0.0, "#000000", "#FFFFFF") == "#FFFFFF"


def test_the_three_weights_are_three_different_drawings(application: object) -> None:
    look = Look()
    widths = []
    for weight in (400, 500, 700):
        font = look.font("title", weight=weight)
        assert QFontInfo(font).family() == fonts.MAIN_FAMILY
        widths.append(SetText("Hello 您好", font, 10_000, 96).natural_width)
    assert len(set(widths)) == 3


def test_a_character_that_no_font_has_is_named(application: object) -> None:
    assert fonts.missing_characters("王静 E7 · 镕䶮") == ""
    assert fonts.missing_characters("a\U000e0041\U000e0041b") == "\U000e0041"


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_something_in_the_colour_asked_for(name: str, application: object) -> None:
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.draw_icon(painter, name, QRectF(0, 0, 48, 48), Look().colour("accent"))
    painter.end()
    drawn = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250
    }
    assert Look().colour("accent").name() in drawn


def test_an_unknown_icon_is_an_error_not_a_blank() -> None:
    with pytest.raises(icons.UnknownIcon):
        icons.icon("no_such_icon", Look().colour("ink"), 24)


@pytest.mark.parametrize("density", ["kiosk", "tablet", "desk"])
@pytest.mark.parametrize("theme", ["light", "dark", "curtain"])
def test_the_style_sheet_is_understood_and_changes_at_run_time(theme: str, density: str, qtbot: object) -> None:
    look = Look(theme=theme, density=density)  # type: ignore[arg-type] # the parameters are themes and densities
    assert "{" in stylesheet(look)
    window = QWidget()
    label = QLabel("落地价", window)
    label.setProperty("role", "title")
    dress(window, look)
    label.ensurePolished()
    assert label.font().pixelSize() == look.style("title").size
    dress(window, Look(theme=theme, density="desk"))  # type: ignore[arg-type] # the parameters are themes and densities
    label.ensurePolished()
    assert label.font().pixelSize() == Look(density="desk").style("title").size


def test_emphasis_is_read_and_an_unpaired_mark_stays() -> None:
    assert Paragraph.of("由 **王静** 接待") == Paragraph("由 王静 接待", ((2, 2),))
    assert Paragraph.of("5 ** 3") == Paragraph("5 ** 3")


def test_no_last_line_of_one_character(application: object) -> None:
    font = Look().font("body")
    text = "接待完全一样手机号码预约码都可以"
    width = SetText(text[:-1], font, 10_000, 52).natural_width + 1
    laid = SetText(text, font, width, 52)
    assert laid.line_count == 2
    last = laid._layouts[0].lineAt(1)
    assert last.textLength() > 2


def test_tokens_have_everything_that_pages_use() -> None:
    tokens: Tokens = default_tokens()
    assert tokens.seconds["idle_reset"] == 60
    assert {"light", "dark", "curtain"} == set(tokens.palettes)
    assert tokens.densities["kiosk"].styles["caption"].size == 28
    assert tokens.densities["desk"].styles["caption"].size == 13
