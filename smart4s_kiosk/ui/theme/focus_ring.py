"""A ring outside the control that has keyboard focus; one per window, never in the way of a finger."""

import shiboken6
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
        before = self.target
        if before is not None:
            before.removeEventFilter(self)
        self._target = target
        if target is None:
            self.hide()
            return
        target.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    @property
    def target(self) -> QWidget | None:
        """The ringed control, as long as it exists: a closing dialog takes its controls with it."""
        return self._target if self._target is not None and shiboken6.isValid(self._target) else None

    def _place(self) -> None:
        target = self.target
        if target is None:
            return
        look = look_of(target)
        reach = look.px(3) + look.border("focus") + 1
        face = getattr(target, "face", None)
        seen = face().toAlignedRect() if callable(face) else target.rect()
        corner = target.mapTo(self.window(), seen.topLeft())
        self.setGeometry(QRect(corner, seen.size()).adjusted(-reach, -reach, reach, reach))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._place()
        elif event.type() in {QEvent.Type.Hide, QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut}:
            self.follow(None)
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        target = self.target
        if target is None:
            return
        look = look_of(target)
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
