"""The button of every surface: answers at once by colour, counts a double tap once, says why it cannot be pressed."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import UNBOUNDED, SetText
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import panel, ring, round_pen, smooth

DEBOUNCE_MS = 400
"""A second tap within this time is the same tap; keys are meant to be tapped fast."""
SPIN_MS = 40
HEIGHTS = {"kiosk": 128, "tablet": 56, "desk": 40}
QUIET_HEIGHTS = {"kiosk": 104, "tablet": 48, "desk": 36}
FINGER = 48
"""Nothing that is pressed is smaller; a desk's button looks lower than it is (docs/adr/0021)."""
# role: fill, pressed fill, text, border (None: no border)
ROLES: dict[str, tuple[str | None, str | None, str, str | None]] = {
    "primary": ("action", "action_down", "on_action", None),
    "secondary": ("quiet", "quiet_down", "ink", None),
    "equal": ("surface", "quiet", "ink", "ink"),
    "danger": ("surface", "danger_soft", "danger", "danger"),
    "link": (None, None, "accent", None),
    "plain": (None, "quiet_down", "ink_2", None),
    "key": ("surface", "quiet_down", "ink", "line"),
    "chip": ("surface", "quiet_down", "ink", "line"),
    "chip_chosen": ("action", "action_down", "on_action", None),
    "dark": ("action", "action_down", "on_action", None),
}


class TouchButton(PaintedKey):
    """Emits `pressed_once` for a press that counts. `busy` and `lacking` change the word, never the place."""

    pressed_once = Signal()

    def __init__(
        self,
        text: str = "",
        role: str = "secondary",
        *,
        icon: str = "",
        icon_after: str = "",
        style: str = "label",
        height: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._style = role, style
        self._icon, self._icon_after = icon, icon_after
        self._height = height
        self._word, self._busy_word = text, ""
        self._since_press = QElapsedTimer()
        self._is_typed_with = False
        self._spin = QTimer(self)
        self._spin.setInterval(SPIN_MS)
        self._spin.timeout.connect(self._turn)
        self._angle = 0.0
        self.setText(text)
        self.setAccessibleName(text)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._count)

    # what it says

    def set_word(self, word: str) -> None:
        """The word of the button at rest."""
        self._word = word
        self._show()

    def set_role(self, role: str) -> None:
        self._role = role
        self.setProperty("role", role)
        self.update()

    def set_style(self, style: str) -> None:
        """Another text style (a longer word on the same key)."""
        self._style = style
        self.update()

    def set_icon_name(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_lacking(self, missing: str) -> None:
        """Cannot be pressed yet, and `missing` says what is missing; empty makes it pressable again."""
        self.setEnabled(not missing)
        self.setText(missing or self._word)
        self.setAccessibleName(self.text())
        self.update()

    def set_busy(self, word: str) -> None:
        """Working: the word changes, a spinner turns, presses do not count; empty ends it."""
        self._busy_word = word
        if word:
            self._spin.start()
        else:
            self._spin.stop()
        self._show()

    @property
    def is_busy(self) -> bool:
        return bool(self._busy_word)

    @property
    def role(self) -> str:
        return self._role

    def _show(self) -> None:
        self.setText(self._busy_word or self._word)
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    # pressing

    @property
    def is_calm(self) -> bool:
        """Long enough after the last tap that the next one is another tap."""
        calm = 0 if self._role == "key" or self._is_typed_with else DEBOUNCE_MS
        return not self._since_press.isValid() or self._since_press.elapsed() >= calm

    def _count(self) -> None:
        if self.is_busy:
            return
        if not self.is_calm:
            return
        self._since_press.start()
        self.pressed_once.emit()

    def to_type_with(self) -> "TouchButton":
        """Delete and shift are tapped as fast as the letters beside them: every tap counts."""
        self._is_typed_with = True
        return self

    def on_press(self, act: Callable[[], object]) -> "TouchButton":
        """Connects `act` and returns the button, for building pages in one line."""
        self.pressed_once.connect(act)
        return self

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def _turn(self) -> None:
        self._angle = (self._angle + 14) % 360
        self.update()

    # size and drawing

    def design_height(self) -> int:
        """Height in design units of this density."""
        if self._height:
            return self._height
        heights = HEIGHTS if self._role in {"primary", "equal", "danger"} else QUIET_HEIGHTS
        return heights[look_of(self).density]

    def sizeHint(self) -> QSize:
        look = look_of(self)
        height = look.px(max(self.design_height(), FINGER))
        icons = [name for name in (self._icon, self._icon_after) if name]
        wide = self._text(look, UNBOUNDED).natural_width if self.text() else 0
        room = sum(self._icon_size(look) + (self._gap(look) if self.text() else 0) for _ in icons)
        if not self.text():
            return QSize(height, height)
        padding = look.px({"kiosk": 36, "tablet": 18, "desk": 14}[look.density])
        if self._role == "link":
            padding = look.px(8) if look.density != "kiosk" else 1
        return QSize(max(int(wide + room + 2 * padding) + 1, look.px(FINGER)), height)

    def face(self) -> QRectF:
        """What is drawn of the button: at a desk a little lower than what can be pressed."""
        look, whole = look_of(self), QRectF(self.rect())
        spare = self.height() - look.px(self.design_height())
        if look.density != "desk" or not 0 < spare <= look.px(FINGER):
            return whole
        return whole.adjusted(0, spare // 2, 0, -(spare - spare // 2))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), look_of(self).px(160)), hint.height())

    def _icon_size(self, look: Look) -> int:
        if look.density == "kiosk":
            alone = not self.text() and self._role == "plain"
            return look.px(28 if self._role == "link" else 56 if alone or self._style == "action" else 44)
        return look.px(20 if look.density == "tablet" else 18)

    def _gap(self, look: Look) -> int:
        if self._role == "link":
            return look.px(8)
        return look.px({"kiosk": 20, "tablet": 10, "desk": 8}[look.density])

    def _text(self, look: Look, width: float) -> SetText:
        style = look.style(self._style)
        align = Qt.AlignmentFlag.AlignHCenter if width < UNBOUNDED else Qt.AlignmentFlag.AlignLeft
        return SetText(self.text(), look.font(self._style), width, style.line, align)

    def _room_for_text(self, look: Look) -> float:
        icons = len([name for name in (self._icon or self.is_busy, self._icon_after) if name])
        margin = look.px({"kiosk": 20, "tablet": 8, "desk": 6}[look.density])
        if self._role == "link":
            margin = look.px(4) if look.density != "kiosk" else 0
        elif self._role == "key":
            margin = look.px(4)
        return self.width() - 2 * margin - icons * (self._icon_size(look) + self._gap(look))

    def sticks_out(self) -> bool:
        """Whether the word is cut."""
        look = look_of(self)
        laid = self._text(look, self._room_for_text(look))
        return bool(self.text()) and (laid.sticks_out or laid.height > self.height() + 1)

    def colours(self) -> tuple[QColor | None, QColor, QColor | None]:
        """Fill, text and border as they are now."""
        look = look_of(self)
        fill, down, text, edge = ROLES[self._role]
        if not self.isEnabled():
            return (look.colour("disabled") if fill else None, look.colour("on_disabled"), None)
        shown = down if self.isDown() and not self.is_busy else fill
        return (
            look.colour(shown) if shown else None,
            look.colour(text),
            look.colour(edge) if edge else None,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        fill, text, edge = self.colours()
        if fill is not None:
            face = self.face()
            radius = face.height() / 2 if self._role.startswith("chip") else look.radius("control")
            line = look.border("hair") if self._role in {"key", "chip"} else look.border("choice")
            panel(painter, face, radius, fill, edge, line)
        self._draw_content(painter, look, text)

    def _draw_content(self, painter: QPainter, look: Look, colour: QColor) -> None:
        size, gap = self._icon_size(look), self._gap(look)
        room = self._room_for_text(look)
        laid = self._text(look, room)
        wide = min(room, self._text(look, room).natural_width) if self.text() else 0
        before = self._icon or ("spinner" if self.is_busy else "")
        total = wide + sum(size + (gap if self.text() else 0) for name in (before, self._icon_after) if name)
        left, middle = (self.width() - total) / 2, self.height() / 2
        if before:
            place = QRectF(left, middle - size / 2, size, size)
            self._draw_mark(painter, look, place, colour)
            left += size + gap
        if self.text():
            shift = left - (room - wide) / 2
            laid.draw(painter, QRectF(shift, middle - laid.height / 2, room, laid.height), colour)
            left += wide + gap
        if self._icon_after:
            draw_icon(painter, self._icon_after, QRectF(left, middle - size / 2, size, size), colour)

    def _draw_mark(self, painter: QPainter, look: Look, place: QRectF, colour: QColor) -> None:
        if not self.is_busy:
            draw_icon(painter, self._icon, place, colour)
            return
        width = look.px(5 if look.density == "kiosk" else 3)
        faint = QColor(colour)
        faint.setAlphaF(0.3)
        centre = place.center()
        radius = place.width() / 2 - width
        ring(painter, centre, radius, round_pen(faint, width), 1)
        painter.save()
        painter.translate(centre)
        painter.rotate(self._angle)
        ring(painter, QPointF(0, 0), radius, round_pen(colour, width), 0.25)
        painter.restore()
