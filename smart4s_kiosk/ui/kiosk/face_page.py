"""The camera page: one instruction at a time, in the picture; the way out is always there."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.check_in_choices import FaceTip
from smart4s_kiosk.services.check_in_views import FacePreview, GuideFace
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.camera_view import OVAL, CameraView
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.words import Words

FRAME_MS = 40
TIPS: dict[FaceTip, tuple[str, str]] = {
    FaceTip.LOOK: (N_("Look at the screen"), "face"),
    FaceTip.CLOSER: (N_("Come a little closer"), "arrow_up"),
    FaceTip.FURTHER: (N_("Step back a little"), "arrow_down"),
    FaceTip.CENTRE: (N_("Move into the oval"), "face"),
    FaceTip.BRIGHTER: (N_("Turn to the light"), "sun"),
    FaceTip.DARKER: (N_("Turn from the light"), "sun"),
    FaceTip.STILL: (N_("Hold still a moment"), "face"),
    FaceTip.ONE_PERSON: (N_("One person, please"), "user"),
    FaceTip.UNCOVER: (N_("Uncover your face"), "face"),
    FaceTip.TURN_LEFT: (N_("Turn a little to the left"), "arrow_left"),
    FaceTip.TURN_RIGHT: (N_("Turn a little to the right"), "arrow_right"),
    FaceTip.NOD: (N_("Nod slightly, please"), "arrow_down"),
}


class CheckTile(QFrame):
    """One of three conditions with its sign and word."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        role(self, "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(stage.px(12), stage.px(22), stage.px(12), stage.px(22))
        row.setSpacing(stage.px(18))
        row.addStretch(1)
        self._icon = Icon("check", 40, tone="success")
        row.addWidget(self._icon)
        self._words = Words("", "note", wraps=False)
        row.addWidget(self._words)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, words: str, *, is_good: bool, icon: str) -> None:
        self._icon.show_icon("check" if is_good else icon, "success" if is_good else "warn")
        self._words.set_text(words)
        self._words.set_tone("ink" if is_good else "warn")


class FacePage(KioskPage):
    """Reads the newest picture about 25 times a second; keeps none after it leaves."""

    theme = "curtain"
    shows_idle = False
    back_word = N_("Another way")

    def __init__(self, view: GuideFace, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        self.back_word = N_("Rather not") if view.enrols else N_("Another way")
        self._is_finishing = False
        self.camera = CameraView(OVAL)
        self._tiles = tuple(CheckTile(stage) for _tile in range(3))
        title, content = self.split(top=24, landscape_top=20)
        self.add_title(title, _("Look at the screen"), _("Your face in the oval, a moment is enough"), gap=4)
        if stage.is_portrait:
            self.gap(content, 28)
            content.addWidget(self.camera, 1)
            self.gap(content, 44)
            content.addLayout(self.row(*self._tiles, gap=24))
            self.gap(content, 40)
            content.addLayout(self._promise())
            self.gap(content, 16)
        else:
            self.gap(title, 40)
            for tile in self._tiles:
                title.addWidget(tile)
                self.gap(title, 20)
            title.addStretch(1)
            title.addLayout(self._promise())
            content.addWidget(self.camera, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def _promise(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.px(18))
        row.addWidget(Icon("shield_check", 36, tone="ink_2"))
        words = (
            _("Picture discarded at once; only encrypted features stay here")
            if self._view.enrols
            else _("Processed on this terminal only, discarded at once, never stored")
        )
        row.addWidget(Words(words, "caption", tone="ink_2"), 1)
        return row

    def look(self) -> None:
        """Show the newest picture and, once decided, ask what it means."""
        try:
            preview = self.stage.preview()
        except Unavailable:
            self._stop()
            visit_id = self._view.visit_id
            self.stage.act(lambda check_in: check_in.stop_face(visit_id))
            return
        if preview is None:
            self.camera.show_guide(progress=0, tip=_("The camera opens"), tip_icon="camera")
            self._show_tiles(None)
            return
        self.camera.show_pixels(preview.pixels, preview.sequence)
        tip, icon = TIPS[preview.tip]
        self.camera.show_guide(progress=preview.progress, tip=_(tip), tip_icon=icon)
        self._show_tiles(preview)
        if preview.is_decided and not self._is_finishing:
            self._is_finishing = True
            self._timer.stop()
            visit_id = self._view.visit_id
            self.stage.act(lambda check_in: check_in.finish_face(visit_id))

    def _show_tiles(self, preview: FacePreview | None) -> None:
        light, alone, near = (
            (True, True, True)
            if preview is None
            else (preview.light_is_good, preview.one_person, preview.distance_is_good)
        )
        closer = preview is not None and preview.tip is FaceTip.FURTHER
        self._tiles[0].show_state(_("Light is good") if light else _("Poor light"), is_good=light, icon="sun")
        self._tiles[1].show_state(_("One person") if alone else _("Several people"), is_good=alone, icon="users")
        far = _("Too near") if closer else _("Too far")
        self._tiles[2].show_state(_("Good distance") if near else far, is_good=near, icon="ruler")

    def back(self) -> bool:
        """Another way: the camera goes off before anything else."""
        self._stop()
        visit_id = self._view.visit_id
        self.stage.act(lambda check_in: check_in.stop_face(visit_id))
        return True

    def _stop(self) -> None:
        self._timer.stop()
        self.camera.clear()

    def leave(self) -> None:
        self._stop()
