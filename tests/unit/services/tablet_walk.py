"""Steps of a test drive on the tablet's services, as its pages take them."""

from smart4s_kiosk.domain.agreements import ClauseRead, RideKind
from smart4s_kiosk.domain.ids import AgreementId, CarId
from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.services.tablet_views import DriveSheet
from tests.tablet_room import CAR, TabletRoom

FINE = Declaration()


def begun(room: TabletRoom, *, kind: RideKind = RideKind.DRIVE, car: CarId = CAR, known: bool = True) -> DriveSheet:
    visit_id = room.guest(known=known, accepted=True)
    drives = room.tablet.drives
    return drives.begin(drives.choices(visit_id), car_id=car, route="望江环线", kind=kind, by=room.wang.id)


def read_licence(room: TabletRoom, sheet: DriveSheet) -> None:
    scans = room.tablet.scans
    scans.add_file(sheet.agreement_id, bytes([1]))
    scans.read(sheet.agreement_id)


def checked(room: TabletRoom) -> DriveSheet:
    sheet = begun(room)
    drives = room.tablet.drives
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    return drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("可以试驾",))


def read_clauses(room: TabletRoom, agreement_id: AgreementId) -> DriveSheet:
    read = []
    for clause in room.tablet.drives.clauses(agreement_id, "zh_CN").important:
        shown = room.clock.now()
        read.append(ClauseRead(clause.code, shown, room.clock.advance(clause.least_seconds)))
    return room.tablet.drives.finish_reading(agreement_id, tuple(read), "zh_CN")
