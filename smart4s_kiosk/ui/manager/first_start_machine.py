"""First start: screens, which camera is which with a live picture, the line to WeCom."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ports.vision import CameraFound, CameraRole, CameraStatus
from smart4s_kiosk.services.first_start import ROLE_KEYS, SURFACES, Progress
from smart4s_kiosk.ui.manager.first_start_page import FirstStartPage
from smart4s_kiosk.ui.widgets.camera_view import CameraView
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import Writes
from smart4s_kiosk.ui.widgets.words import Words

FRAME_MS = 66
INDENT = 30
"""Where the words of a tick box begin."""
ROLES = {
    CameraRole.FACE: (N_("Face camera"), N_("above the kiosk, looks at the guest")),
    CameraRole.DOCUMENT: (N_("Document camera"), N_("looks down at the licence tray")),
    CameraRole.FLOOR: (N_("Floor camera"), N_("high up, counts people without knowing them")),
}
STATUSES = {
    CameraStatus.OPENING: N_("The camera is being opened"),
    CameraStatus.RUNNING: N_("Live"),
    CameraStatus.BLACK: N_("The picture is black: open the privacy shutter or take off the cap"),
    CameraStatus.LOST: N_("The camera gives no picture; check its cable"),
    CameraStatus.BUSY: N_("Another program is using this camera, perhaps this terminal's own kiosk; it can be chosen"),
    CameraStatus.NO_PERMISSION: N_(
        "This account may not use the camera: add it to the group “video” and sign in to the computer again"
    ),
    CameraStatus.NOT_FOUND: N_("The camera is no longer plugged in"),
    CameraStatus.UNREADABLE: N_("The camera's picture cannot be read"),
    CameraStatus.ENDED: N_("The recording has ended"),
    CameraStatus.STOPPED: N_("Choose a camera to see its picture"),
}


SURFACE_WORDS = {
    "kiosk": (N_("Guests' kiosk"), N_("upright touch screen at the door; guests check in here")),
    "reception": (N_("Reception"), N_("the board, walk-ins, keys and appointments")),
    "tablet": (N_("Consultant's tablet"), N_("test drives, signatures and quotes")),
    "manager": (N_("Manager"), N_("figures, people, settings, privacy and health")),
}


class SurfacesPage(FirstStartPage):
    """One computer may show several screens; another one of the store shows others."""

    def build(self) -> None:
        self.next_word = _("Save the screens")
        self.say(_("Which screens does this terminal open? It takes effect when the program starts next."))
        chosen = self.progress.chosen.get("terminal.surfaces", "kiosk").split(",")
        self.boxes: dict[str, QCheckBox] = {}
        for name in SURFACES:
            word, what = SURFACE_WORDS[name]
            box = QCheckBox(_(word))
            box.setChecked(name in chosen)
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(box)
            below = QHBoxLayout()
            below.setContentsMargins(self.look.px(INDENT), 0, 0, 0)
            below.addWidget(Words(_(what), "caption", tone="ink_2"))
            both.addLayout(below)
            self.body.addLayout(both)
            self.boxes[name] = box
        form = self.form()
        place = self.progress.chosen.get("terminal.place", "")
        self.place = self.field(form, _("Where it stands"), place, _("for example: entrance"))

    def save(self) -> None:
        wanted = [name for name, box in self.boxes.items() if box.isChecked()]
        place = self.place.text()
        self.change(lambda: self.first_start.choose_surfaces(wanted, place))


class CamerasPage(FirstStartPage):
    """Each role has one camera, by its stable path; a role may have none."""

    may_wait = True

    def build(self) -> None:
        self.next_word = _("Save the cameras")
        self.say(_("Each role has its own camera. Without a face camera guests check in by phone or code."))
        ways = QBoxLayout.Direction
        row = QBoxLayout(ways.TopToBottom if self.is_upright else ways.LeftToRight)
        row.setSpacing(self.look.px(32))
        left = QVBoxLayout()
        left.setSpacing(self.look.px(14))
        self.boxes: dict[CameraRole, QComboBox] = {}
        for role, (name, where) in ROLES.items():
            left.addWidget(Words(_(name), "heading"))
            left.addWidget(Words(_(where), "caption", tone="ink_2"))
            box = QComboBox()
            box.setAccessibleName(_(name))
            box.currentIndexChanged.connect(lambda _number, chosen=role: self._show(chosen))
            left.addWidget(box)
            self.boxes[role] = box
        again = TouchButton(_("Look again"), "secondary", icon="refresh").on_press(self._look)
        left.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        row.addLayout(left, 1)
        right = QVBoxLayout()
        self.view = CameraView("none", ratio=16 / 9)
        self.view.setMinimumSize(self.look.px(380), self.look.px(214))
        self.view.setMaximumHeight(self.look.px(290))
        self.status = Words("", "body")
        right.addWidget(self.view)
        right.addWidget(self.status)
        right.addStretch(1)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self._found: tuple[CameraFound, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._paint)
        self._look()

    def _look(self) -> None:
        self.background.ask(self, self.first_start.cameras, self.show_cameras, kind="cameras")

    def show_cameras(self, found: tuple[CameraFound, ...]) -> None:
        """What is plugged in; the choice of before stays, also when its camera is away now."""
        self._found = found
        for role, box in self.boxes.items():
            before = self.chosen(role) if box.count() else self.progress.chosen.get(ROLE_KEYS[role], "")
            box.blockSignals(True)
            box.clear()
            box.addItem(_("No camera"), "")
            for camera in found:
                box.addItem(f"{camera.name} · {camera.path.rsplit('/', 1)[-1]}", camera.path)
            if before and before not in {camera.path for camera in found}:
                box.addItem(before, before)
            box.setCurrentIndex(max(0, box.findData(before)))
            box.blockSignals(False)
        if not found:
            self.status.set_text(_("No camera is plugged in; this step can be done later"))

    def chosen(self, role: CameraRole) -> str:
        """The path chosen for a role."""
        return str(self.boxes[role].currentData() or "")

    def _show(self, role: CameraRole) -> None:
        path = self.chosen(role)
        self.view.clear()
        known = next((camera for camera in self._found if camera.path == path), None)
        if known is not None and known.status is CameraStatus.NO_PERMISSION:
            self._timer.stop()
            self.status.set_text(_(STATUSES[known.status]))
            return
        self.background.change(self, lambda: self.first_start.show_camera(path), lambda _none: self._timer.start())

    def _paint(self) -> None:
        self.status.set_text(_(STATUSES[self.first_start.camera_status()]))
        frame = self.first_start.frame()
        if frame is not None:
            self.view.show_pixels(frame.pixels, frame.sequence)

    def save(self) -> None:
        chosen = {role: self.chosen(role) for role in ROLES}
        self.change(lambda: self.first_start.choose_cameras(chosen))

    def leave(self) -> None:
        self._timer.stop()
        self.background.change(self.window(), lambda: self.first_start.show_camera(""), lambda _none: None)


class ConnectorPage(FirstStartPage):
    """WeCom notices need a connector; without one everything in the showroom works."""

    may_wait = True

    def build(self) -> None:
        self.next_word = _("Connect")
        self.say(_("With a connector, consultants are asked in WeCom. Without one, everything in the showroom works."))
        form = self.form()
        known = self.progress.chosen.get("connector.url", "")
        self.address = self.field(form, _("Address of the connector"), known, writes=Writes.PLAIN)
        self.address.setPlaceholderText("https://")
        self.code = self.field(form, _("Enrolment code"), writes=Writes.PLAIN)

    def save(self) -> None:
        address, code = self.address.text(), self.code.text()
        if not address.strip() or not code.strip():
            self.finished(self.progress)
            return
        self.change(lambda: self._connect(address, code))

    def _connect(self, address: str, code: str) -> Progress:
        return self.first_start.connect(address, code)
