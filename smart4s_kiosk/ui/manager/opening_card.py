"""Opening hours of each weekday, and single days on which the showroom stays closed."""

from collections.abc import Sequence
from datetime import date, time
from functools import partial

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QHBoxLayout, QTimeEdit

from smart4s_kiosk.domain.business_settings import OpeningHours
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.setting_rows import dress_field
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import WEEKDAYS

USUAL = OpeningHours(time(9), time(18))


class OpeningCard(Card):
    """`opening()` and `closed_days()` are what the fields say."""

    def __init__(
        self, look: Look, opening: Sequence[OpeningHours | None], closed: Sequence[str], *, today: date
    ) -> None:
        super().__init__(look, _("Opening hours"), _("alarms sleep outside of them, the kiosk shows them"))
        self.days: list[tuple[QCheckBox, QTimeEdit, QTimeEdit]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(6))
        for number, hours in enumerate(opening):
            self._add_day(grid, number, hours)
        grid.setColumnStretch(0, 1)
        self.body.addLayout(grid)
        self._closed = sorted(closed)
        self._chips: FlowRow | None = None
        self._add_closed(today)

    def _add_day(self, grid: QGridLayout, number: int, hours: OpeningHours | None) -> None:
        name, shown = _(WEEKDAYS[number]), hours or USUAL
        is_open = QCheckBox(name)
        is_open.setChecked(hours is not None)
        is_open.setMinimumHeight(self.look.px(48))
        grid.addWidget(is_open, number, 0)
        edits = [QTimeEdit(QTime(each.hour, each.minute)) for each in (shown.opens, shown.closes)]
        for edit, end, column in zip(edits, (_("opens"), _("closes")), (1, 3), strict=True):
            edit.setDisplayFormat("HH:mm")
            edit.setEnabled(hours is not None)
            dress_field(self.look, edit, f"{name} {end}")
            is_open.toggled.connect(edit.setEnabled)
            grid.addWidget(edit, number, column)
        grid.addWidget(Words("–", "body", tone="ink_2", wraps=False), number, 2)
        self.days.append((is_open, edits[0], edits[1]))

    def _add_closed(self, today: date) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.look.px(12))
        row.addWidget(Words(_("Closed on"), "body", weight=500, wraps=False))
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy-MM-dd")
        dress_field(self.look, self.day, _("Closed on"), 140)
        row.addStretch(1)
        row.addWidget(self.day)
        row.addWidget(TouchButton(_("Add the day"), "secondary").on_press(self._close_day))
        self.body.addSpacing(self.look.px(8))
        self.body.addLayout(row)
        self._show_closed()

    def _close_day(self) -> None:
        wanted = self.day.date().toString("yyyy-MM-dd")
        if wanted not in self._closed:
            self._closed = sorted([*self._closed, wanted])
            self._show_closed()

    def _open_day(self, wanted: str) -> None:
        self._closed = [each for each in self._closed if each != wanted]
        self._show_closed()

    def _show_closed(self) -> None:
        if self._chips is not None:
            self._chips.hide()
            self._chips.deleteLater()
        chips = [TouchButton(day, "chip", icon_after="cross", height=36) for day in self._closed]
        for chip, wanted in zip(chips, self._closed, strict=True):
            chip.setToolTip(_("Open on this day after all"))
            chip.on_press(partial(self._open_day, wanted))
        self._chips = FlowRow(chips, gap=8)
        self._chips.setVisible(bool(chips))
        self.body.addWidget(self._chips)

    def opening(self) -> tuple[OpeningHours | None, ...]:
        """Monday first."""
        return tuple(_hours(*each) for each in self.days)

    def closed_days(self) -> tuple[str, ...]:
        """ISO dates, in order."""
        return tuple(self._closed)


def _hours(is_open: QCheckBox, opens: QTimeEdit, closes: QTimeEdit) -> OpeningHours | None:
    if not is_open.isChecked():
        return None
    first, last = opens.time(), closes.time()
    return OpeningHours(time(first.hour(), first.minute()), time(last.hour(), last.minute()))
