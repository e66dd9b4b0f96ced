"""Makes every object in order and returns them; no Qt, so the CLI and tests use it too."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from smart4s_kiosk import __version__
from smart4s_kiosk.app.backups import Backups
from smart4s_kiosk.app.build_desk import make_devices
from smart4s_kiosk.app.build_manager import make_reports
from smart4s_kiosk.app.build_papers import make_appointment_slips, make_log, make_printing
from smart4s_kiosk.app.build_people import FLOOR_FILE, run_people
from smart4s_kiosk.app.build_pictures import make_licence_pictures
from smart4s_kiosk.app.build_sync import Line, make_line, run_line
from smart4s_kiosk.app.build_upkeep import make_retention, run_upkeep
from smart4s_kiosk.app.build_vision import FaceParts, make_cameras, make_faces, make_licence_reader, run_cameras
from smart4s_kiosk.app.clock import RandomIds, StoreClock, SystemClock
from smart4s_kiosk.app.consent_notice import load_notice
from smart4s_kiosk.app.hub import AnnouncementHub
from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.app.places import database_place, media_folder, vault_folders
from smart4s_kiosk.app.rule_files import agreement_texts, load_quote_rules
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.workers import StopTurn, Workers
from smart4s_kiosk.documents.fonts import load_all
from smart4s_kiosk.documents.qr import QuoteCodes
from smart4s_kiosk.documents.quote_sheet import QuoteSheetMaker
from smart4s_kiosk.documents.seal import PadesSeals
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.documents.tables import TableFiles
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.errors import NotFound, Unavailable
from smart4s_kiosk.domain.ids import MediaHash, TerminalId
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Media, Storage
from smart4s_kiosk.ports.vision import CameraRole
from smart4s_kiosk.services import Services
from smart4s_kiosk.services.appointments import Appointments
from smart4s_kiosk.services.board import BoardReader
from smart4s_kiosk.services.check_in_sessions import Sessions
from smart4s_kiosk.services.code_camera import CameraCodes
from smart4s_kiosk.services.colleagues import Colleagues
from smart4s_kiosk.services.connector_commands import ConnectorCommands
from smart4s_kiosk.services.consultant_choice import ConsultantChoice
from smart4s_kiosk.services.customers import Customers
from smart4s_kiosk.services.desk import Desk
from smart4s_kiosk.services.drinks import Drinks
from smart4s_kiosk.services.face_keeping import FaceKeeping
from smart4s_kiosk.services.foot_traffic import FootTraffic
from smart4s_kiosk.services.keys import Keys
from smart4s_kiosk.services.kiosk_guests import KioskGuests, KioskParts
from smart4s_kiosk.services.privacy import Privacy
from smart4s_kiosk.services.quote_views import QuoteViews
from smart4s_kiosk.services.quotes import QuoteParts, Quotes
from smart4s_kiosk.services.sealed_papers import DriveParts
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.test_drives import TestDrives
from smart4s_kiosk.services.unmet_watch import EnteredUnmet, UnmetWatch
from smart4s_kiosk.services.visit_clock import VisitClock
from smart4s_kiosk.services.visits import Visits
from smart4s_kiosk.storage.media import MediaFiles
from smart4s_kiosk.storage.open import DatabasePlace, OpenStorage, migrate, open_storage
from smart4s_kiosk.vault.copy_keeper import CopyKeeper
from smart4s_kiosk.vault.opening import ensure_vault, open_vault
from smart4s_kiosk.vault.vault import Vault
from smart4s_kiosk.vision.camera import Camera
from smart4s_kiosk.vision.codes import QrCodeReader
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.ocr.licence_reader import RapidOcrLicenceReader

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that runs on this terminal, made and wired; `workers.start()` sets it going."""

    settings: Settings
    clock: Clock
    ids: Ids
    hub: AnnouncementHub
    vault: Vault
    storage: OpenStorage
    media: Media
    cameras: dict[CameraRole, Camera]
    faces: FaceParts | None
    licence_reader: RapidOcrLicenceReader
    services: Services
    workers: Workers
    line: Line
    is_demo: bool

    def photo(self, media_hash: MediaHash) -> bytes | None:
        """A stored picture; None when it is gone."""
        return read_photo(self.media, media_hash)


def build(settings: Settings, *, is_demo: bool = False) -> Application:
    """Open vault and database (migrating them), then make everything else. Raises `Unavailable` for a needed part."""
    clock = StoreClock(SystemClock())
    ids, hub = RandomIds(clock), AnnouncementHub()
    folders = vault_folders(settings)
    vault = ensure_vault(folders, clock) if is_demo else open_vault(folders, clock)
    place = database_place(settings, vault)
    migrate(place, backups=settings.data.place / "backups", clock=clock)
    storage = open_storage(place, announcer=hub, clock=clock)
    workers = Workers(clock)
    _share_with_other_terminals(place, storage, clock, workers)
    media = MediaFiles(media_folder(settings), vault.media)
    models, cameras = ModelStore(), make_cameras(settings.cameras, clock)
    base = Base(settings, clock, ids, hub, vault, storage.storage, media)
    faces = _faces(base, cameras.get(CameraRole.FACE), models)
    lines: list[Line] = []
    services = make_services(base, faces, is_demo=is_demo, line=lambda: lines[0] if lines else Line(), cameras=cameras)
    handler = ConnectorCommands(storage=base.storage, visits=services.visits)
    line = make_line(settings, storage=base.storage, signer=vault.device, handler=handler, clock=clock, ids=ids)
    lines.append(line)
    _run_watches(base, services, workers)
    run_cameras(workers, cameras, faces)
    run_people(
        workers,
        cameras.get(CameraRole.FLOOR),
        settings.cameras.floor,
        floor_file=settings.data.place / FLOOR_FILE,
        traffic=services.foot_traffic,
        clock=clock,
    )
    _run_upkeep(base, workers, services, faces, Backups(place, media_folder(settings), settings.backup, clock))
    run_line(line, workers, hub)
    services.privacy.finish_erasures()
    reader = make_licence_reader(models)
    return Application(
        settings, clock, ids, hub, vault, storage, media, cameras, faces, reader, services, workers, line, is_demo
    )


def _share_with_other_terminals(
    place: DatabasePlace, storage: OpenStorage, clock: StoreClock, workers: Workers
) -> None:
    """One time, before the first use case writes one, and each other's changes. A file has no clock to ask."""
    if place.url:
        clock.learn(storage.storage.server_time)
        workers.add("store-clock", partial(clock.run, storage.storage.server_time))
    workers.add("announcements", storage.feed.run, turn=StopTurn.LAST)


@dataclass(frozen=True, slots=True)
class Base:
    """What every service stands on."""

    settings: Settings
    clock: Clock
    ids: Ids
    hub: AnnouncementHub
    vault: Vault
    storage: Storage
    media: Media

    @property
    def terminal_id(self) -> TerminalId:
        """This terminal."""
        return TerminalId(self.settings.terminal.id)

    def photo(self, media_hash: MediaHash) -> bytes | None:
        """A stored picture; None when it is gone, so that a card shows the initial instead."""
        return read_photo(self.media, media_hash)


def _run_upkeep(base: Base, workers: Workers, services: Services, faces: FaceParts | None, backups: Backups) -> None:
    run_upkeep(
        workers,
        traffic=services.foot_traffic,
        recognition=faces.recognition if faces else None,
        retention=make_retention(base.storage, base.media, services.privacy, base.clock, base.terminal_id),
        pictures=make_licence_pictures(base.settings, base.storage, base.clock, base.vault.persons),
        backups=backups,
        clock=base.clock,
    )


def read_photo(media: Media, media_hash: MediaHash) -> bytes | None:
    """A stored picture; None when it is not there or cannot be read."""
    try:
        return media.get(media_hash)
    except (NotFound, Unavailable):
        return None


def _faces(base: Base, camera: Camera | None, models: ModelStore) -> FaceParts | None:
    """The face check, or None: without camera or models the kiosk offers the other ways."""
    if camera is None:
        return None
    try:
        return make_faces(
            camera,
            models=models,
            templates_file=base.settings.data.place / "faces.json",
            sealer=base.vault.faces,
            storage=base.storage,
            clock=base.clock,
            ids=base.ids,
            announcer=base.hub,
        )
    except Unavailable as away:
        _log.warning("no face check", extra={"action": "build.faces", "code": away.code})
        return None


def make_services(
    base: Base,
    faces: FaceParts | None,
    *,
    is_demo: bool,
    line: Callable[[], Line],
    cameras: Mapping[CameraRole, Camera] = MappingProxyType({}),
) -> Services:
    """Every service on one base; `line` is asked late, because the line itself needs services."""
    storage, clock, ids, terminal_id = base.storage, base.clock, base.ids, base.terminal_id
    visits = Visits(storage=storage, clock=clock, ids=ids, terminal_id=terminal_id, choice=ConsultantChoice())
    staff, customers, quotes = _staff(base), _customers(base), _quotes(base)
    templates = faces.templates if faces else None
    privacy = _privacy(base, faces)
    printing, is_online = make_printing(base.settings, clock), lambda: line().is_up()
    drinks = Drinks(storage=storage, clock=clock)
    views, keeping = QuoteViews(storage=storage, quotes=quotes), _face_keeping(base, faces)
    parts = KioskParts(staff, privacy, views, is_online, keeping, SlipMaker(), printing, drinks, is_demo=is_demo)
    return Services(
        visits=visits,
        visit_clock=VisitClock(storage=storage, clock=clock, visits=visits),
        kiosk=_kiosk(base, parts, visits, customers, faces, cameras.get(CameraRole.FACE)),
        customers=customers,
        staff=staff,
        test_drives=TestDrives(_drive_parts(base, lambda: line().clock_offset_s())),
        quotes=quotes,
        privacy=privacy,
        board=BoardReader(storage=storage, clock=clock, unmet=_unmet(base).read),
        drinks=drinks,
        foot_traffic=FootTraffic(storage, clock),
        desk=_desk(base, visits, customers),
        appointments=_appointments(base),
        appointment_slips=make_appointment_slips(storage, printing, quotes.matrix),
        showroom_log=make_log(storage, clock, printing, terminal_id),
        keys=Keys(storage=storage, clock=clock, terminal_id=terminal_id),
        colleagues=Colleagues(storage=storage, clock=clock, photo=base.photo),
        reports=make_reports(storage, clock, templates, folder=base.settings.data.place),
        printing=printing,
        devices=make_devices(cameras, is_online, base.settings, storage, clock),
    )


def _privacy(base: Base, faces: FaceParts | None) -> Privacy:
    return Privacy(
        storage=base.storage,
        clock=base.clock,
        vault=base.vault.persons,
        templates=faces.templates if faces else None,
        terminal_id=base.terminal_id,
    )


def _staff(base: Base) -> Staff:
    return Staff(
        storage=base.storage,
        clock=base.clock,
        ids=base.ids,
        pins=base.vault.pins,
        tables=TableFiles(),
        terminal_id=base.terminal_id,
    )


def _customers(base: Base) -> Customers:
    return Customers(
        storage=base.storage,
        clock=base.clock,
        ids=base.ids,
        vault=base.vault.persons,
        fingerprints=base.vault.fingerprints,
        terminal_id=base.terminal_id,
    )


def _desk(base: Base, visits: Visits, customers: Customers) -> Desk:
    return Desk(
        storage=base.storage,
        clock=base.clock,
        ids=base.ids,
        visits=visits,
        customers=customers,
        fingerprints=base.vault.fingerprints,
        terminal_id=base.terminal_id,
    )


def _appointments(base: Base) -> Appointments:
    return Appointments(
        storage=base.storage,
        clock=base.clock,
        ids=base.ids,
        fingerprints=base.vault.fingerprints,
        tables=TableFiles(),
        terminal_id=base.terminal_id,
    )


def _face_keeping(base: Base, faces: FaceParts | None) -> FaceKeeping:
    return FaceKeeping(
        storage=base.storage,
        clock=base.clock,
        ids=base.ids,
        terminal_id=base.terminal_id,
        notice=load_notice(ConsentKind.FACE_KEEPING),
        faces=faces.check if faces else None,
    )


def _kiosk(
    base: Base,
    parts: KioskParts,
    visits: Visits,
    customers: Customers,
    faces: FaceParts | None,
    camera: Camera | None,
) -> KioskGuests:
    return KioskGuests(
        parts=parts,
        storage=base.storage,
        clock=base.clock,
        ids=base.ids,
        terminal_id=base.terminal_id,
        place=base.settings.terminal.place,
        visits=visits,
        customers=customers,
        fingerprints=base.vault.fingerprints,
        faces=faces.check if faces else None,
        codes=CameraCodes(camera=camera, reader=QrCodeReader()) if camera is not None else None,
        notice=load_notice(ConsentKind.FACE),
        photo=base.photo,
        sessions=Sessions(),
    )


def _quotes(base: Base) -> Quotes:
    return Quotes(
        QuoteParts(
            storage=base.storage,
            clock=base.clock,
            ids=base.ids,
            media=base.media,
            sheets=QuoteSheetMaker(),
            codes=QuoteCodes(base.vault.device),
            seals=PadesSeals(base.vault.documents),
            rules=load_quote_rules(),
            pages=base.settings.connector.url,
        )
    )


def _drive_parts(base: Base, clock_offset_s: Callable[[], float | None]) -> DriveParts:
    return DriveParts(
        storage=base.storage,
        clock=base.clock,
        ids=base.ids,
        vault=base.vault.persons,
        media=base.media,
        papers=AgreementMaker(),
        seals=PadesSeals(base.vault.documents),
        rules=load_licence_rules(),
        text=agreement_texts(lambda: base.clock.now().astimezone(base.settings.showroom.time_zone).date()),
        terminal_id=base.terminal_id,
        program=f"Smart 4S Kiosk {__version__}",
        clock_offset_s=clock_offset_s,
    )


def _has_door(base: Base) -> bool:
    """Whether this terminal's floor camera has a measured door."""
    return bool(base.settings.cameras.floor.source) and (base.settings.data.place / FLOOR_FILE).is_file()


def _unmet(base: Base) -> EnteredUnmet:
    """People whom nobody has met."""
    return EnteredUnmet(storage=base.storage, clock=base.clock, has_door=_has_door(base))


def _run_watches(base: Base, services: Services, workers: Workers) -> None:
    workers.add("visit-clock", services.visit_clock.run)
    workers.add("paper-fonts", lambda _stop: load_all())
    workers.add("person-keys-copy", CopyKeeper(base.vault.person_keys).run)
    workers.add("terminal-sign", services.devices.run)
    # Only where the door's camera hangs: one alarm for the whole showroom.
    if _has_door(base):
        watch = UnmetWatch(storage=base.storage, clock=base.clock, unmet=_unmet(base), terminal_id=base.terminal_id)
        workers.add("unmet-watch", watch.run)
