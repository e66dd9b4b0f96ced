"""Makes what only the consultant's tablet needs, on services that are there already."""

from smart4s_kiosk.app.build import Application
from smart4s_kiosk.app.build_capture import GuideJudge
from smart4s_kiosk.app.build_pictures import make_licence_pictures
from smart4s_kiosk.app.consent_notice import LICENCE_KEPT, load_notice
from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.app.rule_files import agreement_texts, load_phrases, load_quote_rules, price_book
from smart4s_kiosk.documents.preview import PdfiumPreviews
from smart4s_kiosk.documents.qr import QuoteCodes
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.errors import NotFound, Unavailable
from smart4s_kiosk.domain.ids import MediaHash, TerminalId
from smart4s_kiosk.ports.vision import CameraRole
from smart4s_kiosk.services.damage_photos import DamagePhotos
from smart4s_kiosk.services.licence_pictures import LicencePictures
from smart4s_kiosk.services.licence_scans import LicenceScans, ScanParts
from smart4s_kiosk.services.phrases import Phrases
from smart4s_kiosk.services.printing import StoredPapers
from smart4s_kiosk.services.quote_views import QuoteViews
from smart4s_kiosk.services.tablet import Tablet
from smart4s_kiosk.services.tablet_day import TabletDay
from smart4s_kiosk.services.tablet_drives import TabletDriveParts, TabletDrives
from smart4s_kiosk.services.tablet_guests import TabletGuests
from smart4s_kiosk.services.tablet_quotes import TabletQuotes
from smart4s_kiosk.vision.images import encode_jpeg
from smart4s_kiosk.vision.ocr.picture_files import decode_picture


def make_tablet(application: Application) -> Tablet:
    """Everything of the tablet's window on this terminal."""
    services, storage = application.services, application.storage.storage
    clock, ids = application.clock, application.ids
    scans = _scans(application)
    today = clock.now().astimezone(application.settings.showroom.time_zone).date()
    data = application.settings.data.place
    pictures = make_licence_pictures(application.settings, storage, clock, application.vault.persons)
    return Tablet(
        day=TabletDay(
            storage=storage,
            clock=clock,
            staff=services.staff,
            photo=lambda photo: _photo(application, photo),
            is_online=application.line.is_up,
            is_demo=application.is_demo,
        ),
        guests=TabletGuests(
            storage=storage,
            visits=services.visits,
            customers=services.customers,
            vault=application.vault.persons,
            pictures=pictures,
        ),
        drives=TabletDrives(_drive_parts(application, scans, pictures)),
        scans=scans,
        quotes=TabletQuotes(
            storage=storage,
            clock=clock,
            ids=ids,
            quotes=services.quotes,
            views=QuoteViews(storage=storage, quotes=services.quotes),
            staff=services.staff,
            rules=load_quote_rules(),
            price_book=price_book(data, demo_day=today if application.is_demo else None),
            previews=PdfiumPreviews(),
        ),
        phrases=Phrases(load_phrases(data)),
        printing=StoredPapers(printing=services.printing, quotes=services.quotes, drives=services.test_drives),
    )


def _photo(application: Application, photo: MediaHash) -> bytes | None:
    try:
        return application.media.get(photo)
    except (NotFound, Unavailable):
        return None


def _scans(application: Application) -> LicenceScans:
    return LicenceScans(
        ScanParts(
            reader=application.licence_reader,
            open_picture=decode_picture,
            kinds=load_licence_rules().kinds,
            staff=application.services.staff,
            clock=application.clock,
            camera=application.cameras.get(CameraRole.DOCUMENT),
            judges=GuideJudge,
        )
    )


def _drive_parts(application: Application, scans: LicenceScans, pictures: LicencePictures) -> TabletDriveParts:
    return TabletDriveParts(
        storage=application.storage.storage,
        clock=application.clock,
        ids=application.ids,
        drives=application.services.test_drives,
        scans=scans,
        notice=load_notice(ConsentKind.LICENCE_READING),
        notice_kept=load_notice(ConsentKind.LICENCE_READING, name=LICENCE_KEPT),
        pictures=pictures,
        text=agreement_texts(
            lambda: application.clock.now().astimezone(application.settings.showroom.time_zone).date()
        ),
        previews=PdfiumPreviews(),
        codes=QuoteCodes(application.vault.device),
        terminal_id=TerminalId(application.settings.terminal.id),
        photos=DamagePhotos(
            clock=application.clock,
            open_picture=decode_picture,
            encode=encode_jpeg,
            camera=application.cameras.get(CameraRole.DOCUMENT),
        ),
    )
