"""Makes what puts papers on paper: one printer service for every screen, appointment slips and the showroom log."""

from collections.abc import Callable

from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.documents.list_sheet import ListSheetMaker
from smart4s_kiosk.documents.printer import CupsPrinter
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.documents.tables import TableFiles
from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.appointment_slips import AppointmentSlips
from smart4s_kiosk.services.printing import Printing
from smart4s_kiosk.services.showroom_log import ShowroomLog

FOLDER = "printed"
"""In the data folder: which jobs were handed over."""


def make_printing(settings: Settings, clock: Clock) -> Printing:
    """The printers of this terminal."""
    chosen = settings.printing
    printer = CupsPrinter(settings.data.place / FOLDER)
    return Printing(printer=printer, sheets=chosen.printer, slips=chosen.slip_printer, clock=clock)


def make_log(storage: Storage, clock: Clock, printing: Printing, terminal_id: TerminalId) -> ShowroomLog:
    """The showroom log with its sheet and its paper."""
    return ShowroomLog(
        storage=storage,
        clock=clock,
        tables=TableFiles(),
        lists=ListSheetMaker(),
        printing=printing,
        terminal_id=terminal_id,
    )


def make_appointment_slips(
    storage: Storage, printing: Printing, matrix: Callable[[str], tuple[str, ...]]
) -> AppointmentSlips:
    """Codes of appointments on screen and paper."""
    return AppointmentSlips(storage=storage, papers=SlipMaker(), matrix=matrix, printing=printing)
