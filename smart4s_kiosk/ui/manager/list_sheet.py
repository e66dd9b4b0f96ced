"""The list behind a tile, a chart or a stage: a sortable table with a filter and a masked export."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad

Save = Callable[[tuple[str, ...], tuple[tuple[str, ...], ...], str], None]


class ListSheet(Dialog):
    """`save` gets the head, the rows as they stand and the chosen file's path; None has no export."""

    def __init__(
        self, window: QWidget, title: str, columns: Sequence[Column], *, empty: str = "", save: Save | None = None
    ) -> None:
        super().__init__(window, title, width=1180)
        look = look_of(window)
        self._columns, self._save, self._title = tuple(columns), save, title
        row = QHBoxLayout()
        self.filter = with_pad(QLineEdit(), _("Filter by any word"), Writes.WORDS)
        self.filter.setPlaceholderText(_("Filter by any word"))
        row.addWidget(self.filter, 1)
        if save is not None:
            row.addWidget(TouchButton(_("Export CSV"), "secondary", icon="download").on_press(self._ask_place))
        self.body.addLayout(row)
        self.table = RecordTable(columns, empty=empty or _("Nothing in this time"))
        self.table.setMinimumHeight(min(look.px(560), max(240, window.height() - look.px(320))))
        self.filter.textChanged.connect(self.table.look_for)
        self.body.addWidget(self.table)
        self.add_action(_("Close"), kind="primary")

    def show_rows(self, rows: Sequence[Any]) -> None:
        """All rows."""
        self.table.show_rows(rows)

    def _ask_place(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export CSV"), f"{self._title}.csv", "CSV (*.csv)")
        if chosen:
            self.export_to(chosen)

    def export_to(self, place: str) -> None:
        """Write the rows that are shown, in their order. Names in lists are masked already."""
        if self._save is not None:
            head = tuple(column.heading for column in self._columns)
            rows = tuple(tuple(column.text(row) for column in self._columns) for row in self.table.shown())
            self._save(head, rows, place)
