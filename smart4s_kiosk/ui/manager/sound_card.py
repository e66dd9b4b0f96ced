"""How loud reception's sounds are, by hour: noon may be loud, the evening quiet, 0 is mute."""

from collections.abc import Sequence

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QTimeEdit, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.setting_rows import add_row, dress_field, number
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

EVENING = (18, 40)


class HourLine(QWidget):
    """From one hour on, so loud."""

    def __init__(self, look: Look, hour: int, volume: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        self.hour = QTimeEdit(QTime(hour, 0))
        self.hour.setDisplayFormat("HH':00'")
        self.volume = volume_box(volume)
        self.remove = TouchButton(_("Remove"), "plain")
        row.addWidget(Words(_("From"), "body", wraps=False))
        row.addWidget(self.hour)
        row.addWidget(Words(_("volume"), "body", wraps=False))
        row.addWidget(self.volume)
        row.addStretch(1)
        row.addWidget(self.remove)
        dress_field(look, self.hour, _("From"), 96)
        dress_field(look, self.volume, _("volume"), 96)


class SoundCard(Card):
    """The usual volume, and other volumes from certain hours on."""

    def __init__(self, look: Look, volume: int, by_hour: Sequence[tuple[int, int]]) -> None:
        super().__init__(look, _("Sounds at reception"), _("arrivals and alarms; 0 is mute"))
        self.usual = volume_box(volume)
        add_row(self.body, look, _("Volume all day"), self.usual)
        self._column_of_lines = QVBoxLayout()
        self._column_of_lines.setSpacing(look.px(8))
        self.body.addLayout(self._column_of_lines)
        self.lines: list[HourLine] = []
        self.add_action(_("Add an hour"), lambda: self.add_line(*EVENING))
        for hour, loud in by_hour:
            self.add_line(hour, loud)

    def add_line(self, hour: int, volume: int) -> None:
        """One more hour with its volume."""
        taken = {line.hour.time().hour() for line in self.lines}
        free = next((h for h in (*range(hour, 24), *range(hour)) if h not in taken), None)
        if free is None:
            return
        line = HourLine(self.look, free, volume)
        line.remove.on_press(lambda: self._remove(line))
        self.lines.append(line)
        self._column_of_lines.addWidget(line)

    def _remove(self, line: HourLine) -> None:
        self.lines.remove(line)
        self._column_of_lines.removeWidget(line)
        line.hide()
        line.deleteLater()

    def by_hour(self) -> tuple[tuple[int, int], ...]:
        """In the order of hours; two lines with the same hour are left as they are, for the rule to refuse."""
        return tuple(sorted((line.hour.time().hour(), line.volume.value()) for line in self.lines))


def volume_box(volume: int) -> QSpinBox:
    """0 to 100 in steps of ten; 0 says what it means."""
    box = number(volume, 0, 100)
    box.setSingleStep(10)
    box.setSpecialValueText(_("mute"))
    return box
