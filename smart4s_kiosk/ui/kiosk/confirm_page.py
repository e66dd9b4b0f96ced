"""Is this you? A question, not a claim: nothing happens without the tap."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.check_in_views import ConfirmGuest, FacePreview
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.dress import dress
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from smart4s_kiosk.ui.widgets.camera_view import CORNERS, CameraView
from smart4s_kiosk.ui.widgets.confirm_sheet import ConfirmSheet
from smart4s_kiosk.ui.wording import day, guest_name

SHEET_TOP, SHEET_TOP_ALONE = 1020 / 1920, 420 / 1920


class ConfirmPage(KioskPage):
    """With a face: the last picture above, the sheet below. Otherwise the sheet alone."""

    theme: ThemeName | None = "curtain"
    foot_theme = "light"
    back_word = N_("Back")

    def __init__(self, view: ConfirmGuest, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        if not view.by_face:
            self.theme = None
        self.camera = CameraView(CORNERS)
        self.camera.setParent(self)
        self.sheet = self._sheet()
        self.sheet.setParent(self)
        dress(self.sheet, stage.look)
        self.sheet.answered.connect(self._answer)
        if view.by_face:
            self._show_last(stage.preview())

    @property
    def sheet_look(self) -> Look:
        return self.stage.look

    def _show_last(self, preview: FacePreview | None) -> None:
        if preview is not None:
            self.camera.show_pixels(preview.pixels, preview.sequence)

    def _sheet(self) -> ConfirmSheet:
        view, stage = self._view, self.stage
        name = guest_name(view.guest.masked_name, view.guest.title)
        likeness = view.likeness_percent
        return ConfirmSheet(
            stage.look,
            lead=_("Good to see you again, are you") if view.last_visit else _("Are you"),
            question=_("{name}?").format(name=name),
            fact=self._fact(),
            no=_("Not me"),
            yes=_("Yes, me"),
            hint=_("Nothing happens until you tap. 'Not me' uses your phone instead."),
            chip=_("{n}% match").format(n=likeness) if likeness is not None and view.by_face else "",
            chip_icon="face",
            margin=72 if stage.is_portrait else 96,
        )

    def _fact(self) -> str:
        view = self._view
        if view.last_visit is None:
            return ""
        if not view.last_consultant:
            return _("Last visit {day}").format(day=day(view.last_visit))
        return _("Last visit {day}, with **{name}**").format(day=day(view.last_visit), name=view.last_consultant)

    def _answer(self, is_me: bool) -> None:
        visit_id = self._view.visit_id
        self.stage.act(lambda check_in: check_in.confirm_guest(visit_id, is_me=is_me))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high, margin = self.width(), self.height(), self.px(self.margin)
        if self.stage.is_portrait:
            top = round(high * (SHEET_TOP if self._view.by_face else SHEET_TOP_ALONE))
            self.sheet.setGeometry(0, top, wide, high - top)
            head = self.px(208)
            self.camera.setGeometry(QRect(margin, head, wide - 2 * margin, top - head + self.px(60)))
        else:
            left = self.px(784) if self._view.by_face else 0
            self.sheet.setGeometry(left, self.px(160), wide - left, high - self.px(160))
            self.camera.setGeometry(QRect(margin, self.px(200), left - margin - self.px(64), high - self.px(420)))
        self.camera.setVisible(self._view.by_face)
        self.sheet.raise_()

    def leave(self) -> None:
        self.camera.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._view.by_face:
            QPainter(self).fillRect(self.rect(), self.stage.look.colour("ground"))
