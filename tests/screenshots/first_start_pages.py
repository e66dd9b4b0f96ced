"""Each step of the first start, on a machine in memory."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _, language
from smart4s_kiosk.ports.vision import CameraStatus
from smart4s_kiosk.services.first_start import Step
from smart4s_kiosk.services.first_start_refusals import PinsDiffer
from smart4s_kiosk.ui.manager.first_start_machine import CamerasPage
from smart4s_kiosk.ui.manager.first_start_window import FirstStartWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.wording import refusal_words
from tests.fakes.background import PromptBackground
from tests.fakes.first_start import DONE, EMPTY, ShownFirstStart
from tests.screenshots.shot import LANDSCAPE, PORTRAIT, SMALL, Shot, Size
from tests.screenshots.tablet_pages import settle
from tests.waiting import PATIENCE_S

BACKGROUNDS: list[PromptBackground] = []
ZH, EN, UPRIGHT = (SMALL, "zh_CN"), (SMALL, "en"), (PORTRAIT, "zh_CN")
Act = Callable[[FirstStartWindow, ShownFirstStart], object]


class Made:
    """The window at one step."""

    def __init__(self, step: Step, *, empty: bool = False, theme: ThemeName = "light", then: Act | None = None) -> None:
        self.step, self.empty, self.theme, self.then = step, empty, theme, then

    def __call__(self, size: Size, _language: str) -> QWidget:
        first_start = ShownFirstStart(EMPTY if self.empty else DONE)
        first_start.language = language()
        BACKGROUNDS.append(PromptBackground())
        window = FirstStartWindow(
            first_start=first_start,
            background=BACKGROUNDS[-1],
            look=Look(theme=self.theme, density="desk", reduce_motion=True),
        )
        window.resize(*size)
        window.show()
        settle(window)
        window.open_step(self.step)
        if self.then is not None:
            self.then(window, first_start)
        settle(window)
        return window


def done(window: QWidget) -> None:
    window.close()
    window.deleteLater()
    settle(window)
    assert BACKGROUNDS.pop().stop(PATIENCE_S)


def without_permission(window: FirstStartWindow, first_start: ShownFirstStart) -> None:
    """The chosen camera's device file may not be opened."""
    first_start.status = CameraStatus.NO_PERMISSION
    page = window.page
    assert isinstance(page, CamerasPage)
    page.show_cameras(first_start.cameras())
    box = next(iter(page.boxes.values()))
    box.setCurrentIndex(0)
    box.setCurrentIndex(1)


def typing_a_name(window: FirstStartWindow, _first_start: ShownFirstStart) -> None:
    """On a terminal without a keyboard."""
    wanted = _("Type {field} on the screen").format(field=_("Name"))
    next(key for key in window.findChildren(TouchButton) if key.accessibleName() == wanted).pressed_once.emit()


def refused(window: FirstStartWindow, _first_start: ShownFirstStart) -> None:
    window.show_trouble(refusal_words(PinsDiffer()))


def shot(
    name: str, step: Step, golden: tuple[tuple[Size, str], ...] = (), *, empty: bool = False, then: Act | None = None
) -> Shot:
    return Shot(
        "first_start",
        name,
        Made(step, empty=empty, then=then),
        (SMALL, LANDSCAPE, PORTRAIT),
        golden,
        done,
        Made(step, empty=empty, theme="dark", then=then),
    )


SHOTS = [
    shot("empty", Step.LANGUAGE, (ZH, EN), empty=True),
    *(shot(step.value, step, (ZH,)) for step in Step),
    shot("camera-without-permission", Step.CAMERAS, (ZH,), then=without_permission),
    shot("typing-name", Step.ADMINISTRATOR, (ZH,), then=typing_a_name),
    shot("refused", Step.ADMINISTRATOR, (UPRIGHT,), then=refused),
]
