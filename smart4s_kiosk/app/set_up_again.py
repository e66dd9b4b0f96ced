"""The first start's steps on a running program: its own vault, records and cameras; only the settings file is new."""

from collections.abc import Mapping
from pathlib import Path

from smart4s_kiosk.app.build import Application
from smart4s_kiosk.app.settings_reading import SettingsBroken, read_settings
from smart4s_kiosk.app.settings_writing import settings_file
from smart4s_kiosk.app.store_machine import StoreMachine, chosen_in
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.i18n import language
from smart4s_kiosk.ports.machine import OpenStore
from smart4s_kiosk.ports.vision import CameraStatus, Frame
from smart4s_kiosk.services.set_up_again import SetUpAgain
from smart4s_kiosk.vault.opening import VaultAlreadyThere
from smart4s_kiosk.vision.camera import Camera


class DemoStaysAsItIs(RuleBroken):
    """The demo has cameras, screens and a line of its own: nothing of this machine is set from there."""

    code = "demo.stays_as_it_is"


class RunningMachine(StoreMachine):
    """`StoreMachine` inside the running program: nothing that it uses already is opened a second time."""

    def __init__(self, application: Application, *, file: Path | None = None) -> None:
        super().__init__(application.settings, application.clock, file=file)
        self._application = application
        self._vault = application.vault
        self._own_camera: Camera | None = None
        if not application.is_demo:
            self._chosen = self._newest_choice()

    def _newest_choice(self) -> dict[str, str]:
        """What stands in the file now: another process may have written it since this one started."""
        try:
            return chosen_in(read_settings(self._file if self._file.exists() else None))
        except SettingsBroken:
            return chosen_in(self._settings)

    def has_store(self) -> bool:
        return True

    def create_store(self) -> OpenStore:
        raise VaultAlreadyThere

    def restore_store(self, sheet: str) -> OpenStore:
        _ = sheet
        raise VaultAlreadyThere

    def open_store(self) -> OpenStore:
        running = self._application
        return OpenStore(running.storage.storage, running.media, running.vault.pins, running.vault.sheets)

    def show_camera(self, path: str) -> None:
        """A camera that this program has open is looked at where it is open."""
        cameras = self._application.cameras.values()
        self._own_camera = next((camera for camera in cameras if camera.settings.source.address == path), None)
        super().show_camera("" if self._own_camera is not None else path)

    def frame(self) -> Frame | None:
        return self._own_camera.latest() if self._own_camera is not None else super().frame()

    def camera_status(self) -> CameraStatus:
        return self._own_camera.health().status if self._own_camera is not None else super().camera_status()

    def choose(self, changes: Mapping[str, str | tuple[str, ...]]) -> None:
        if self._application.is_demo:
            raise DemoStaysAsItIs
        super().choose(changes)

    def enrol(self, address: str, code: str) -> None:
        if self._application.is_demo:
            raise DemoStaysAsItIs
        super().enrol(address, code)


def make_set_up_again(application: Application, by: StaffId, *, file: Path | None = None) -> SetUpAgain:
    """For this administrator. Raises `RoleMayNot`."""
    return SetUpAgain(
        RunningMachine(application, file=settings_file(file)).tools(application.ids),
        by=by,
        staff=application.services.staff,
        language=language(),
    )
