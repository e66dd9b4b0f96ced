"""What all kiosk pages share: where the title, the choices and the foot lie in portrait, landscape and low layout."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import language
from smart4s_kiosk.ui.kiosk.hero import HeroPicture
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.look import ThemeName, look_of
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

HEAD_PORTRAIT, HEAD_LANDSCAPE = 152, 136
FOOT_PORTRAIT, FOOT_LANDSCAPE = 160, 156
TITLE_WIDTH = 656
CONTENT_LEFT = 784
MARGIN_PORTRAIT, MARGIN_LANDSCAPE = 72, 96


class KioskPage(QWidget):
    """Covers the window below head and foot. A page renders its view and passes taps on; it decides nothing."""

    theme: ThemeName | None = None
    """None follows the terminal's theme; "curtain" is always dark."""
    foot_theme: ClassVar[ThemeName | None] = None
    shows_idle: ClassVar[bool] = True
    shows_foot: ClassVar[bool] = True
    shows_low_button: ClassVar[bool] = True
    may_go_back: bool = True
    back_word: str = ""
    idle_s: int = 60
    """0: this page never times out (somebody is being waited for)."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def back(self) -> bool:
        """A page with steps of its own goes one step back and answers True."""
        return False

    def leave(self) -> None:
        """The page goes away: stop timers, forget pictures."""

    # building

    def px(self, size: float) -> int:
        return self.stage.look.px(size)

    @property
    def margin(self) -> int:
        return MARGIN_PORTRAIT if self.stage.is_portrait else MARGIN_LANDSCAPE

    @property
    def head(self) -> int:
        return HEAD_PORTRAIT if self.stage.is_portrait else HEAD_LANDSCAPE

    @property
    def foot(self) -> int:
        return FOOT_PORTRAIT if self.stage.is_portrait else FOOT_LANDSCAPE

    def root(self, *, top: float = 0, bottom: float = 32) -> QVBoxLayout:
        """One column between head and foot."""
        column = QVBoxLayout(self)
        side = self.px(self.margin)
        column.setContentsMargins(side, self.px(self.head + top), side, self.px(self.foot + bottom))
        column.setSpacing(0)
        return column

    def split(self, *, top: float = 80, landscape_top: float = 84) -> tuple[QVBoxLayout, QVBoxLayout]:
        """Title and content: above each other in portrait, beside each other in landscape."""
        title, content = QVBoxLayout(), QVBoxLayout()
        for part in (title, content):
            part.setSpacing(0)
        if self.stage.is_portrait:
            column = self.root(top=self._title_top(top))
            column.addLayout(title)
            column.addLayout(content, 1)
            return title, content
        row = QHBoxLayout(self)
        side = self.px(MARGIN_LANDSCAPE)
        row.setContentsMargins(side, self.px(HEAD_LANDSCAPE), side, self.px(FOOT_LANDSCAPE + 48))
        row.setSpacing(self.px(CONTENT_LEFT - MARGIN_LANDSCAPE - TITLE_WIDTH))
        left = QWidget()
        left.setFixedWidth(self.px(TITLE_WIDTH))
        left.setLayout(title)
        title.setContentsMargins(0, self.px(landscape_top + 20), 0, 0)
        content.setContentsMargins(0, self.px(landscape_top), 0, 0)
        row.addWidget(left)
        row.addLayout(content, 1)
        return title, content

    def _title_top(self, top: float) -> float:
        """In the low layout a picture fills what an arm in a seat cannot reach."""
        return 56 if self.stage.is_low else top

    def add_hero_when_low(self, layout: QBoxLayout) -> None:
        """The picture above the title in the low layout (portrait only)."""
        if self.stage.is_low and self.stage.is_portrait:
            hero = HeroPicture(height=440)
            layout.addWidget(hero)
            layout.addSpacing(self.px(56))

    def title(self, text: str, note: str = "", *, style: str = "title") -> list[Words]:
        """The question and one line below it."""
        shown = [Words(text, style)]
        if note:
            shown.append(Words(note, "body_l", tone="ink_2"))
        return shown

    def beside_car(self, text: str) -> Words:
        """The biggest words beside the drawn car: English ones are longer, so smaller, in the same room."""
        is_long = language() == "en" and not self.stage.is_portrait
        words = Words(text, "title" if is_long else "display")
        words.setMinimumHeight(len(text.split("\n")) * self.stage.look.style("display").line)
        return words

    def add_title(self, layout: QVBoxLayout, text: str, note: str = "", *, gap: float = 20) -> None:
        """Title and note into the title column; in landscape the rest of the column stays empty."""
        words = text.replace("\n", " " if language() == "en" else "") if self.stage.is_low else text
        for number, part in enumerate(self.title(words, note)):
            if number:
                layout.addSpacing(self.px(gap))
            layout.addWidget(part)

    def wide(self, button: TouchButton) -> TouchButton:
        """A button as wide as its column."""
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def row(self, *buttons: QWidget, gap: float = 32) -> QHBoxLayout:
        """Parts side by side, each as wide as the other."""
        row = QHBoxLayout()
        row.setSpacing(self.px(gap))
        for button in buttons:
            if isinstance(button, TouchButton):
                self.wide(button)
            row.addWidget(button, 1)
        return row

    @property
    def has_short_words(self) -> bool:
        """Whether a notice and what follows it stand on one line."""
        return self.stage.is_portrait and language() == "zh_CN" and not self.stage.look.large_type

    def gap(self, layout: QBoxLayout, size: float) -> None:
        layout.addSpacing(self.px(size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look_of(self).colour("ground"))


def left_of(layout: QLayout, widget: QWidget) -> None:
    """Add `widget` at its own width, at the left."""
    if isinstance(layout, QBoxLayout):
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
