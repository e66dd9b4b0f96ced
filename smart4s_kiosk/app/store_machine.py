"""The machine of the first start: real vault, database, cameras, printers and settings file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from smart4s_kiosk.app.build_sync import make_client
from smart4s_kiosk.app.clock import RandomIds
from smart4s_kiosk.app.hub import AnnouncementHub
from smart4s_kiosk.app.places import database_place, media_folder, vault_folders
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.settings_writing import settings_file, write_settings
from smart4s_kiosk.app.workers import StopTurn, Workers
from smart4s_kiosk.documents.preview import PdfiumPreviews
from smart4s_kiosk.documents.printer import CupsPrinter
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.documents.tables import TableFiles
from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.documents import PrintAnswer, Printer
from smart4s_kiosk.ports.machine import OpenStore
from smart4s_kiosk.ports.sync import ConnectorAway, ConnectorNotReached
from smart4s_kiosk.ports.vision import CameraFound, CameraRole, CameraStatus, Frame
from smart4s_kiosk.services.step_tools import StepTools
from smart4s_kiosk.storage.media import MediaFiles
from smart4s_kiosk.storage.open import OpenStorage, migrate, open_storage
from smart4s_kiosk.sync import line_check
from smart4s_kiosk.sync.line_check import LineSettings
from smart4s_kiosk.vault.opening import create_vault, has_vault, open_vault, restore_vault
from smart4s_kiosk.vault.vault import Vault
from smart4s_kiosk.vision.camera import Camera, CameraSettings
from smart4s_kiosk.vision.sources import SourceSettings, list_cameras


class StoreMachine:
    """Implements `ports.machine.Machine`. Everything is opened as late as possible; `close` gives it back."""

    def __init__(
        self, settings: Settings, clock: Clock, *, file: Path | None = None, printer: Printer | None = None
    ) -> None:
        self._settings, self._clock = settings, clock
        self._folders = vault_folders(settings)
        self._file = settings_file(file)
        self._printer: Printer = printer or CupsPrinter(settings.data.place / "printed")
        self._vault: Vault | None = None
        self._storage: OpenStorage | None = None
        self._camera: Camera | None = None
        self._camera_path = ""
        self._workers: Workers | None = None
        self._chosen = chosen_in(settings)

    def tools(self, ids: Ids) -> StepTools:
        """What the steps of the first start work with on this machine."""
        return StepTools(
            machine=self,
            clock=self._clock,
            ids=ids,
            terminal_id=TerminalId(self._settings.terminal.id),
            slips=SlipMaker(),
            previews=PdfiumPreviews(),
            tables=TableFiles(),
        )

    # the store

    def has_store(self) -> bool:
        return has_vault(self._folders)

    def create_store(self) -> OpenStore:
        return self._open(create_vault(self._folders, self._clock))

    def restore_store(self, sheet: str) -> OpenStore:
        return self._open(restore_vault(self._folders, self._clock, sheet))

    def open_store(self) -> OpenStore:
        return self._open(open_vault(self._folders, self._clock))

    def _open(self, vault: Vault) -> OpenStore:
        place = database_place(self._settings, vault)
        migrate(place, backups=self._settings.data.place / "backups", clock=self._clock)
        if self._storage is not None:
            self._storage.storage.close()
        self._storage = open_storage(place, announcer=AnnouncementHub(), clock=self._clock)
        self._vault = vault
        media = MediaFiles(media_folder(self._settings), vault.media)
        return OpenStore(self._storage.storage, media, vault.pins, vault.sheets)

    # cameras

    def cameras(self) -> Sequence[CameraFound]:
        return list_cameras()

    def show_camera(self, path: str) -> None:
        if path == self._camera_path:
            return
        if self._workers is not None:
            self._workers.stop(2.0)
        self._workers, self._camera, self._camera_path = None, None, path
        if path:
            settings = CameraSettings("first-start", CameraRole.FACE, SourceSettings(path))
            self._camera = Camera(settings, self._clock)
            self._workers = Workers(self._clock)
            self._workers.add("camera-first-start", self._camera.run, turn=StopTurn.CAMERAS)
            self._workers.start()

    def frame(self) -> Frame | None:
        return self._camera.latest() if self._camera is not None else None

    def camera_status(self) -> CameraStatus:
        return self._camera.health().status if self._camera is not None else CameraStatus.STOPPED

    # settings file

    def chosen(self) -> Mapping[str, str]:
        return dict(self._chosen)

    def choose(self, changes: Mapping[str, str | tuple[str, ...]]) -> None:
        write_settings(changes, self._file)
        self._chosen.update({key: v if isinstance(v, str) else ",".join(v) for key, v in changes.items()})

    # paper and line

    def printers(self) -> Sequence[str]:
        return self._printer.names()

    def print_pdf(self, pdf: bytes, *, job_key: str, title: str, printer: str) -> PrintAnswer:
        return self._printer.print_pdf(pdf, job_key=job_key, title=title, printer=printer)

    def enrol(self, address: str, code: str) -> None:
        vault = self._vault or open_vault(self._folders, self._clock)
        ids = RandomIds(self._clock)
        client = make_client(self._settings, address, signer=vault.device, clock=self._clock, ids=ids)
        try:
            client.enrol(code, self._settings.terminal.id)
        except ConnectorAway as away:
            connector = self._settings.connector
            report = line_check.walk(LineSettings(address, connector.proxy, connector.certificate_file))
            reason = report.code if report.code != "ok" else away.reason
            raise ConnectorNotReached(reason, str(report.facts.get("host", ""))) from away
        finally:
            client.close()

    def close(self) -> None:
        self.show_camera("")
        if self._storage is not None:
            self._storage.storage.close()
            self._storage = None


def chosen_in(settings: Settings) -> dict[str, str]:
    """What the first start may choose, as the settings say it."""
    return {
        "screen.language": settings.screen.language,
        "terminal.surfaces": ",".join(settings.terminal.surfaces),
        "terminal.place": settings.terminal.place,
        "cameras.face.source": settings.cameras.face.source,
        "cameras.document.source": settings.cameras.document.source,
        "cameras.floor.source": settings.cameras.floor.source,
        "printing.printer": settings.printing.printer,
        "printing.slip_printer": settings.printing.slip_printer,
        "connector.url": settings.connector.url,
    }
