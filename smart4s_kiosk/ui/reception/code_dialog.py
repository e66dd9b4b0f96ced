"""An appointment's code, large enough to be photographed off the screen, and its slip where there is a printer."""

from PySide6.QtCore import Qt

from smart4s_kiosk.i18n import _, language
from smart4s_kiosk.services.appointment_slips import AppointmentCode, SlipWords
from smart4s_kiosk.ui.reception.board_words import short_purpose
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.dialogs import DeskDialog
from smart4s_kiosk.ui.widgets.qr_label import QrLabel
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, date_of, guest_name, on_day

CODE_PX = 260


class CodeDialog(DeskDialog):
    """Esc closes, Ctrl P prints."""

    def __init__(self, console: Console, shown: AppointmentCode) -> None:
        self._guest = guest_name(shown.name, shown.title)
        on = date_of(shown.at)
        about = [f"{on_day(on)} {clock(shown.at)}", short_purpose(shown.purpose), shown.consultant]
        super().__init__(
            console.host, _("Appointment of {name}").format(name=self._guest), "·".join(filter(None, about))
        )
        self._console, self._shown = console, shown
        self.code = QrLabel(shown.matrix, side=console.look.px(CODE_PX))
        self.code.setAccessibleName(_("Code {code}").format(code=shown.code))
        self.body.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.body.addWidget(Words(shown.code, "display", align=middle))
        beside = "·".join(filter(None, (shown.store, shown.domain)))
        self.body.addWidget(Words(beside, "note", tone="ink_2", align=middle))
        hint = _("The kiosk's camera reads this code; it can be typed there as well")
        self.body.addWidget(Words(hint, "body", align=middle))
        can_print = console.services.appointment_slips.can_print
        self.add_key(_("Back"), "Esc", self.close_now, kind="secondary" if can_print else "primary")
        if can_print:
            self.add_key(_("Print a slip"), "Ctrl+P", self._print, kind="primary")

    def _print(self) -> None:
        slips, shown = self._console.services.appointment_slips, self._shown
        said = SlipWords(self._guest, short_purpose(shown.purpose))
        self._console.act(self, lambda: slips.print_out(shown.appointment_id, said, language()), self._printed)

    def _printed(self, is_new: bool) -> None:
        self._console.window.say(_("It is being printed") if is_new else _("This was printed just now"))
        self.close_now()
