"""设备: every terminal of the showroom, what it has, what of it is lost, when it was heard of last."""

from collections.abc import Sequence

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.devices import Condition, TerminalLine
from smart4s_kiosk.ui.reception.board_words import device_names, surface_names, terminal_words
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.wording import clock, day

TONES = {Condition.WORKS: "success", Condition.LOST: "warn", Condition.SILENT: "danger"}


class DevicesPage(ConsolePage):
    """Those with trouble stand first; each line says what still works."""

    concepts = frozenset({"terminals"})

    def __init__(self, console: Console, acts: DeskActs) -> None:
        super().__init__(console, acts, _("Devices"))
        self.table = RecordTable(
            (
                Column(_("Terminal"), _name, width=180),
                Column(_("Place"), lambda t: t.place or "–", width=150),
                Column(_("Shows"), surface_names, width=200, drop=1),
                Column(_("State"), terminal_words, tone=lambda t: TONES[t.condition]),
                Column(_("Has"), lambda t: device_names(t.devices) or "–", drop=2),
                Column(_("Last heard"), _heard, lambda t: t.seen_at, width=150),
            ),
            empty=_("No terminal has reported yet"),
        )
        self.column.addWidget(self.table, 1)

    def read(self) -> None:
        self.console.ask(self, self.console.services.devices.showroom, self.show_terminals, kind="terminals")

    def show_terminals(self, lines: Sequence[TerminalLine]) -> None:
        """The newest that each one told."""
        troubled = sum(line.condition is not Condition.WORKS for line in lines)
        said = _("{n} need a look") if troubled else _("all work")
        self.remark.set_text(said.format(n=troubled) if lines else "")
        self.table.show_rows(lines)

    def take_focus(self) -> None:
        self.table.setFocus()


def _name(line: TerminalLine) -> str:
    return _("{terminal} (this one)").format(terminal=line.terminal_id) if line.is_this else str(line.terminal_id)


def _heard(line: TerminalLine) -> str:
    return f"{day(line.seen_at.date())} {clock(line.seen_at)}"
