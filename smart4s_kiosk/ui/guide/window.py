"""The demo's guide, one window beside the surfaces. It is never part of a real showroom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

GLANCE_MS = 500
"""How often the guide looks whether the windows still stand."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody invented who signs in."""

    name: str
    job_title: str
    pin: str


@dataclass(frozen=True, slots=True)
class DemoDoors:
    """What the guide's buttons open; `is_over` tells that the kiosk was left."""

    tablet: Callable[[], object]
    manager: Callable[[], object]
    phone: Callable[[], object]
    is_over: Callable[[], bool]


class GuideWindow(QWidget):
    """What to try first, the PINs of the invented staff, and the other windows."""

    def __init__(self, look: Look, people: Sequence[DemoPerson], doors: DemoDoors, *, has_camera: bool) -> None:
        super().__init__()
        self._doors = doors
        self.setWindowTitle(_("Demo guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        role(self, "page")
        dress(self, look)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(24, 16, 24, 16)
        columns.setSpacing(20)
        columns.addLayout(self._steps(has_camera), 5)
        columns.addLayout(self._pins(people), 4)
        columns.addLayout(self._buttons(), 2)
        self._glance = QTimer(self)
        self._glance.setInterval(GLANCE_MS)
        self._glance.timeout.connect(self._look_round)
        self._glance.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the guide ends the demo."""
        self._glance.stop()
        super().closeEvent(event)

    def _look_round(self) -> None:
        if self._doors.is_over():
            self.close()

    def _steps(self, has_camera: bool) -> QVBoxLayout:
        camera = (
            _("1. Touch the kiosk and check in, by face if you like: this computer's camera is the kiosk's camera.")
            if has_camera
            else _("1. Touch the kiosk and check in by face: a recorded visitor stands before the camera.")
        )
        column = QVBoxLayout()
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(_("What to try"), "title", wraps=False))
        head.addWidget(Chip(_("Demo: people and data are invented"), "warn"))
        head.addStretch(1)
        column.addLayout(head)
        for line in (
            camera,
            _("2. Press the answer on the consultant's phone (in the browser) and watch the kiosk and the desk."),
            _("3. Open the tablet: licence, agreement, signatures, quote. The manager's panel shows the day."),
        ):
            column.addWidget(Words(line, "body"))
        column.addStretch(1)
        return column

    @staticmethod
    def _pins(people: Sequence[DemoPerson]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Words(_("PINs of the invented staff"), "title", wraps=False))
        table = QGridLayout()
        table.setHorizontalSpacing(16)
        table.setVerticalSpacing(4)
        half = (len(people) + 1) // 2
        for number, person in enumerate(people):
            row, place = number % half, 2 * (number // half)
            table.addWidget(Words(f"{person.name} · {person.job_title}", "body", tone="ink_2", wraps=False), row, place)
            table.addWidget(Words(person.pin, "body", wraps=False, weight=500), row, place + 1)
        column.addLayout(table)
        column.addStretch(1)
        return column

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for words, kind, act in (
            (_("Consultant tablet"), "secondary", self._doors.tablet),
            (_("Manager's panel"), "secondary", self._doors.manager),
            (_("Consultant's phone"), "secondary", self._doors.phone),
            (_("End the demo"), "link", self.close),
        ):
            column.addWidget(TouchButton(words, kind).on_press(act))
        column.addStretch(1)
        return column
