"""试乘 of somebody whose name is not known yet: the name stands in the agreement, nothing else is asked."""

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import DriveSheet
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.parts import row, wide
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine
from smart4s_kiosk.ui.widgets.words import Words


class PassengerPage(DrivePage):
    """One name."""

    step = 2

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._name = ""
        column = self.column()
        column.addWidget(Words(_("Who rides along?"), "display"))
        column.addWidget(Words(_("The name stands in the agreement; no licence is needed."), "body_l", tone="ink_2"))
        self._line = TypedLine(_("Name"))
        column.addWidget(self._line)
        pad = PinyinPad(self.look_, length=20, key_height=60)
        pad.typed.connect(self._typed)
        column.addWidget(pad)
        column.addStretch(1)
        self.go = wide(TouchButton(_("Read the agreement"), "primary", height=64).on_press(self._go))
        column.addLayout(row(self.look_, self.give_up_button(_("Stop here")), self.go))
        self._typed("")

    def title(self) -> str:
        return _("Riding along")

    def _typed(self, name: str) -> None:
        self._name = name
        self._line.show_text(name)
        self.go.set_lacking("" if name else _("Name missing"))

    def _go(self) -> None:
        drives, agreement_id, name = self.stage.tablet.drives, self.drive.agreement_id, self._name
        self.change(
            lambda: drives.ride_along(agreement_id, name=name),
            self.stage.show_drive,
            button=self.go,
            word=_("One moment"),
        )
