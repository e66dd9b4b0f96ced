"""Makes what runs by itself every few hours: forgetting in time, and backups."""

from collections.abc import Callable

from smart4s_kiosk.app.backups import Backups
from smart4s_kiosk.app.workers import StopTurn, Workers
from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Media, Storage
from smart4s_kiosk.services.foot_traffic import FootTraffic
from smart4s_kiosk.services.licence_pictures import LicencePictures
from smart4s_kiosk.services.privacy import Privacy
from smart4s_kiosk.services.recognition import Recognition
from smart4s_kiosk.services.retention import Retention
from smart4s_kiosk.services.upkeep import Upkeep


def make_retention(
    storage: Storage, media: Media, privacy: Privacy, clock: Clock, terminal_id: TerminalId
) -> Retention:
    """What forgets records in time."""
    return Retention(storage=storage, media=media, privacy=privacy, clock=clock, terminal_id=terminal_id)


def run_upkeep(
    workers: Workers,
    *,
    traffic: FootTraffic,
    recognition: Recognition | None,
    retention: Retention,
    pictures: LicencePictures,
    backups: Backups,
    clock: Clock,
) -> None:
    """Put the jobs into a worker. The backup comes last: what was forgotten is not in it."""
    jobs: dict[str, Callable[[], int]] = {"foot_traffic": traffic.forget_old, "records": retention.run}
    jobs["licence_pictures"] = pictures.tidy
    if recognition is not None:
        jobs["faces"] = recognition.tidy
    jobs["backup"] = backups.make_daily
    workers.add("upkeep", Upkeep(jobs, clock).run, turn=StopTurn.TIMERS)
