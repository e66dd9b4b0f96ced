"""Makes the way to the connector, from the settings of this terminal."""

from dataclasses import dataclass

from smart4s_kiosk.app.hub import AnnouncementHub
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.workers import StopTurn, Workers
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.sync import CommandHandler, LineState
from smart4s_kiosk.ports.vault import DeviceSigner
from smart4s_kiosk.sync.connector_client import ClientSettings, ConnectorClient
from smart4s_kiosk.sync.courier import Courier
from smart4s_kiosk.sync.identity import IdentityFile


@dataclass(frozen=True, slots=True)
class Line:
    """The way to the connector; without an address in the settings there is no courier."""

    courier: Courier | None = None

    def is_up(self) -> bool:
        """Whether the connector answered last time, here or elsewhere. A showroom without one is never "offline"."""
        return self.courier is None or self.courier.status().state not in {LineState.DOWN, LineState.REFUSED}

    def clock_offset_s(self) -> float | None:
        """The connector's clock minus this machine's; None while nobody knows."""
        return None if self.courier is None else self.courier.clock_offset_s()


def make_line(
    settings: Settings,
    *,
    storage: Storage,
    signer: DeviceSigner,
    handler: CommandHandler,
    clock: Clock,
    ids: Ids,
) -> Line:
    """The courier of this process."""
    if not settings.connector.url:
        return Line()
    client = make_client(settings, settings.connector.url, signer=signer, clock=clock, ids=ids)
    return Line(Courier(storage, client, handler, clock, holder=f"{settings.terminal.id}:{ids.new()}"))


def make_client(settings: Settings, url: str, *, signer: DeviceSigner, clock: Clock, ids: Ids) -> ConnectorClient:
    """The connector at `url` as this terminal talks to it."""
    return ConnectorClient(
        ClientSettings(url, settings.connector.proxy, settings.connector.certificate_file),
        signer,
        IdentityFile(settings.data.place / "connector.json"),
        clock,
        ids,
    )


def run_line(line: Line, workers: Workers, hub: AnnouncementHub) -> None:
    """Put both loops into workers; a change in the showroom wakes the courier."""
    if line.courier is None:
        return
    courier = line.courier

    def wake(_announcement: Announcement) -> None:
        courier.wake()

    workers.add("courier", courier.run, turn=StopTurn.COURIER, interrupt=courier.close)
    workers.add("courier-inbox", courier.run_inbox, turn=StopTurn.COURIER, interrupt=courier.close)
    hub.listen(wake)
