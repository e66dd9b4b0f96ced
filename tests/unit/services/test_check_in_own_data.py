"""What a guest may see and have erased at the kiosk, and the slip that names nobody."""

import json
from dataclasses import replace

import pytest

from smart4s_kiosk.domain.errors import NotAllowed, Unavailable
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import (
    MyData,
    Thanks,
    Waiting,
)
from tests.fakes.documents import HEAD
from tests.showroom import Showroom
from tests.unit.services.check_in_room import PHONE, a_check_in_room, an_own_guest


@pytest.fixture
def showroom() -> Showroom:
    return a_check_in_room()


def test_own_data_only_for_the_guest_who_confirmed_and_forgetting_is_final(showroom: Showroom) -> None:
    visit_id = showroom.kiosk.begin().visit_id
    showroom.kiosk.choose_way(visit_id, Way.PHONE)
    with pytest.raises(NotAllowed):
        showroom.kiosk.my_data(visit_id)
    showroom.kiosk.enter_phone(visit_id, "5678")
    showroom.kiosk.enter_surname(visit_id, "张", Title.MR)
    showroom.kiosk.confirm_guest(visit_id, is_me=True)
    data = showroom.kiosk.my_data(visit_id)
    assert isinstance(data, MyData)
    assert data.has_phone
    (customer,) = showroom.customers.by_phone(PHONE)
    thanks = showroom.kiosk.forget_me(visit_id)
    assert isinstance(thanks, Thanks)
    assert len(thanks.receipt) == 16
    assert not showroom.vault.known(customer.person_id)
    assert showroom.customers.get(customer.id).name == ""
    assert list(showroom.customers.by_phone(PHONE)) == []


def test_an_erasure_cut_short_by_a_power_cut_is_finished_at_the_next_start(showroom: Showroom) -> None:
    (customer,) = showroom.customers.by_phone(PHONE)
    with showroom.storage.begin() as work:
        work.customers.put(customer.erased(showroom.clock.now()))
    assert showroom.vault.known(customer.person_id)
    assert showroom.privacy.finish_erasures() == 1
    assert not showroom.vault.known(customer.person_id)
    assert showroom.privacy.finish_erasures() == 0


def test_a_slip_says_number_and_consultant_and_no_name_and_prints_once_a_minute(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    showroom.kiosk.choose_consultant(visit_id, StaffId("王静"))
    waiting = showroom.kiosk.progress(visit_id)
    assert isinstance(waiting, Waiting)
    assert showroom.kiosk.shop().prints_slips
    for _press in range(2):
        printed = showroom.kiosk.print_slip(visit_id, lambda purpose: f"*{purpose.value}*", "en")
        assert printed == replace(waiting, slip_printed=True)
    assert len(showroom.printer.printed) == 1
    title, pdf = showroom.papers.made[0]
    paper = json.loads(pdf.removeprefix(HEAD))
    with showroom.storage.look() as view:
        visit = view.visits.get(visit_id)
    assert visit.display_name
    assert (title, paper["number"], paper["language"], paper["ahead"]) == ("ticket", visit.label, "en", None)
    assert waiting.person is not None
    assert paper["consultant"] == waiting.person.name
    assert visit.display_name[:1] not in json.dumps(paper, ensure_ascii=False)


def test_a_slip_printer_that_is_away_says_so_and_the_visit_goes_on(showroom: Showroom) -> None:
    visit_id = an_own_guest(showroom)
    showroom.kiosk.choose_consultant(visit_id, StaffId("王静"))
    showroom.printer.away = True
    with pytest.raises(Unavailable):
        showroom.kiosk.print_slip(visit_id, lambda purpose: purpose.value, "zh_CN")
    assert isinstance(showroom.kiosk.progress(visit_id), Waiting)
