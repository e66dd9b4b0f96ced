"""Whether this machine still needs its first start, and the window for it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from smart4s_kiosk.app.clock import RandomIds
from smart4s_kiosk.app.places import vault_folders
from smart4s_kiosk.app.qt_words import QtWords
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.store_machine import StoreMachine
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.first_start import FirstStart
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.first_start_window import FirstStartWindow
from smart4s_kiosk.ui.theme.dress import prepare_application
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.vault.opening import has_vault


def needs_first_start(settings: Settings, clock: Clock) -> bool:
    """No vault yet, or a store whose first start was not finished."""
    if not has_vault(vault_folders(settings)):
        return True
    machine = StoreMachine(settings, clock)
    try:
        with machine.open_store().storage.look() as view:
            return not view.settings.current().is_set_up
    finally:
        machine.close()


def make_first_start(settings: Settings, clock: Clock, *, file: Path | None = None) -> FirstStart:
    """The service on this machine."""
    tools = StoreMachine(settings, clock, file=file).tools(RandomIds(clock))
    return FirstStart(tools, language=settings.screen.language)


def run_first_start(settings: Settings, clock: Clock, qt: QApplication, *, file: Path | None = None) -> bool:
    """Show the first start until it is finished (True) or closed (False: the next start goes on where this ended)."""
    prepare_application(qt)
    use_language(settings.screen.language)
    first_start = make_first_start(settings, clock, file=file)
    qt_words = QtWords(qt)
    qt_words.speak(settings.screen.language)
    background = Background()
    window = FirstStartWindow(first_start=first_start, background=background, look=Look(density="desk"))
    window.language_changed.connect(qt_words.speak)
    finished: list[bool] = []
    _when_finished(window, finished.append)
    window.showMaximized()
    try:
        qt.exec()
    finally:
        background.stop(2.0)
        first_start.close()
    return bool(finished)


def _when_finished(window: FirstStartWindow, note: Callable[[bool], None]) -> None:
    window.finished.connect(lambda: note(True))
    window.finished.connect(window.close)
