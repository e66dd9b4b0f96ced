"""A sortable, filterable table of read-only rows: figures right-aligned, one empty sentence, all by keyboard too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.finger_scroll import scroll_by_finger

AnyIndex = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
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
    """Design width; 0 shares what is left."""


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
            fixed = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(number, fixed)
            if column.width:
                header.resizeSection(number, look.px(column.width))

    def show_rows(self, rows: Sequence[Any]) -> None:
        """All rows; the chosen one stays chosen when it is still there."""
        before = self.current()
        self._rows.put(rows)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._filter.rowCount() == 0:
            look = look_of(self)
            painter = QPainter(self.viewport())
            painter.setFont(look.font("body"))
            painter.setPen(look.colour("ink_2"))
            words = self._empty or _("Nothing here yet")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
