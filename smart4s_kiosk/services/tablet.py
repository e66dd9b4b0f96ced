"""What the tablet's window is given: its reads and acts in one value."""

from dataclasses import dataclass

from smart4s_kiosk.services.licence_scans import LicenceScans
from smart4s_kiosk.services.phrases import Phrases
from smart4s_kiosk.services.printing import StoredPapers
from smart4s_kiosk.services.tablet_day import TabletDay
from smart4s_kiosk.services.tablet_drives import TabletDrives
from smart4s_kiosk.services.tablet_guests import TabletGuests
from smart4s_kiosk.services.tablet_quotes import TabletQuotes


@dataclass(frozen=True, slots=True)
class Tablet:
    """Services of the consultant's tablet."""

    day: TabletDay
    guests: TabletGuests
    drives: TabletDrives
    scans: LicenceScans
    quotes: TabletQuotes
    phrases: Phrases
    printing: StoredPapers
