"""A button with its key printed on it, and the colours of buttons on the alarm strip."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter

from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel
from smart4s_kiosk.ui.widgets.touch_button import TouchButton


class KeyButton(TouchButton):
    """`key` is what people press instead: "F1", "Ctrl Enter". The accessible name stays the word alone."""

    def __init__(self, text: str, role: str = "secondary", *, key: str = "", icon: str = "", height: int = 0) -> None:
        super().__init__(text, role, icon=icon, height=height)
        self._key = key

    @property
    def key(self) -> str:
        return self._key

    def _cap(self, look: Look) -> float:
        return text_width(self._key, look.font("caption", weight=500)) + look.px(12) if self._key else 0.0

    def _cap_room(self, look: Look) -> float:
        return self._cap(look) + look.px(8) if self._key else 0.0

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + round(self._cap_room(look_of(self))), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _room_for_text(self, look: Look) -> float:
        return super()._room_for_text(look) - self._cap_room(look)

    def _draw_content(self, painter: QPainter, look: Look, colour: QColor) -> None:
        room = self._cap_room(look)
        painter.save()
        painter.translate(-room / 2, 0)
        super()._draw_content(painter, look, colour)
        painter.restore()
        if self._key:
            self._draw_cap(painter, look, colour)

    def _draw_cap(self, painter: QPainter, look: Look, colour: QColor) -> None:
        wide, high = self._cap(look), look.px(20)
        free = self._room_for_text(look)
        icon = self._icon_size(look) + self._gap(look) if self._icon else 0
        word = min(free, text_width(self.text(), look.font(self._style)))
        left = (self.width() + word + icon - self._cap_room(look)) / 2 + look.px(8)
        place = QRectF(left, (self.height() - high) / 2, wide, high)
        edge = QColor(colour)
        edge.setAlphaF(0.55)
        panel(painter, place, look.px(4), QColor(Qt.GlobalColor.transparent), edge, 1)
        painter.setFont(look.font("caption", weight=500))
        painter.setPen(colour)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._key)


class AlarmButton(KeyButton):
    """On the red strip: white with red words, or a darker red with white words."""

    def __init__(self, text: str, *, key: str, is_main: bool) -> None:
        super().__init__(text, "primary" if is_main else "secondary", key=key, height=40)
        self._is_main = is_main

    def colours(self) -> tuple[QColor | None, QColor, QColor | None]:
        look = look_of(self)
        alarm, white = look.colour("alarm"), look.colour("on_alarm")
        if self._is_main:
            return (white.darker(108) if self.isDown() else white, alarm, None)
        return (alarm.darker(165 if self.isDown() else 130), white, None)


class NavButton(TouchButton):
    """One page of the console: icon, word, how many; the present page lies on a quiet ground."""

    def __init__(self, word: str, icon: str, key: str) -> None:
        super().__init__(word, "plain", icon=icon, height=40)
        self._figure, self._is_narrow = "", False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolTip(f"{word} ({key})")

    def show_count(self, count: int) -> None:
        """The figure at the right; 0 shows none."""
        self._figure = str(count) if count else ""
        self.setAccessibleDescription(self._figure)
        self.update()

    def be_narrow(self, is_narrow: bool) -> None:
        """Icon only, where the screen is small; the name stays for tool tip and screen reader."""
        self._is_narrow = is_narrow
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(48 if self._is_narrow else 184), look.px(48))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def sticks_out(self) -> bool:
        look = look_of(self)
        room = self.width() - look.px(48 + 12) - text_width(self._figure, look.font("note"))
        return not self._is_narrow and text_width(self.text(), look.font("body", weight=500)) > room

    def colours(self) -> tuple[QColor | None, QColor, QColor | None]:
        look = look_of(self)
        fill = look.colour("quiet") if self.isChecked() or self.isDown() else None
        return (fill, look.colour("ink" if self.isChecked() else "ink_2"), None)

    def _draw_content(self, painter: QPainter, look: Look, colour: QColor) -> None:
        side = look.px(20)
        left = (self.width() - side) / 2 if self._is_narrow else look.px(12)
        self._draw_mark(painter, look, QRectF(left, (self.height() - side) / 2, side, side), colour)
        if self._is_narrow:
            return
        painter.setFont(look.font("body", weight=500 if self.isChecked() else 400))
        painter.setPen(colour)
        place = QRectF(look.px(44), 0, self.width() - look.px(56), self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(look.font("note"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._figure)
