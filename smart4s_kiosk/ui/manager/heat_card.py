"""The floor plan with the heat of the chosen hours."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QBrush, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.report_views import Heat, HourLine
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.figures_row import hours_words
from smart4s_kiosk.ui.manager.hour_range import HourRange
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.heat_map import HeatMap, PlanLabel
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

STEP_MS = 900
LABEL_CELLS = 4.0


class Scale(QWidget):
    """The one-hue scale from short to long."""

    def __init__(self, heat: HeatMap) -> None:
        super().__init__()
        self._heat = heat
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(120), look.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for step in range(7):
            gradient.setColorAt(step / 6, self._heat.colour_at(step / 6))
        place = QRectF(self.rect())
        panel(smooth(QPainter(self)), place, place.height() / 2, QBrush(gradient), look.colour("line"), 1)


class HeatCard(Card):
    """`asked` wants the heat of other hours; `stepped` plays the day hour by hour."""

    asked = Signal(int, int)

    def __init__(self, look: Look, open_table: Callable[[], object]) -> None:
        super().__init__(look, _("Heat of the showroom"))
        self.map = HeatMap()
        self.map.setMinimumHeight(look.px(240))
        for part in (Words(_("short"), "caption", tone="ink_2", wraps=False), Scale(self.map)):
            self.head.addWidget(part)
        self.head.addWidget(Words(_("long"), "caption", tone="ink_2", wraps=False))
        self.add_action(_("Table of zones"), open_table)
        self.body.addWidget(self.map, 1)
        self.missing = Words("", "caption", tone="ink_2")
        self.body.addWidget(self.missing)
        self.body.addLayout(self._hours_row(look))
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)
        self.heat: Heat | None = None

    def _hours_row(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        self.play = TouchButton("", "secondary", icon="play").on_press(self._play)
        self.play.setAccessibleName(_("Play the day hour by hour"))
        self._from, self._until = Words("9:00", "note", wraps=False), Words("20:00", "note", wraps=False)
        self.range = HourRange()
        self.range.setAccessibleName(_("From which hour to which"))
        self.range.changed.connect(self.asked)
        for part in (self.play, self._from):
            row.addWidget(part)
        row.addWidget(self.range, 1)
        row.addWidget(self._until)
        self.whole = TouchButton(_("Whole day"), "secondary").on_press(self._all_hours)
        row.addWidget(self.whole)
        return row

    def show_hours(self, hours: tuple[HourLine, ...]) -> None:
        """The hours that can be chosen."""
        if hours:
            first, last = hours[0].hour, hours[-1].hour + 1
            self.range.show_limits(first, last)
            self._from.set_text(f"{first}:00")
            self._until.set_text(f"{last}:00")

    def show_heat(self, heat: Heat) -> None:
        """Another heat; hours without a count are named and never painted as zero."""
        self.heat = heat
        low, high = self.range.chosen
        self.note.set_text(_("stays from {a}:00 to {b}:00, nobody is recognised").format(a=low, b=high))
        self.map.show_cells(heat.cells)
        self.map.show_plan((*heat.walls, *heat.doors), self._labels(heat))
        self.map.setAccessibleName(self._told(heat))
        self.missing.set_text(self._missing_words(heat))

    def _labels(self, heat: Heat) -> list[PlanLabel]:
        return [
            PlanLabel(self._zone_words(zone.id, zone.minutes), max(0.2, zone.x - LABEL_CELLS / 2), zone.y - 0.5)
            for zone in heat.zones
        ]

    def _zone_words(self, name: str, minutes: float | None) -> str:
        return name if minutes is None else _("{zone} {n} min").format(zone=name, n=f"{minutes:.1f}")

    def _told(self, heat: Heat) -> str:
        return "; ".join(self._zone_words(zone.id, zone.minutes) for zone in heat.zones) or self._missing_words(heat)

    def _missing_words(self, heat: Heat) -> str:
        if heat.is_too_long:
            return _("The heat is shown for a month at most; choose a shorter time")
        if all(value is None for row in heat.cells for value in row):
            return _("No camera counted in this time: hatched means unknown, not empty")
        if heat.missing_hours:
            hours = hours_words(heat.missing_hours)
            return _("Not counted completely at {hours} o'clock: unknown, not empty").format(hours=hours)
        return ""

    def _all_hours(self) -> None:
        self._timer.stop()
        self.play.set_icon_name("play")
        self.range.choose(0, 24)

    def _play(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.play.set_icon_name("play")
            return
        self.play.set_icon_name("pause")
        low, _high = self.range.chosen
        self.range.choose(low, low + 1)
        self._timer.start()

    def _step(self) -> None:
        before = self.range.chosen
        self.range.choose(before[0] + 1, before[1] + 1)
        if self.range.chosen == before:  # the end of the day
            self._timer.stop()
            self.play.set_icon_name("play")
