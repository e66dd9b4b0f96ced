"""The licence before the camera: card frame, one tip at a time, automatic shutter; or a picture file; or by hand."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from smart4s_kiosk.domain.licences import LicenceKind
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ports.licence_capture import LARGEST_PICTURE_FILE, CaptureTip
from smart4s_kiosk.services.licence_scans import MOST_PAGES, CaptureView, TooManyPages
from smart4s_kiosk.services.tablet_views import DriveSheet
from smart4s_kiosk.ui.licence_words import KINDS
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.parts import card, row, wide
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.camera_view import CARD, UPRIGHT, CameraView
from smart4s_kiosk.ui.widgets.chosen_file import read_chosen
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.segmented import Segmented
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

LOOK_MS = 66
PICTURES = N_("Pictures (*.jpg *.jpeg *.png *.webp)")
TIPS: dict[CaptureTip, tuple[str, str]] = {
    CaptureTip.NO_CARD: (N_("Hold the licence in the frame"), "licence"),
    CaptureTip.TOO_DARK: (N_("More light"), "sun"),
    CaptureTip.GLARE: (N_("Tilt it away from the glare"), "sun"),
    CaptureTip.CLOSER: (N_("Closer"), "search"),
    CaptureTip.BLURRED: (N_("Blurred, hold it still"), "eye"),
    CaptureTip.FLATTEN: (N_("Hold it flat"), "ruler"),
    CaptureTip.HOLD_STILL: (N_("Hold it still"), "pause"),
}
OTHER_KINDS = (LicenceKind.TEMPORARY, LicenceKind.FOREIGN, LicenceKind.INTERNATIONAL, LicenceKind.MILITARY)


class CapturePage(DrivePage):
    """Both pages in any order. Reading runs in the background; the preview goes on meanwhile."""

    step = 1

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self._see)
        self._pages = 0
        self._is_looking = self._has_begun = False
        self._camera = CameraView(CARD, ratio=4 / 3)
        line = self.columns()
        line.addWidget(self._camera, 8)
        line.addLayout(self._side(), 4)
        self.pages_taken(0)

    def title(self) -> str:
        return _("Photograph the licence")

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(self.px(12))
        frame, column = card(self.look_, gap=10)
        column.addWidget(Words(_("Main page and sub-page"), "heading"))
        hint = _("Any order; in a sleeve, on paper or on a phone. The picture is taken by itself.")
        column.addWidget(Words(hint, "note", tone="ink_2"))
        self._marks = [Icon("licence", 24, tone="ink_3") for _page in range(MOST_PAGES)]
        self._counts = Words("", "note", weight=500)
        column.addLayout(row(self.look_, *self._marks, self._counts, 1))
        side.addWidget(frame)
        self._forms = Segmented(((_("Card or paper"), ""), (_("On a phone"), "")))
        self._forms.chosen.connect(self._change_form)
        side.addWidget(self._forms)
        self.shutter = wide(TouchButton(_("Take picture"), "secondary", icon="camera").on_press(self._shoot))
        self.file = wide(TouchButton(_("From file"), "secondary", icon="upload").on_press(self._choose_file))
        self.again = wide(TouchButton(_("Retake"), "secondary", icon="refresh").on_press(self._begin))
        self.by_hand = wide(TouchButton(_("Type it in"), "secondary", icon="pen").on_press(self._type))
        self.other = wide(TouchButton(_("Another document"), "secondary", icon="document").on_press(self._ask_kind))
        side.addLayout(row(self.look_, self.shutter, self.file))
        side.addLayout(row(self.look_, self.again, self.by_hand))
        side.addWidget(self.other)
        self._failed = Words("", "note", tone="warn")
        side.addWidget(self._failed)
        side.addStretch(1)
        portrait = _("The portrait is blacked out before anything else; the picture is deleted after the check.")
        if self.drive.keeps_pictures:
            portrait = _(
                "The portrait is blacked out before anything else; the picture is sealed and kept for 30 days."
            )
        side.addLayout(row(self.look_, Icon("lock", 20, tone="ink_2"), Words(portrait, "caption", tone="ink_2")))
        self.read_now = wide(TouchButton(_("Read it"), "primary", height=64).on_press(self._read_pages))
        side.addLayout(row(self.look_, self.give_up_button(_("Stop here")), self.read_now))
        return side

    def read(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._begin()

    def leave(self) -> None:
        self._looks.stop()
        self._camera.clear()

    def _change_form(self, number: int) -> None:
        """A card lies across, a phone stands upright: the frame and the tips follow."""
        self._camera.set_guide(UPRIGHT if number else CARD)
        self._begin()

    def _begin(self) -> None:
        scans, agreement_id, upright = self.stage.tablet.scans, self.drive.agreement_id, bool(self._forms.current)
        self.change(lambda: scans.begin(agreement_id, upright=upright), lambda _none: self._began())

    def _began(self) -> None:
        self.pages_taken(0)
        self._looks.start()

    # the preview

    def _see(self) -> None:
        if self._is_looking or self.read_now.is_busy:
            return
        self._is_looking = True
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id
        self.stage.background.ask(
            self, lambda: scans.look(agreement_id), self._show_look, kind="look", refused=lambda _t: self._rest_look()
        )

    def _rest_look(self) -> None:
        self._is_looking = False

    def _show_look(self, view: CaptureView) -> None:
        self._is_looking = False
        if view.pixels is None:
            self._camera.show_guide(progress=0, tip=_("No document camera: use a file or type"), tip_icon="camera_off")
        else:
            self._camera.show_pixels(view.pixels, view.sequence)
            place = view.place
            self._camera.set_guide_place(QRectF(place.left, place.top, place.width, place.height) if place else None)
            tip, icon = TIPS[view.tip] if view.tip else (N_("Taken"), "check")
            self._camera.show_guide(progress=view.steadiness, tip=_(tip), tip_icon=icon)
        self.shutter.setEnabled(view.may_shoot)
        failed = _("Three readings failed: please type the fields from the document") if view.must_type else ""
        self._failed.set_text(failed)
        if view.pages_taken != self._pages:
            self.pages_taken(view.pages_taken)
            if view.pages_taken == MOST_PAGES:
                self._read_pages()

    def pages_taken(self, count: int) -> None:
        """So many pages lie ready to be read."""
        self._pages = count
        for number, mark in enumerate(self._marks):
            mark.show_icon("success" if number < count else "licence", "success" if number < count else "ink_3")
        self._counts.set_text(_("{n} of {all} taken").format(n=count, all=MOST_PAGES))
        if not self.read_now.is_busy:
            self.read_now.set_lacking("" if count else _("No page taken yet"))

    # acts

    def _shoot(self) -> None:
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id
        self.change(lambda: scans.shoot(agreement_id), self._taken)

    def _taken(self, count: int) -> None:
        self.pages_taken(count)
        if count == MOST_PAGES:
            self._read_pages()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Picture of the licence"), "", _(PICTURES))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def add_files(self, names: list[str]) -> None:
        """Picture files in place of the camera, at most two."""
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id

        def add() -> int:
            if len(names) > MOST_PAGES:
                raise TooManyPages
            files = [read_chosen(Path(name), LARGEST_PICTURE_FILE) for name in names]
            return [scans.add_file(agreement_id, content) for content in files][-1]

        self.change(add, self._taken)

    def _read_pages(self) -> None:
        if self.read_now.is_busy:
            return
        self.read_now.set_busy(_("Reading"))
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id
        self.stage.background.ask(self, lambda: scans.read(agreement_id), lambda _sheet: self._was_read(), kind="read")

    def _was_read(self) -> None:
        self._go_on()

    def show_trouble(self, trouble: object) -> None:
        self.read_now.set_busy("")
        super().show_trouble(trouble)

    def _type(self, kind: LicenceKind = LicenceKind.PAPER) -> None:
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id
        self.change(lambda: scans.type_by_hand(agreement_id, kind), lambda _sheet: self._go_on())

    def _ask_kind(self) -> None:
        dialog = Dialog(self.window(), _("Which document?"), _("Each has a rule of its own; a colleague confirms it."))
        for kind in OTHER_KINDS:
            button = wide(TouchButton(_(KINDS[kind]), "secondary", height=56))
            button.on_press(partial(self._other_kind, dialog, kind))
            dialog.body.addWidget(button)
        dialog.add_action(_("Back"), kind="primary")
        dialog.open_now()

    def _other_kind(self, dialog: Dialog, kind: LicenceKind) -> None:
        dialog.close_now()
        self._type(kind)

    def _go_on(self) -> None:
        drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id
        self.change(lambda: drives.licence_was_read(agreement_id), self.stage.show_drive)
