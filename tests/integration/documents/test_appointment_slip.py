"""An appointment's slip as it is printed is held to the kiosk's camera, and its guest is checked in."""

from dataclasses import replace
from datetime import timedelta

import cv2
import numpy as np

from smart4s_kiosk.documents.qr import matrix
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.ids import AppointmentId
from smart4s_kiosk.domain.visits import IdentifiedBy
from smart4s_kiosk.services.appointment_slips import AppointmentSlips, SlipWords
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import ChoosePurpose, ConfirmGuest
from smart4s_kiosk.vision.codes import QrCodeReader
from tests.builders import a_member, an_appointment
from tests.integration.documents.reading import fonts_of, picture_of, text_of
from tests.showroom import Showroom

SEEN_PX = 420
"""Width of the slip in the camera's picture of 1280 x 720: held up at arm's length."""


def seen_by_camera(pdf: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The slip in a hand before a grey room, a little turned and blurred."""
    slip = np.asarray(picture_of(pdf, width_px=SEEN_PX).convert("RGB"))[:, :, ::-1]
    room = np.full((720, 1280, 3), 96, np.uint8)
    turn = cv2.getRotationMatrix2D((slip.shape[1] / 2, slip.shape[0] / 2), 4, 1.0)
    turn[:, 2] += (430, (720 - slip.shape[0]) / 2)
    cv2.warpAffine(slip, turn, (1280, 720), dst=room, borderMode=cv2.BORDER_TRANSPARENT)
    return np.asarray(cv2.GaussianBlur(room, (3, 3), 0), np.uint8)


def a_showroom() -> tuple[Showroom, AppointmentSlips]:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
        at = room.clock.now() + timedelta(minutes=30)
        expected = an_appointment("CDE234", at=at, name="郑成", consultant_id=a_member("王静").id)
        work.appointments.add(replace(expected, id=AppointmentId("a1")))
    slips = AppointmentSlips(
        storage=room.storage,
        papers=SlipMaker(),
        matrix=lambda text: tuple("".join("01"[dark] for dark in row) for row in matrix(text).rows),
        printing=room.printing,
    )
    return room, slips


def test_the_printed_slip_checks_its_guest_in_at_the_kiosk() -> None:
    room, slips = a_showroom()
    assert slips.print_out(AppointmentId("a1"), SlipWords("郑*先生", "看车"), "zh_CN")
    assert not slips.print_out(AppointmentId("a1"), SlipWords("郑*先生", "看车"), "zh_CN"), "a second press is one job"
    (pdf,) = room.printer.printed.values()
    assert all(fonts_of(pdf).values())
    words = text_of(pdf)
    assert all(part in words for part in ("CDE234", "郑*先生", "看车", "王静"))
    assert "郑成" not in words
    visit_id = room.kiosk.begin().visit_id
    room.kiosk.choose_way(visit_id, Way.CODE)
    room.codes.held = QrCodeReader().read(seen_by_camera(pdf))
    assert room.codes.held == "CDE234"
    asked = room.kiosk.look_for_code(visit_id)
    assert isinstance(asked, ConfirmGuest)
    assert isinstance(room.kiosk.confirm_guest(visit_id, is_me=True), ChoosePurpose)
    visit = room.visits.get(visit_id)
    assert (visit.identified_by, visit.appointment_id) == (IdentifiedBy.CODE, "a1")
    with room.storage.look() as view:
        assert view.appointments.get(AppointmentId("a1")).state is AppointmentState.ARRIVED


def test_the_slip_is_whole_in_english_too() -> None:
    room, slips = a_showroom()
    slips.print_out(AppointmentId("a1"), SlipWords("Mr 郑*", "Look at cars"), "en")
    (pdf,) = room.printer.printed.values()
    assert "Holdthecodeuptothekiosk'scamera," in text_of(pdf)
    assert QrCodeReader().read(seen_by_camera(pdf)) == "CDE234"
