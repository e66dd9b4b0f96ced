"""Right of the board: today's appointments, keys that are not in the cabinet, devices."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.terminals import Device
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.board_views import Board, ExpectedGuest
from smart4s_kiosk.services.devices import Condition, DeviceLine, TerminalLine
from smart4s_kiosk.ui.reception.board_words import (
    DEVICES,
    device_words,
    expected_chip,
    key_chip,
    short_purpose,
    surface_names,
    terminal_chip,
)
from smart4s_kiosk.ui.reception.rows import Row, Rows
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, guest_name

MOST_APPOINTMENTS = 8
MOST_KEYS = 6
MOST_TERMINALS = 8


class Section(QFrame):
    """A card with a heading, a remark beside it and rows below."""

    def __init__(self, title: str, rows: Rows) -> None:
        super().__init__()
        role(self, "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(8)
        head.addWidget(Words(title, "heading", wraps=False))
        self.remark = Words("", "note", tone="ink_2", wraps=False)
        head.addWidget(self.remark)
        head.addStretch(1)
        column.addLayout(head)
        self.rows = rows
        column.addWidget(rows)
        self.empty = Words("", "note", tone="ink_2")
        self.empty.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 6)
        line.addWidget(self.empty)
        column.addLayout(line)

    def show_rows(self, rows: Sequence[Row], remark: str, empty: str) -> None:
        """All rows, or one sentence."""
        self.rows.show_rows(rows)
        self.remark.set_text(remark)
        self.empty.set_text("" if rows else empty)
        self.empty.setVisible(not rows)


class SideColumn(QWidget):
    """`guest_picked` names an appointment that is still expected."""

    guest_picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.appointments = Section(_("Appointments today"), Rows(choosable=True))
        self.keys = Section(_("Keys"), Rows())
        self.devices = Section(_("Devices"), Rows(row_height=38))
        self.lie(flat=False)
        self._guests: tuple[ExpectedGuest, ...] = ()
        self.appointments.rows.picked.connect(self._pick)

    def lie(self, *, flat: bool) -> None:
        """Appointments beside keys and devices, or all below each other."""
        spots = ((0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 2, 1)) if flat else ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1))
        for section, spot in zip((self.appointments, self.keys, self.devices), spots, strict=True):
            self._grid.addWidget(section, *spot, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if flat else 0)
        self._grid.setRowStretch(3, 1)

    def show_board(self, board: Board, now: datetime) -> None:
        """Appointments and keys of this moment."""
        self._guests = _most_useful(board.expected)
        rows = [_guest_row(guest, now) for guest in self._guests]
        self.appointments.show_rows(rows, str(len(board.expected) or ""), _("Nobody has booked for today"))
        keys = [
            Row(
                "·".join(part for part in (line.label, line.plate) if part),
                icon="key",
                right=line.holder,
                chip=key_chip(line, now)[0],
                chip_kind=key_chip(line, now)[1],
            )
            for line in board.keys[:MOST_KEYS]
        ]
        remark = _("{out} out, {reserved} reserved").format(out=board.keys_out, reserved=board.keys_reserved)
        self.keys.show_rows(keys, remark if keys else "", _("Every key is in the cabinet"))

    def show_devices(self, lines: Sequence[DeviceLine], terminals: Sequence[TerminalLine] = ()) -> None:
        """This terminal's devices; where there are several terminals, the line to the cloud and how each of them is."""
        others = len(terminals) > 1
        rows = []
        for line in lines:
            if not others or line.device is Device.CLOUD:
                said, tone = device_words(line.condition)
                rows.append(Row(_(DEVICES[line.device]), right=said, dot=tone))
        rows += terminal_rows(terminals)[: MOST_TERMINALS - len(rows)] if others else []
        troubled = sum(t.condition is not Condition.WORKS for t in terminals)
        remark = _("{n} need a look").format(n=troubled) if others and troubled else ""
        self.devices.show_rows(rows, remark, _("No cloud and no camera is set up on this terminal"))

    def _pick(self, index: int) -> None:
        guest = self._guests[index]
        if guest.state is AppointmentState.EXPECTED:
            self.guest_picked.emit(guest)


def terminal_rows(terminals: Sequence[TerminalLine]) -> list[Row]:
    """One row each, trouble first; tablets that are all well stand in one row."""
    well = [t for t in terminals if t.surfaces == ("tablet",) and t.condition is Condition.WORKS]
    rows = []
    for line in terminals:
        if len(well) > 1 and line in well:
            continue
        said, tone = terminal_chip(line)
        rows.append(Row("·".join((surface_names(line), line.place or str(line.terminal_id))), right=said, dot=tone))
    if len(well) > 1:
        rows.append(Row(_("{n} tablets").format(n=len(well)), right=_("all online"), dot="success"))
    return rows


def _most_useful(guests: Sequence[ExpectedGuest]) -> tuple[ExpectedGuest, ...]:
    """As many as fit: those still expected first to be kept, shown by time."""
    if len(guests) <= MOST_APPOINTMENTS:
        return tuple(guests)
    ranked = sorted(guests, key=lambda g: (g.state is not AppointmentState.EXPECTED, g.at))
    return tuple(sorted(ranked[:MOST_APPOINTMENTS], key=lambda g: g.at))


def _guest_row(guest: ExpectedGuest, now: datetime) -> Row:
    chip, kind = expected_chip(guest, now)
    detail = " ".join(part for part in (short_purpose(guest.purpose), guest.model) if part)
    name = guest_name(guest.name, guest.title)
    return Row(name, detail=detail, lead=clock(guest.at), chip=chip, chip_kind=kind)
