"""Licence scans: what counts as checked, what cannot be waved through, and that nothing stays behind."""

import threading

import pytest

from smart4s_kiosk.domain.ids import AgreementId
from smart4s_kiosk.domain.licences import LicenceField, LicenceFieldWrong, LicenceKind, Mark
from smart4s_kiosk.domain.staff import WrongPin
from smart4s_kiosk.ports.licence_capture import CaptureTip, CardFrame
from smart4s_kiosk.ports.licence_reading import Picture
from smart4s_kiosk.ports.vision import CameraHealth, CameraRole, CameraStatus, Frame
from smart4s_kiosk.services.licence_scans import (
    FORGOTTEN_AFTER_S,
    LicenceScans,
    NoCamera,
    NoLicenceSeen,
    NoScan,
    NothingToRead,
    ScanParts,
    SecondPersonIsFirst,
)
from smart4s_kiosk.services.licence_sheets import FieldNeedsTyping, FieldsStillOpen, RowState
from tests.tablet_room import NUMBER, PIN, TabletRoom, a_page
from tests.waiting import PATIENCE_S

F = LicenceField
ONE = AgreementId("a1")


def scanned(room: TabletRoom) -> LicenceScans:
    scans = room.tablet.scans
    scans.begin(ONE)
    scans.add_file(ONE, bytes([1]))
    scans.add_file(ONE, bytes([2]))
    scans.read(ONE)
    return scans


def test_two_sure_pages_leave_nothing_to_check() -> None:
    room = TabletRoom()
    room.learn()
    sheet = scanned(room).sheet(ONE)
    assert sheet.open_rows == 0
    assert sheet.is_complete
    assert not sheet.needs_second
    assert scanned(room).checked(ONE).licence.number == NUMBER


def test_a_weak_field_waits_for_a_person() -> None:
    room = TabletRoom()
    room.learn(marks={F.FIRST_ISSUE: (Mark.WEAK,)})
    scans = scanned(room)
    assert [r.field for r in scans.sheet(ONE).rows if r.state is RowState.OPEN] == [F.FIRST_ISSUE]
    with pytest.raises(FieldsStillOpen):
        scans.checked(ONE)
    sheet = scans.accept_field(ONE, F.FIRST_ISSUE)
    assert next(r.state for r in sheet.rows if r.field is F.FIRST_ISSUE) is RowState.ACCEPTED
    assert scans.checked(ONE).licence.first_issue is not None


def test_a_wrong_check_digit_cannot_be_waved_through() -> None:
    room = TabletRoom()
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    room.learn(number=wrong)
    scans = scanned(room)
    row = next(r for r in scans.sheet(ONE).rows if r.field is F.NUMBER)
    assert Mark.CHECK_DIGIT in row.marks
    assert not row.may_accept
    assert row.suggestion
    with pytest.raises(FieldNeedsTyping):
        scans.accept_field(ONE, F.NUMBER)
    assert scans.type_field(ONE, F.NUMBER, NUMBER.lower()).open_rows == 0


def test_typing_the_number_ends_what_spoke_against_the_birth_date() -> None:
    room = TabletRoom()
    room.learn(birth="1991-05-28")
    scans = scanned(room)
    open_now = {r.field for r in scans.sheet(ONE).rows if r.state is RowState.OPEN}
    assert open_now == {F.BIRTH, F.NUMBER}
    assert scans.type_field(ONE, F.BIRTH, "19910523").open_rows == 0


def test_an_accepted_field_opens_again_when_a_new_mark_appears() -> None:
    room = TabletRoom()
    room.learn(marks={F.BIRTH: (Mark.WEAK,)})
    scans = scanned(room)
    scans.accept_field(ONE, F.BIRTH)
    sheet = scans.type_field(ONE, F.FIRST_ISSUE, "20010101")
    birth = next(r for r in sheet.rows if r.field is F.BIRTH)
    assert birth.state is RowState.OPEN
    assert Mark.DATE_ORDER in birth.marks


@pytest.mark.parametrize(
    ("field", "typed"),
    [(F.BIRTH, "19911331"), (F.LICENCE_CLASS, "Z9"), (F.SEX, "x"), (F.NAME, "  ")],
)
def test_what_has_not_the_form_of_its_field_is_refused(field: LicenceField, typed: str) -> None:
    room = TabletRoom()
    room.learn()
    with pytest.raises(LicenceFieldWrong):
        scanned(room).type_field(ONE, field, typed)


def test_three_failed_readings_ask_for_typing() -> None:
    room = TabletRoom()
    scans = room.tablet.scans
    for _try in range(3):
        assert not scans.must_type(ONE)
        scans.begin(ONE)
        scans.add_file(ONE, bytes([9]))
        with pytest.raises(NoLicenceSeen):
            scans.read(ONE)
        assert not scans.has_sheet(ONE)
    assert scans.must_type(ONE)


def test_typed_fields_need_a_second_person_who_is_another() -> None:
    room = TabletRoom()
    scans = room.tablet.scans
    sheet = scans.type_by_hand(ONE)
    assert sheet.is_typed
    assert sheet.needs_second
    assert sheet.open_rows == len(sheet.rows)
    for field, text in (
        (F.NAME, "张示例"),
        (F.NUMBER, NUMBER),
        (F.SEX, "男"),
        (F.BIRTH, "19910523"),
        (F.FIRST_ISSUE, "20140709"),
        (F.LICENCE_CLASS, "c2"),
        (F.VALID_FROM, "20200709"),
        (F.VALID_TO, "长期"),
    ):
        sheet = scans.type_field(ONE, field, text)
    assert sheet.open_rows == 0
    with pytest.raises(FieldsStillOpen):
        scans.checked(ONE)
    with pytest.raises(SecondPersonIsFirst):
        scans.confirm_as_second(ONE, room.wang.id, PIN, first=room.wang.id)
    with pytest.raises(WrongPin):
        scans.confirm_as_second(ONE, room.li.id, "000001", first=room.wang.id)
    assert scans.confirm_as_second(ONE, room.li.id, "620493", first=room.wang.id).is_complete
    assert scans.checked(ONE).second_staff_id == room.li.id
    assert not scans.type_field(ONE, F.NAME, "张示").is_complete, "a later change has to be confirmed again"


def test_another_kind_of_number_needs_nationality_and_a_second_person() -> None:
    room = TabletRoom()
    room.learn(number="H12345678", nationality="中国香港", sex="男")
    sheet = scanned(room).sheet(ONE)
    assert F.NATIONALITY in {r.field for r in sheet.rows}
    assert sheet.needs_second


def test_a_foreign_licence_asks_only_for_what_its_rule_needs() -> None:
    room = TabletRoom()
    sheet = room.tablet.scans.type_by_hand(ONE, LicenceKind.FOREIGN)
    assert {r.field for r in sheet.rows} == {F.NAME, F.NUMBER, F.BIRTH}


def test_without_page_camera_or_reading_each_act_says_so() -> None:
    room = TabletRoom()
    scans = room.tablet.scans
    scans.begin(ONE)
    with pytest.raises(NothingToRead):
        scans.read(ONE)
    with pytest.raises(NoCamera):
        scans.shoot(ONE)
    with pytest.raises(NoScan):
        scans.sheet(ONE)


def test_nothing_stays_after_forgetting_and_old_scans_make_room() -> None:
    room = TabletRoom()
    room.learn()
    scans = scanned(room)
    scans.forget(ONE)
    assert not scans.has_sheet(ONE)
    for number in range(5):
        scans.type_by_hand(AgreementId(f"other-{number}"))
    assert not scans.has_sheet(AgreementId("other-0"))
    assert scans.has_sheet(AgreementId("other-4"))


def test_a_scan_that_was_walked_away_from_is_forgotten() -> None:
    room = TabletRoom()
    room.learn()
    scans = scanned(room)
    room.clock.advance(FORGOTTEN_AFTER_S - 1)
    assert scans.tidy() == 0
    scans.accept_field(ONE, F.NAME)
    room.clock.advance(FORGOTTEN_AFTER_S - 1)
    assert scans.tidy() == 0, "somebody worked on it in between"
    room.clock.advance(1)
    assert scans.tidy() == 1
    assert scans.pictures(ONE) == ()
    with pytest.raises(NoScan):
        scans.sheet(ONE)


class OneFrame:
    """A camera whose frame the test sets."""

    def __init__(self, room: TabletRoom) -> None:
        self._room, self.frame = room, None
        self._count = 0

    def show(self, shade: int) -> None:
        self._count += 1
        clock = self._room.clock
        self.frame = Frame("document", self._count, clock.now(), clock.monotonic(), a_page(shade))

    def latest(self) -> Frame | None:
        return self.frame

    def next_frame(self, after: int, timeout_s: float) -> Frame | None:
        return self.frame

    def health(self) -> CameraHealth:
        return CameraHealth("document", CameraRole.DOCUMENT, CameraStatus.RUNNING)

    frame: Frame | None


class ShadeJudge:
    """Shade 0: empty table; from 100 on: still moving; else good."""

    def __init__(self, *, upright: bool) -> None:
        del upright

    def judge(self, frame: Picture) -> tuple[CaptureTip, ...]:
        shade = int(frame[0, 0, 0])
        if shade == 0:
            return (CaptureTip.NO_CARD,)
        return (CaptureTip.HOLD_STILL,) if shade >= 100 else ()

    def place(self, width: int, height: int) -> CardFrame:
        return CardFrame(0.1, 0.1, 0.8, 0.8)


def camera_room() -> tuple[TabletRoom, LicenceScans, OneFrame]:
    room = TabletRoom()
    room.learn()
    camera = OneFrame(room)
    parts = ScanParts(
        room.reader, lambda data: a_page(data[0]), (), room.room.staff, room.clock, camera=camera, judges=ShadeJudge
    )
    return room, LicenceScans(parts), camera


def test_the_shutter_goes_off_by_itself_once_for_each_page() -> None:
    _room, scans, camera = camera_room()
    scans.begin(ONE)
    assert scans.look(ONE).tip is CaptureTip.NO_CARD
    taken = []
    for shade in (0, 101, 1, 1, 1, 102, 0, 2, 2):
        camera.show(shade)
        taken.append(scans.look(ONE).pages_taken)
    assert taken == [0, 0, 1, 1, 1, 1, 1, 2, 2], "the first page has to leave before the second counts"
    assert scans.read(ONE).pages[0].kind.value == "main"
    assert scans.look(ONE).pages_taken == 0, "what was read is gone"


def test_after_a_picture_without_a_licence_the_next_one_is_taken_at_once() -> None:
    _room, scans, camera = camera_room()
    scans.begin(ONE)
    camera.show(9)
    assert scans.look(ONE).pages_taken == 1
    with pytest.raises(NoLicenceSeen):
        scans.read(ONE)
    camera.show(1)
    assert scans.look(ONE).pages_taken == 1
    assert scans.read(ONE).pages[0].kind.value == "main"


def test_a_hanging_camera_gives_no_picture_by_hand() -> None:
    room, scans, camera = camera_room()
    scans.begin(ONE)
    camera.show(1)
    assert scans.shoot(ONE) == 1
    room.clock.advance(2)
    assert not scans.has_camera
    with pytest.raises(NoCamera):
        scans.shoot(ONE)


def test_the_reader_is_used_by_one_thread_at_a_time() -> None:
    room = TabletRoom()
    room.learn()
    scans, inside, together = room.tablet.scans, [], []
    real = room.reader.read

    def read(pages: object) -> object:
        inside.append(1)
        together.append(len(inside))
        result = real(pages)  # type: ignore[arg-type] # the reader under test, overheard
        inside.pop()
        return result

    room.reader.read = read  # type: ignore[assignment, method-assign] # the reader under test, overheard
    names = [AgreementId(f"a{n}") for n in range(3)]
    for name in names:
        scans.begin(name)
        scans.add_file(name, bytes([1]))
    threads = [threading.Thread(target=scans.read, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert together == [1, 1, 1]
