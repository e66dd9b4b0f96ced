"""A sortable, filterable table of read-only rows: figures right-aligned, one empty sentence, all by keyboard too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.column_room import Wish, left_out, widths
from smart4s_kiosk.ui.widgets.finger_scroll import scroll_by_finger

AnyIndex = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
CELL_PAD = 14
"""Room at both sides of a cell's words, as the style sheet and Qt leave it."""
MOST_MEASURED = 300
ROW_HEIGHTS = {"kiosk": 96, "tablet": 56, "desk": 48}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the text of a row, how it sorts, where it stands."""

    heading: str
    text: Callable[[Any], str]
    sort_by: Callable[[Any], Any] | None = None
    is_figure: bool = False
    tone: Callable[[Any], str] | None = None
    """Colour role of a row's text in this column."""
    width: int = 0
    """Design width; 0 shares what is left. Words that need more get it."""
    drop: int = 0
    """On a narrow screen the columns with the highest number go first; 0 always stays."""


class _Rows(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QTableView) -> None:
        super().__init__(parent)
        self.columns, self._view = tuple(columns), parent
        self.rows: tuple[Any, ...] = ()

    def put(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == SORT_ROLE:
            return (column.sort_by or column.text)(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            return look_of(self._view).colour(column.tone(row))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].is_figure else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Filter(QSortFilterProxyModel):
    """Keeps the rows that contain every word typed, in any column; sorts by value, not by text."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()

    def look_for(self, typed: str) -> None:
        self._words = tuple(typed.casefold().split())
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: AnyIndex) -> bool:
        model = self.sourceModel()
        if not self._words or not isinstance(model, _Rows):
            return True
        text = " ".join(column.text(model.rows[row]) for column in model.columns).casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one is None or other is None:
            return one is None and other is not None
        return bool(one < other)


class RecordTable(QTableView):
    """Rows are any frozen values; `opened` tells which one Enter or a double click chose."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, columns: Sequence[Column], *, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._rows = _Rows(columns, self)
        self._filter = _Filter(self)
        self._filter.setSourceModel(self._rows)
        self.setModel(self._filter)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.activated.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._choose)
        scroll_by_finger(self)
        self._dress()

    def _dress(self) -> None:
        look = look_of(self)
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_HEIGHTS[look.density]))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for number, column in enumerate(self._rows.columns):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
            if column.width:
                header.resizeSection(number, look.px(column.width))

    def _fit(self) -> None:
        """Columns as wide as their words; on a narrow screen the dispensable ones are left out."""
        room = self.viewport().width()
        wishes = [self._wish(column) for column in self._rows.columns]
        gone = left_out(wishes, room)
        kept = [place for place in range(len(wishes)) if place not in gone]
        for place in range(len(wishes)):
            self.setColumnHidden(place, place in gone)
        for place, wide in zip(kept, widths([wishes[place] for place in kept], room), strict=True):
            self.horizontalHeader().resizeSection(place, wide)

    def _wish(self, column: Column) -> Wish:
        look = look_of(self)
        heading = text_width(column.heading, look.font("note", weight=500))
        shown = {column.text(row) for row in self._rows.rows[:MOST_MEASURED]}
        cells = max((text_width(text, look.font("body")) for text in shown), default=0.0)
        return Wish(round(max(heading, cells)) + look.px(2 * CELL_PAD), look.px(column.width), column.drop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """All rows; the chosen one stays chosen when it is still there."""
        before = self.current()
        self._rows.put(rows)
        self._fit()
        if before is not None and before in self._rows.rows:
            source = self._rows.index(self._rows.rows.index(before), 0)
            self.setCurrentIndex(self._filter.mapFromSource(source))

    def look_for(self, typed: str) -> None:
        """Show only rows that contain every word."""
        self._filter.look_for(typed)

    def current(self) -> Any | None:
        """The chosen row's value."""
        index = self.currentIndex()
        return self._rows.rows[self._filter.mapToSource(index).row()] if index.isValid() else None

    def shown(self) -> tuple[Any, ...]:
        """The rows as they stand now, filtered and sorted (what an export writes)."""
        places = (self._filter.mapToSource(self._filter.index(n, 0)).row() for n in range(self._filter.rowCount()))
        return tuple(self._rows.rows[place] for place in places)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.rows[self._filter.mapToSource(index).row()])

    def _choose(self) -> None:
        self.chosen.emit(self.current())

    def say_when_empty(self, words: str) -> None:
        """Another sentence while there is no row: nothing was found, or nothing is there yet."""
        self._empty = words
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._filter.rowCount() == 0:
            look = look_of(self)
            painter = QPainter(self.viewport())
            painter.setFont(look.font("body"))
            painter.setPen(look.colour("ink_2"))
            words = self._empty or _("Nothing here yet")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
