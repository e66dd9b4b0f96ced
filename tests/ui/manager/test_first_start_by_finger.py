"""The first start on a terminal without a keyboard: every field can be filled by touching the screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from smart4s_kiosk.services.first_start import Step
from smart4s_kiosk.ui.manager.first_start_window import FirstStartWindow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import TypingDialog
from tests.fakes.background import PromptBackground
from tests.fakes.first_start import EMPTY, ShownFirstStart
from tests.ui.hands import touch, type_on_screen
from tests.waiting import PATIENCE_S


@pytest.fixture
def window() -> Iterator[FirstStartWindow]:
    background = PromptBackground()
    made = FirstStartWindow(
        first_start=ShownFirstStart(EMPTY), background=background, look=Look(density="desk", reduce_motion=True)
    )
    made.show()
    yield made
    made.close()
    assert background.stop(PATIENCE_S)


def line(window: FirstStartWindow, name: str) -> QLineEdit:
    return next(one for one in window.findChildren(QLineEdit) if one.isVisible() and one.accessibleName() == name)


def pads(window: FirstStartWindow) -> list[TypingDialog]:
    return [dialog for dialog in window.findChildren(TypingDialog) if dialog.isVisible()]


@pytest.mark.parametrize("step", list(Step))
def test_every_field_has_its_pad(window: FirstStartWindow, step: Step) -> None:
    window.open_step(step)
    fields: list[QLineEdit | QPlainTextEdit] = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    names = {key.accessibleName() for key in window.findChildren(TouchButton)}
    for field in fields:
        if field.isVisible() and not field.isReadOnly():
            assert f"在屏幕上输入：{field.accessibleName()}" in names


def test_a_name_and_a_pin_are_typed_without_a_keyboard(window: FirstStartWindow) -> None:
    window.open_step(Step.ADMINISTRATOR)
    type_on_screen(window, "在屏幕上输入：姓名", *"zhou", "周", *"chong", "翀", "填入")
    type_on_screen(window, "在屏幕上输入：PIN", *"861357", "填入")
    type_on_screen(window, "在屏幕上输入：工号", "a", "123", "7", "填入")
    assert [line(window, name).text() for name in ("姓名", "PIN", "工号")] == ["周翀", "861357", "a7"]
    assert line(window, "再输一次 PIN").text() == ""


def test_what_stands_in_the_field_is_gone_on_with_or_left(window: FirstStartWindow) -> None:
    window.open_step(Step.CONNECTOR)
    line(window, "连接器地址").setText("https:")
    type_on_screen(window, "在屏幕上输入：连接器地址", "123", "/", "/", "abc", *"wecom", ".", *"cn", "填入")
    assert line(window, "连接器地址").text() == "https://wecom.cn"
    window.open_step(Step.CONNECTOR)
    line(window, "连接器地址").setText("https://wecom.cn")
    type_on_screen(window, "在屏幕上输入：连接器地址", "删去最后一个字", "取消")
    assert line(window, "连接器地址").text() == "https://wecom.cn"


def test_a_finger_on_the_field_opens_the_pad_and_a_mouse_does_not(window: FirstStartWindow) -> None:
    window.open_step(Step.STORE)
    brand = line(window, "品牌")
    QTest.mouseClick(brand, Qt.MouseButton.LeftButton)
    assert pads(window) == []
    touch(brand)
    assert len(pads(window)) == 1
