"""The console's other pages by name."""

from collections.abc import Callable, Mapping

from smart4s_kiosk.ui.reception.appointments_page import AppointmentsPage
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.customers_page import CustomersPage
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.devices_page import DevicesPage
from smart4s_kiosk.ui.reception.keys_page import KeysPage
from smart4s_kiosk.ui.reception.log_page import LogPage
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.todo_page import TodoPage

PAGE_MAKERS: Mapping[str, Callable[[Console, DeskActs], ConsolePage]] = {
    "appointments": AppointmentsPage,
    "keys": KeysPage,
    "customers": CustomersPage,
    "log": LogPage,
    "todo": TodoPage,
    "devices": DevicesPage,
}
