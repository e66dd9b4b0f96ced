"""A picture of the damage: the live camera with one button, or a file."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.licence_capture import LARGEST_PICTURE_FILE
from smart4s_kiosk.services.damage_photos import DamagePhotos
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.camera_view import CameraView
from smart4s_kiosk.ui.widgets.chosen_file import read_chosen
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble

FRAME_MS = 66


class DamageDialog(Dialog):
    """`taken` carries the encoded picture."""

    taken = Signal(bytes)

    def __init__(self, window: QWidget, photos: DamagePhotos, background: Background) -> None:
        text = _("It is kept with this agreement; please leave people out of the picture.")
        super().__init__(window, _("Picture of the damage"), text, width=720)
        self._photos, self._background = photos, background
        self.view = CameraView("none", ratio=4 / 3)
        self.view.setFixedHeight(look_of(window).px(380))
        self.body.addWidget(self.view)
        self._said = Words(" ", "note", tone="ink_2")
        self.body.addWidget(self._said)
        self.add_action(_("Cancel"))
        self.add_action(_("From file"), self._choose, closes=False)
        self.ok = self.add_action(_("Take it"), self._take, kind="primary", closes=False)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """The newest picture, or that there is none."""
        frame = self._photos.newest()
        self.ok.setEnabled(frame is not None)
        if frame is None:
            self._said.set_text(_("No camera picture: a file does as well"))
        else:
            self._said.set_text(" ")
            self.view.show_pixels(frame.pixels, frame.sequence)

    def _take(self) -> None:
        self._background.change(self, self._photos.take, self._done, refused=self._refused)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Picture of the damage"), "", _("Pictures (*.jpg *.jpeg *.png *.webp *.bmp)"))
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, name: str) -> None:
        """This picture file."""
        self._background.change(
            self,
            lambda: self._photos.from_file(read_chosen(Path(name), LARGEST_PICTURE_FILE)),
            self._done,
            refused=self._refused,
        )

    def _refused(self, trouble: Trouble) -> None:
        self._said.set_text(trouble.words)

    def _done(self, photo: bytes) -> None:
        self._timer.stop()
        self.view.clear()
        self.taken.emit(photo)
        self.close_now()
