"""The attract picture: one sentence, one car, one button; the camera notice is readable before anyone is seen."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.kiosk.hero import draw_attract
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.painting import cover, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import RIGHT, Words


class WelcomePage(KioskPage):
    """Any touch begins."""

    theme = "curtain"
    shows_idle = False
    shows_foot = False
    may_go_back = False
    idle_s = 0

    def __init__(self, stage: Stage, toggle_large: Callable[[], None]) -> None:
        super().__init__(stage)
        self._hero = self._dealers_hero()
        self._toggle_large = toggle_large
        column = self.root(top=150 if stage.is_portrait else 100, bottom=0)
        column.setContentsMargins(
            column.contentsMargins().left(), column.contentsMargins().top(), column.contentsMargins().right(), 0
        )
        column.addWidget(Words(stage.shop.store, "body", tone="ink_2"))
        self.gap(column, 16)
        column.addWidget(self.beside_car(_("Welcome.\nTake your time")))
        if stage.is_portrait:
            self._portrait(column)
        else:
            self._landscape(column)

    def _dealers_hero(self) -> QImage:
        heroes = [path for path in self.stage.look.tokens.brand.heroes if path.is_file()]
        return QImage(str(heroes[0])) if heroes else QImage()

    def _start_button(self) -> TouchButton:
        button = TouchButton(_("Touch to start"), "dark", icon="tap", style="action", height=176)
        return self.wide(button).on_press(self.stage.start)

    def _portrait(self, column: QVBoxLayout) -> None:
        column.addStretch(1)
        column.addWidget(Words(self.stage.shop.hero_title, "body_l", weight=500))
        column.addWidget(Words(self.stage.shop.hero_note, "note", tone="ink_2"))
        self.gap(column, 80)
        column.addWidget(self._start_button())
        self.gap(column, 32)
        column.addWidget(self._offers())
        self.gap(column, 64)
        column.addLayout(self._foot())
        self.gap(column, 56)

    def _landscape(self, column: QVBoxLayout) -> None:
        self.gap(column, 64)
        start = self._start_button()
        start.setFixedWidth(self.px(560))
        row, words = QHBoxLayout(), QVBoxLayout()
        row.addWidget(start)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Words(self.stage.shop.hero_title, "body_l", weight=500, align=RIGHT))
        words.addWidget(Words(self.stage.shop.hero_note, "note", tone="ink_2", align=RIGHT))
        row.addLayout(words, 1)
        column.addLayout(row)
        column.addStretch(1)
        column.addLayout(self._foot())
        self.gap(column, 52)

    def _offers(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.px(30))
        row.addStretch(1)
        offers = (_("Check in"), _("Book a drive"), _("Car service"), _("Just looking"))
        for number, offer in enumerate(offers):
            if number:
                row.addWidget(Divider())
            row.addWidget(Words(offer, "note", tone="ink_2", wraps=False))
        row.addStretch(1)
        strip = QWidget()
        strip.setLayout(row)
        return strip

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.px(20))
        row.addWidget(Icon("eye", 40, tone="ink_2"))
        break_or_stop = "\n"
        notice = break_or_stop.join(
            (
                _("This camera sleeps until you agree on a page of its own."),
                _("The ceiling cameras only count people, never who they are."),
            )
        )
        row.addWidget(Words(notice, "caption", tone="ink_2"), 1, Qt.AlignmentFlag.AlignVCenter)
        large = TouchButton("", "secondary", icon="large_type", height=104).on_press(self._toggle_large)
        large.setAccessibleName(_("Larger type"))
        large.setFixedWidth(self.px(104))
        row.addWidget(large)
        bell = TouchButton(
            "" if self.stage.is_portrait else _("Call staff"), "secondary", icon="bell", style="foot", height=104
        ).on_press(self.stage.call_staff)
        bell.setAccessibleName(_("Call staff"))
        if self.stage.is_portrait:
            bell.setFixedWidth(self.px(104))
        row.addWidget(bell)
        return row

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.stage.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        place = QRectF(self.rect())
        if not self._hero.isNull():
            cover(painter, self._hero, place)
            self._darken(painter, place)
            return
        draw_attract(painter, place, self.stage.look.scale, is_portrait=self.stage.is_portrait)

    def _darken(self, painter: QPainter, place: QRectF) -> None:
        """A dealer's picture stays readable under white text."""
        shade = QLinearGradient(place.topLeft(), place.bottomLeft())
        for at, alpha in ((0.0, 235), (0.36, 150), (0.5, 60), (0.62, 150), (1.0, 245)):
            shade.setColorAt(at, QColor(7, 9, 12, alpha))
        painter.fillRect(place, shade)


class Divider(QWidget):
    """A thin upright line between words."""

    def sizeHint(self) -> QSize:
        return QSize(look_of(self).px(2), look_of(self).px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        high = look_of(self).px(32)
        painter.fillRect(QRectF(0, (self.height() - high) / 2, look_of(self).px(2), high), look_of(self).colour("line"))
