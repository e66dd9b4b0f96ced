"""A ring outside the control that has keyboard focus; one per window, never in the way of a finger."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.ui.theme.look import look_of

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class FocusRing(QWidget):
    """Follows one control of its window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self.hide()

    def follow(self, target: QWidget | None) -> None:
        """Show the ring round `target`, or nowhere."""
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = target
        if target is None:
            self.hide()
            return
        target.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        if self._target is None:
            return
        look = look_of(self._target)
        reach = look.px(3) + look.border("focus") + 1
        corner = self._target.mapTo(self.window(), self._target.rect().topLeft())
        self.setGeometry(QRect(corner, self._target.size()).adjusted(-reach, -reach, reach, reach))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._place()
        elif event.type() in {QEvent.Type.Hide, QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut}:
            self.follow(None)
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._target is None:
            return
        look = look_of(self._target)
        width = look.border("focus")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.palette.focus), width))
        radius, inset = look.radius("control") + look.px(3), width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), radius, radius)


def show_focus(control: QWidget, reason: Qt.FocusReason) -> None:
    """Call from a control's `focusInEvent`: rings it when the focus came by keyboard."""
    window = control.window()
    ring = window.findChild(FocusRing, "focus-ring", Qt.FindChildOption.FindDirectChildrenOnly)
    if not isinstance(ring, FocusRing):
        ring = FocusRing(window)
    ring.follow(control if reason in BY_KEYBOARD else None)
