"""A showroom of two consultants and one guest who is known, for the tests of the check-in."""

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.customers import NewCustomer
from tests.builders import a_member
from tests.showroom import Showroom

PHONE = "13800005678"


def a_check_in_room() -> Showroom:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
        work.staff.add(a_member("李明"))
    room.customers.register(NewCustomer(name="张伟", title=Title.MR, phone=PHONE, consultant_id=a_member("李明").id))
    return room


def an_own_guest(showroom: Showroom, *, people: int = 1) -> VisitId:
    """张伟 by phone, up to the consultants."""
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    showroom.kiosk.enter_phone(visit_id, "5678")
    showroom.kiosk.enter_surname(visit_id, "张", Title.MR)
    showroom.kiosk.confirm_guest(visit_id, is_me=True)
    showroom.kiosk.choose_purpose(visit_id, Purpose.QUOTE, people=people)
    return visit_id


def set_duty(showroom: Showroom, name: str, duty: Duty) -> None:
    with showroom.storage.begin() as work:
        work.staff.put(work.staff.get(StaffId(name)).with_duty(duty, showroom.clock.now()))
