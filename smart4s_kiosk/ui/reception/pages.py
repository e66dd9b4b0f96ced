"""The console's other pages by name, and what they share."""

from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.page import ConsolePage

__all__ = ["ConsolePage", "make_page"]


def make_page(name: str, console: Console, acts: DeskActs) -> ConsolePage:
    """The page of that name."""
    return ConsolePage(console, name if acts else "")
