"""Machine settings from TOML and environment into frozen dataclasses, checked once.

What an installer knows stands here; what a manager may change is in `domain/business_settings.py`; secrets are in the
vault. `read_settings` (in `settings_reading`) makes these; each part of the program gets its own small section.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from smart4s_kiosk.app import settings_kinds as kinds

ROLES = ("kiosk", "reception", "tablet", "manager")
LANGUAGES = ("zh_CN", "en")


def _setting(default: Any, kind: kinds.Kind, help_: str) -> Any:
    """One documented setting: `default` is the parsed value, `help_` its line in default.toml and the reference."""
    return field(default=default, metadata={"kind": kind, "help": help_})


def user_data_folder() -> Path:
    """Where data goes when nothing else is said: the user's own, never a temporary folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Smart4SKiosk" / "data"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "smart4s-kiosk"


def user_config_folder() -> Path:
    """Where the settings file and, outside the data folder, the key files stand when nothing else is said."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Smart4SKiosk"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "smart4s-kiosk"


@dataclass(frozen=True, slots=True)
class ShowroomSettings:
    """The showroom this machine stands in."""

    time_zone: ZoneInfo = _setting(
        ZoneInfo("Asia/Shanghai"),
        kinds.time_zone(),
        "Decides every 'today', age, expiry, validity and alarm, instead of the machine's own time zone.",
    )


@dataclass(frozen=True, slots=True)
class TerminalSettings:
    """This terminal and what it shows."""

    id: str = _setting("terminal-1", kinds.name(), "Name of this terminal; different on each terminal of a showroom.")
    place: str = _setting("", kinds.text(), "Where it stands, in words a guest reads: by the entrance, table B1.")
    role: str = _setting("kiosk", kinds.choice(*ROLES), "What this terminal mainly is.")
    surfaces: tuple[str, ...] = _setting(
        ("kiosk", "reception"), kinds.choices(*ROLES), "The screens that this machine opens, each in its own window."
    )


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Where records and media are kept."""

    folder: Path | None = _setting(
        None, kinds.path(), "Database, media files and logs. Empty: the user's data folder. Not the key files."
    )
    database_url: str = _setting(
        "",
        kinds.database_address(),
        "Empty: the encrypted database in the data folder, for one machine. Several terminals share one PostgreSQL.",
    )

    @property
    def place(self) -> Path:
        """The data folder in use."""
        return self.folder or user_data_folder()


@dataclass(frozen=True, slots=True)
class VaultSettings:
    """Where keys are kept. The keys themselves never stand in settings."""

    key_folder: Path | None = _setting(
        None,
        kinds.path(),
        "Key files of this machine; outside the data folder. Empty: the user's configuration folder.",
    )
    use_keyring: bool = _setting(
        True, kinds.flag(), "Use the operating system's key ring when it opens without a question."
    )
    person_keys_folder: Path | None = _setting(
        None,
        kinds.path(),
        "The file of person keys. Empty: the key folder. Several terminals: one shared folder that all of them reach.",
    )
    person_keys_copy: Path | None = _setting(
        None,
        kinds.path(),
        "Folder for the one newest copy of the person keys, on another disk. Empty: no copy is kept.",
    )

    @property
    def place(self) -> Path:
        """The key folder in use."""
        return self.key_folder or user_config_folder() / "keys"

    @property
    def person_keys_place(self) -> Path:
        """The folder of the person keys in use."""
        return self.person_keys_folder or self.place


@dataclass(frozen=True, slots=True)
class ConnectorSettings:
    """The way to WeCom."""

    url: str = _setting(
        "", kinds.web_address("https", "http"), "Address of the cloud connector. Empty: the showroom works without one."
    )
    proxy: str = _setting("", kinds.web_address("http"), "Proxy to the outside. Empty: the machine's own setting.")
    certificate_file: Path | None = _setting(
        None, kinds.path(), "Further certificates to trust (PEM), for a proxy that opens TLS. Empty: the usual ones."
    )


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """One camera, named by a path that survives a reboot."""

    source: str = _setting(
        "",
        kinds.text(500),
        "Stable device path (/dev/v4l/by-path/...), a video file, a folder of pictures or an rtsp:// address. "
        "Empty: none.",
    )
    width: int = _setting(1280, kinds.whole(160, 7680), "Picture width asked of the camera, in pixels.")
    height: int = _setting(720, kinds.whole(120, 4320), "Picture height asked of the camera, in pixels.")
    frames_per_second: int = _setting(30, kinds.whole(1, 120), "Pictures a second asked of the camera.")
    rotate: int = _setting(0, kinds.whole_of(0, 90, 180, 270), "Clockwise turn for a camera mounted on its side.")
    mirror: bool = _setting(False, kinds.flag(), "Show the picture as a mirror does; reading is not affected.")


@dataclass(frozen=True, slots=True)
class CamerasSettings:
    """The three roles a camera can have."""

    face: CameraSettings = field(default_factory=CameraSettings, metadata={"help": "Sees the visitor at the kiosk."})
    document: CameraSettings = field(default_factory=CameraSettings, metadata={"help": "Reads driving licences."})
    floor: CameraSettings = field(default_factory=CameraSettings, metadata={"help": "Counts people in the showroom."})


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """What people see first."""

    language: str = _setting("zh_CN", kinds.choice(*LANGUAGES), "Language at start; each visitor may switch.")
    theme: str = _setting("day", kinds.choice("day", "night", "auto"), "Colours; auto follows the showroom's hours.")
    density: str = _setting("comfortable", kinds.choice("comfortable", "compact"), "Spacing of the staff screens.")
    full_screen: bool = _setting(True, kinds.flag(), "Kiosk and tablet fill their screen.")


@dataclass(frozen=True, slots=True)
class PrintingSettings:
    """Paper."""

    printer: str = _setting("", kinds.text(), "Printer for A4 sheets, as the system names it. Empty: none.")
    slip_printer: str = _setting("", kinds.text(), "Printer for 80 mm slips. Empty: none.")


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What the program writes down about itself; never personal data."""

    level: str = _setting("info", kinds.choice("debug", "info", "warning", "error"), "From which level on.")
    keep_days: int = _setting(14, kinds.whole(1, 90), "Older log files are deleted.")
    megabytes_per_file: int = _setting(10, kinds.whole(1, 200), "A file is closed and a new one begun at this size.")


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Copies of the showroom's records."""

    folder: Path | None = _setting(
        None, kinds.path(), "Folder for backups, best on another disk. Empty: none are made."
    )
    keep: int = _setting(14, kinds.whole(1, 365), "How many backups are kept.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installer chose for this machine."""

    showroom: ShowroomSettings = field(default_factory=ShowroomSettings)
    terminal: TerminalSettings = field(default_factory=TerminalSettings)
    data: DataSettings = field(default_factory=DataSettings)
    vault: VaultSettings = field(default_factory=VaultSettings)
    connector: ConnectorSettings = field(default_factory=ConnectorSettings)
    cameras: CamerasSettings = field(default_factory=CamerasSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    printing: PrintingSettings = field(default_factory=PrintingSettings)
    logs: LogSettings = field(default_factory=LogSettings)
    backup: BackupSettings = field(default_factory=BackupSettings)
