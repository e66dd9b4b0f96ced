"""A start that fails is said on the screen, where there is one, and tried again by itself until it works."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtWidgets import QApplication

from smart4s_kiosk.app.settings_reading import SettingsBroken
from smart4s_kiosk.app.settings_words import say
from smart4s_kiosk.app.single_instance import AlreadyRunning
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ui.theme.dress import prepare_application
from smart4s_kiosk.ui.theme.fonts import FontMissing
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.start_trouble import StartTrouble, StartTroubleWindow
from smart4s_kiosk.ui.wording import refusal_words

MOST_LINES = 8
ASK_DOCTOR = N_("Run “main.py doctor” on this machine: it says what to do about everything that is not well")
TO_DO = {
    SettingsBroken.code: N_("Correct the settings file; the program reads it again by itself"),
    "storage.schema_too_new": N_("Install the newest version on this machine too"),
    "vault.store_key_missing": N_(
        "Unlock the key ring if there is one, or bring the key back with the recovery sheet: main.py vault restore"
    ),
    "database: not opened by this key, or damaged": N_(
        "Put the newest backup in place: main.py backup list, then main.py backup restore"
    ),
    "database": N_("Check that the database server runs and that this machine reaches it"),
    "disk": N_("Free space on the disk with the data folder, or give the program the right to write there"),
    "data folder": N_("Free space on the disk with the data folder, or give the program the right to write there"),
}
"""By the refusal's code, or by what is away."""


def words_of(refusal: ShowroomError) -> StartTrouble:
    """What happened and what to do, in the language in use."""
    away = refusal.what if isinstance(refusal, Unavailable) else ""
    why = f"{away}: {refusal.facts.get('reason', '')}"
    to_do = _(TO_DO.get(refusal.code) or TO_DO.get(why) or TO_DO.get(away) or ASK_DOCTOR)
    lines: tuple[str, ...] = ()
    if isinstance(refusal, SettingsBroken):
        lines = tuple(say(mistake) for mistake in refusal.mistakes[:MOST_LINES])
    return StartTrouble(refusal_words(refusal).words, to_do, lines, " · ".join(filter(None, (refusal.code, away))))


class StartScreen:
    """Shows why a start failed, and is put away when one works."""

    def __init__(
        self, qt: Callable[[], QApplication], *, is_public: Callable[[], bool], write: Callable[[ShowroomError], object]
    ) -> None:
        self._qt, self._is_public, self._write = qt, is_public, write
        self._window: StartTroubleWindow | None = None
        self._told = ""

    def until_it_works(self, start: Callable[[], int]) -> int:
        """`start` again and again; its exit status. A closed window ends with the refusal that was shown."""
        while True:
            try:
                return start()
            except AlreadyRunning:
                self.put_away()
                raise
            except ShowroomError as refusal:
                self._tell(refusal)
                if not self._ask(refusal):
                    self.put_away()
                    raise

    def put_away(self) -> None:
        """The screens are open, or nothing more is tried."""
        if self._window is not None:
            self._window.be_done()
            self._window = None

    def _tell(self, refusal: ShowroomError) -> None:
        """Into the session's journal too, once for each reason: this terminal's own log may not be there yet."""
        if refusal.code != self._told:
            self._told = refusal.code
            self._write(refusal)

    def _ask(self, refusal: ShowroomError) -> bool:
        said = partial(words_of, refusal)
        if self._window is None:
            qt, is_public = self._qt(), self._is_public()
            with suppress(FontMissing):  # that may be the very trouble: the system's own fonts have to do
                prepare_application(qt)
            room = qt.primaryScreen().size()
            look = Look(density="kiosk" if room.height() > room.width() else "tablet")
            self._window = StartTroubleWindow(look, said, is_public=is_public)
            if is_public:
                self._window.setGeometry(qt.primaryScreen().geometry())  # also where no window manager does it
                self._window.showFullScreen()
            else:
                self._window.show()
        return self._window.ask(said)
