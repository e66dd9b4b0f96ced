"""What stands on the screen when the program cannot start."""

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.app.settings_reading import Mistake, SettingsBroken
from smart4s_kiosk.app.start_trouble import words_of
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from smart4s_kiosk.ui.widgets.start_trouble import StartTroubleWindow
from tests.screenshots.shot import LANDSCAPE, PORTRAIT, SMALL, Shot, Size

FILE = "/etc/smart4s-kiosk/settings.toml"
BROKEN = SettingsBroken(
    (
        Mistake(f"{FILE}:2", "screen.language", "not_one_of", {"value": "fr", "allowed": "zh_CN, en"}),
        Mistake(f"{FILE}:3", "screen.thme", "unknown_setting", {"near": "screen.theme"}),
    )
)


class Made:
    """The window with one trouble."""

    def __init__(self, refusal: ShowroomError, theme: ThemeName, *, is_public: bool) -> None:
        self.refusal, self.theme, self.is_public = refusal, theme, is_public

    def __call__(self, size: Size, _language: str) -> StartTroubleWindow:
        look = Look(theme=self.theme, density="kiosk" if size[1] > size[0] else "tablet", reduce_motion=True)
        window = StartTroubleWindow(look, lambda: words_of(self.refusal), is_public=self.is_public)
        window.resize(*size)
        window.show()
        return window


def done(window: QWidget) -> None:
    assert isinstance(window, StartTroubleWindow)
    window.be_done()


def shot(name: str, refusal: ShowroomError, *, is_public: bool, golden: tuple[Size, str]) -> Shot:
    light, dark = Made(refusal, "light", is_public=is_public), Made(refusal, "dark", is_public=is_public)
    return Shot("start", name, light, (PORTRAIT, LANDSCAPE, SMALL), (golden,), done, dark)


SHOTS = [
    shot("settings-broken", BROKEN, is_public=False, golden=(SMALL, "zh_CN")),
    shot("database-away", Unavailable("database"), is_public=True, golden=(PORTRAIT, "zh_CN")),
]
