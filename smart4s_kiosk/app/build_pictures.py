"""Makes the keeping (and forgetting) of licence pictures, for the tablet and for the upkeep."""

from smart4s_kiosk.app.consent_notice import LICENCE_KEPT, load_notice
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vault import PersonVault
from smart4s_kiosk.services.licence_pictures import LicencePictures, PictureParts
from smart4s_kiosk.storage.licence_pictures import LicencePictureFiles

FOLDER = "licences"
"""In the data folder of the terminal that read the licence; the pictures never leave it."""


def make_licence_pictures(settings: Settings, storage: Storage, clock: Clock, persons: PersonVault) -> LicencePictures:
    """Stateless: every part of the program may make its own."""
    return LicencePictures(
        PictureParts(
            storage=storage,
            clock=clock,
            vault=persons,
            shelf=LicencePictureFiles(settings.data.place / FOLDER),
            notice_kept=load_notice(ConsentKind.LICENCE_READING, name=LICENCE_KEPT),
            terminal_id=TerminalId(settings.terminal.id),
        )
    )
