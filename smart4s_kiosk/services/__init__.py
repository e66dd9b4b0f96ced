"""Use cases: one class per concept, one method per thing a person or camera can cause."""

from dataclasses import dataclass

from smart4s_kiosk.services.appointment_slips import AppointmentSlips
from smart4s_kiosk.services.appointments import Appointments
from smart4s_kiosk.services.board import BoardReader
from smart4s_kiosk.services.colleagues import Colleagues
from smart4s_kiosk.services.customers import Customers
from smart4s_kiosk.services.desk import Desk
from smart4s_kiosk.services.devices import Devices
from smart4s_kiosk.services.drinks import Drinks
from smart4s_kiosk.services.foot_traffic import FootTraffic
from smart4s_kiosk.services.keys import Keys
from smart4s_kiosk.services.kiosk_guests import KioskGuests
from smart4s_kiosk.services.printing import Printing
from smart4s_kiosk.services.privacy import Privacy
from smart4s_kiosk.services.quotes import Quotes
from smart4s_kiosk.services.reports import Reports
from smart4s_kiosk.services.showroom_log import ShowroomLog
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.test_drives import TestDrives
from smart4s_kiosk.services.visit_clock import VisitClock
from smart4s_kiosk.services.visits import Visits


@dataclass(frozen=True, slots=True)
class Services:
    """Every service that screens receive."""

    visits: Visits
    visit_clock: VisitClock
    kiosk: KioskGuests
    customers: Customers
    staff: Staff
    test_drives: TestDrives
    quotes: Quotes
    privacy: Privacy
    board: BoardReader
    drinks: Drinks
    foot_traffic: FootTraffic
    desk: Desk
    appointments: Appointments
    appointment_slips: AppointmentSlips
    showroom_log: ShowroomLog
    keys: Keys
    colleagues: Colleagues
    devices: Devices
    reports: Reports
    printing: Printing
