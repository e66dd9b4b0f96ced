"""Makes the QApplication and the windows asked for, wires announcements, runs, stops in order."""

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from smart4s_kiosk.app.build import Application, build
from smart4s_kiosk.app.build_tablet import make_tablet
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.crash import CrashHooks, on_qt_message
from smart4s_kiosk.app.first_start import needs_first_start, run_first_start
from smart4s_kiosk.app.logs import start_logging
from smart4s_kiosk.app.office import make_office
from smart4s_kiosk.app.qt_words import QtWords
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.single_instance import only_one
from smart4s_kiosk.app.start_trouble import StartScreen
from smart4s_kiosk.app.workers import StopTurn
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.domain.ids import MediaHash
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.collector import MainThreadCollector
from smart4s_kiosk.ui.kiosk.window import KioskWindow
from smart4s_kiosk.ui.manager.window import ManagerWindow
from smart4s_kiosk.ui.reception.window import ReceptionWindow
from smart4s_kiosk.ui.tablet.window import TabletWindow
from smart4s_kiosk.ui.theme.dress import prepare_application
from smart4s_kiosk.ui.theme.look import DensityName, Look, ThemeName
from smart4s_kiosk.ui.theme.tokens import Brand, Tokens, default_tokens
from smart4s_kiosk.vault.files import write_whole

_log = logging.getLogger(__name__)
DENSITIES: dict[str, DensityName] = {"kiosk": "kiosk", "tablet": "tablet", "reception": "desk", "manager": "desk"}
THEMES: dict[str, ThemeName] = {"day": "light", "night": "dark", "auto": "light"}
UPRIGHT = ("kiosk", "tablet")
"""Surfaces that own the whole screen; a desk's window stands among others."""
BEFORE_SCREENS = (StopTurn.CAMERAS, StopTurn.VISION)
AFTER_SCREENS = (StopTurn.TIMERS, StopTurn.COURIER, StopTurn.LAST)


class Desktop:
    """The screens of this terminal on one built application."""

    def __init__(self, application: Application, qt: QApplication, *, file: Path | None = None) -> None:
        self.application = application
        self._settings_file = file
        self.qt = qt
        self.collector = MainThreadCollector()
        self.background = Background()
        self.announcements = Announcements()
        self.windows: dict[str, QWidget] = {}
        self._qt_words = QtWords(qt)
        application.hub.listen(self.announcements.announce)
        prepare_application(qt)
        self._qt_words.speak(application.settings.screen.language)

    def open(self, surface: str) -> QWidget:
        """Make one surface's window (not yet shown)."""
        window = self._makers()[surface](self.look(DENSITIES[surface]))
        self.windows[surface] = window
        return window

    def surfaces(self) -> tuple[str, ...]:
        """Every surface that there is."""
        return tuple(self._makers())

    def _makers(self) -> dict[str, Callable[[Look], QWidget]]:
        return {
            "kiosk": self._kiosk,
            "tablet": self._tablet,
            "reception": self._reception,
            "manager": self._manager,
        }

    def look(self, density: DensityName) -> Look:
        """Theme of this terminal in the store's accent."""
        theme = THEMES[self.application.settings.screen.theme]
        return Look(theme=theme, density=density, tokens=self._tokens())

    def apologise(self, reference: str) -> None:
        """An error that nobody caught: the kiosk says sorry and goes back to its welcome page. From any thread."""
        self.announcements.announce(Announcement("faults", reference))

    def stop(self) -> None:
        """Cameras, vision, the acts under way, timers, courier, database: five seconds in all."""
        self.application.hub.stop_listening(self.announcements.announce)
        late = self.application.workers.stop(1.5, BEFORE_SCREENS)
        if not self.background.stop(1.5):
            late.append("acts")
        late += self.application.workers.stop(2.0, AFTER_SCREENS)
        self.application.storage.storage.close()
        if late:
            _log.warning("stopped without waiting further", extra={"action": "stop", "late": late})

    def _kiosk(self, look: Look) -> QWidget:
        return KioskWindow(
            check_in=self.application.services.kiosk,
            background=self.background,
            announcements=self.announcements,
            clock=self.application.clock,
            look=look,
            hides_pointer=not self.application.is_demo,
            home_language=self.application.settings.screen.language,
        )

    def _tablet(self, look: Look) -> QWidget:
        return TabletWindow(
            tablet=make_tablet(self.application),
            background=self.background,
            announcements=self.announcements,
            clock=self.application.clock,
            look=look,
        )

    def _reception(self, look: Look) -> QWidget:
        return ReceptionWindow(
            services=self.application.services,
            background=self.background,
            announcements=self.announcements,
            clock=self.application.clock,
            look=look,
        )

    def _manager(self, look: Look) -> QWidget:
        return ManagerWindow(
            services=self.application.services,
            background=self.background,
            announcements=self.announcements,
            clock=self.application.clock,
            look=look,
            photo=self.application.photo,
            office=make_office(self.application, file=self._settings_file),
        )

    def _tokens(self) -> Tokens:
        with self.application.storage.storage.look() as view:
            business = view.settings.current()
        tokens = default_tokens()
        logo = logo_file(self.application, business.logo) or tokens.brand.logo
        brand = Brand(business.brand_name, business.store_name, business.accent, logo, tokens.brand.heroes)
        return tokens.for_brand(brand)


def logo_file(application: Application, logo: str) -> Path | None:
    """The store's logo as a file that Qt can draw; None without one."""
    content = application.photo(MediaHash(logo)) if logo else None
    if content is None:
        return None
    place = application.settings.data.place / "logo.svg"
    if not place.is_file() or place.read_bytes() != content:
        write_whole(place, content)
    return place


def qt_application() -> QApplication:
    """The one QApplication of this process."""
    return cast("QApplication", QApplication.instance() or QApplication(sys.argv[:1]))


def start_desktop(
    read: Callable[[], Settings], *, write: Callable[[ShowroomError], object], file: Path | None = None
) -> int:
    """The first start on an empty machine, then this terminal's screens with what was chosen in it.

    What keeps it from starting stands on the screen until it is mended, and `write` notes it down.
    """
    public: list[bool] = []
    screen = StartScreen(qt_application, is_public=lambda: any(public), write=write)

    def start() -> int:
        settings, clock = read(), SystemClock()
        public[:] = [settings.screen.full_screen and any(one in UPRIGHT for one in settings.terminal.surfaces)]
        if needs_first_start(settings, clock):
            public.clear()  # nobody's terminal yet: whoever sets it up may close it
            with only_one(settings.data.place, "first-start", clock):
                screen.put_away()
                if not run_first_start(settings, clock, qt_application(), file=file):
                    return 0
            settings = read()
        return run_desktop(settings, file=file, opened=screen.put_away)

    return screen.until_it_works(start)


def run_desktop(
    settings: Settings,
    *,
    is_demo: bool = False,
    show: Callable[[QWidget], None] | None = None,
    file: Path | None = None,
    opened: Callable[[], None] | None = None,
) -> int:
    """Open this terminal's surfaces and stay until they are closed; returns the exit status.

    `show` puts a window on the screen in another way than the settings say. `opened` is told when all stand there.
    """
    surfaces = settings.terminal.surfaces
    use_language(settings.screen.language)
    qt = qt_application()
    qInstallMessageHandler(on_qt_message)
    application = build(settings, is_demo=is_demo)
    with only_one(settings.data.place, "-".join(surfaces), application.clock):
        start_logging(settings.logs, settings.data.place / "logs", "-".join(surfaces), application.clock)
        desktop = Desktop(application, qt, file=file)
        hooks = CrashHooks(desktop.apologise, settings.data.place / "logs" / "native.log")
        hooks.install()
        application.workers.start()
        try:
            for surface in surfaces:
                window = desktop.open(surface)
                (show or partial(show_window, full_screen=settings.screen.full_screen and surface in UPRIGHT))(window)
            if opened is not None:
                opened()
            return qt.exec()
        finally:
            desktop.stop()
            hooks.remove()


def show_window(window: QWidget, *, full_screen: bool) -> None:
    """On the screen, full or at its own size."""
    if full_screen:
        window.setGeometry(window.screen().geometry())  # also where no window manager does it
        window.showFullScreen()
    else:
        window.show()


def with_surfaces(settings: Settings, *surfaces: str) -> Settings:
    """The same settings for another set of surfaces (the demo opens each in its own process)."""
    return replace(settings, terminal=replace(settings.terminal, surfaces=surfaces))
