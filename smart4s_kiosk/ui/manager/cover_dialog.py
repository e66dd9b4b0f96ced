"""What stands on every test-drive agreement about money: insured sums, excess, insurer and deposit."""

from PySide6.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from smart4s_kiosk.domain.business_settings import BusinessSettings, DriveCover
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ui.manager.setting_rows import dress_field, number
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words

MOST_YUAN = 20_000_000
SUMS = {
    "third_party_fen": N_("Third-party cover, yuan"),
    "seat_fen": N_("Cover of each seat, yuan"),
    "excess_fen": N_("Excess that the customer bears, yuan"),
}


class CoverDialog(Dialog):
    """Fields as they are; `cover` and `deposit_fen` say what they were changed to."""

    def __init__(self, window: QWidget, settings: BusinessSettings) -> None:
        super().__init__(window, _("Insurance and deposit"), _("As it stands on every agreement; 0: none"))
        self.form = QFormLayout()
        self.body.addLayout(self.form)
        cover = settings.test_car_cover
        self.sums = {name: self._yuan(_(words), getattr(cover, name)) for name, words in SUMS.items()}
        self.deposit = self._yuan(_("Deposit, yuan"), settings.deposit_fen)
        self.insurer = with_pad(QLineEdit(cover.insurer), _("Insurer"), Writes.WORDS)
        self.insurer.setMaxLength(60)
        self.form.addRow(Words(_("Insurer"), wraps=False), self.insurer)

    def _yuan(self, words: str, fen: int) -> QSpinBox:
        box = number(fen // 100, 0, MOST_YUAN)
        dress_field(look_of(self), box, words, width=160)
        self.form.addRow(Words(words, wraps=False), box)
        return box

    @property
    def cover(self) -> DriveCover:
        """The sums as typed."""
        sums = {name: box.value() * 100 for name, box in self.sums.items()}
        return DriveCover(**sums, insurer=self.insurer.text().strip())

    @property
    def deposit_fen(self) -> int:
        """The deposit as typed."""
        return self.deposit.value() * 100
