"""Test routes as rows to type in; a row without a name is left out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from smart4s_kiosk.domain.business_settings import SettingOutOfRange, TestRoute
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.typing_dialog import TypingDialog, Writes, is_by_finger


class RoutesTable(QTableWidget):
    """Name, kilometres, of these on a motorway, speed limit, minutes."""

    def __init__(self, routes: Sequence[TestRoute]) -> None:
        super().__init__(0, 5)
        heads = self._heads = [_("Route"), _("Km"), _("Motorway km"), _("Limit km/h"), _("Minutes")]
        self.setHorizontalHeaderLabels(heads)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        modes = QHeaderView.ResizeMode
        for column in range(5):
            self.horizontalHeader().setSectionResizeMode(column, modes.ResizeToContents if column else modes.Stretch)
        self.setMinimumHeight(look_of(self).px(200))
        self.viewport().installEventFilter(self)
        for route in routes:
            self._put(
                route.name,
                f"{route.distance_km:g}",
                f"{route.motorway_km:g}",
                str(route.speed_limit_kmh),
                str(route.minutes),
            )

    def add_row(self) -> None:
        """An empty row to type in."""
        self._put("", "5", "0", "60", "30")
        self.setCurrentCell(self.rowCount() - 1, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A finger on a cell opens its pad."""
        if watched is self.viewport() and isinstance(event, QMouseEvent) and is_by_finger(event):
            item = self.itemAt(event.position().toPoint())
            if item is not None:
                self._open_pad(item)
        return super().eventFilter(watched, event)

    def _open_pad(self, item: QTableWidgetItem) -> None:
        writes = Writes.FIGURES if item.column() else Writes.WORDS
        TypingDialog(self, self._heads[item.column()], writes, item.setText, before=item.text()).open_now()

    def _put(self, *cells: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate(cells):
            self.setItem(row, column, QTableWidgetItem(text))

    def routes(self) -> tuple[TestRoute, ...]:
        """What was typed. Raises `SettingOutOfRange` for what is no number."""
        rows = [[self._text(row, column) for column in range(5)] for row in range(self.rowCount())]
        try:
            return tuple(
                TestRoute(name, float(km), float(motorway), int(limit), int(minutes))
                for name, km, motorway, limit, minutes in rows
                if name
            )
        except ValueError as wrong:
            raise SettingOutOfRange(reason="routes") from wrong

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""
