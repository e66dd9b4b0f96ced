"""A start that fails stays on the screen in words, tries again by itself, and a guest cannot close it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from smart4s_kiosk.app import start_trouble
from smart4s_kiosk.app.commands.refused import refused
from smart4s_kiosk.app.commands.run import NoScreen, must_have_screen
from smart4s_kiosk.app.settings_reading import SettingsBroken, read_settings
from smart4s_kiosk.app.single_instance import AlreadyRunning
from smart4s_kiosk.app.start_trouble import StartScreen, words_of
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.storage.schema import SchemaTooNew
from smart4s_kiosk.ui.widgets.language_switch import LanguageSwitch
from smart4s_kiosk.ui.widgets.start_trouble import StartTroubleWindow
from smart4s_kiosk.ui.widgets.words import Words

AWAY = Unavailable("database")


@pytest.fixture
def screen(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., StartScreen]:
    monkeypatch.setattr(start_trouble, "prepare_application", lambda _qt: None)  # the session has done it

    def make(*, is_public: bool = False) -> StartScreen:
        return StartScreen(lambda: qapp, is_public=lambda: is_public, write=lambda why: refused("run", why))

    return make


def window() -> StartTroubleWindow:
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, StartTroubleWindow) and w.isVisible()]
    return shown[0]


def press(words: str) -> None:
    button = next(b for b in window().findChildren(QAbstractButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def soon(act: Callable[[], object]) -> None:
    QTimer.singleShot(50, act)


def fails_first(*refusals: ShowroomError, then: Callable[[], object] = lambda: None) -> Callable[[], int]:
    left = list(refusals)

    def start() -> int:
        if left:
            refusal = left.pop(0)
            then()
            raise refusal
        return 0

    return start


def test_a_start_that_fails_is_tried_again_until_it_works(
    qtbot: QtBot, screen: Callable[..., StartScreen], capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def look() -> None:
        seen.extend(w.text for w in window().findChildren(Words) if w.isVisible())
        press("重试")

    opened = screen()
    assert opened.until_it_works(fails_first(AWAY, AWAY, then=lambda: soon(look))) == 0
    opened.put_away()
    assert any("数据库" in words for words in seen), "and what to do"
    assert capsys.readouterr().err.count("run") == 1, "once in the journal"


def test_it_tries_by_itself_when_the_time_is_over(qtbot: QtBot, screen: Callable[..., StartScreen]) -> None:
    opened = screen(is_public=True)

    def let_time_pass() -> None:
        for _second in range(15):
            window()._tick()

    assert opened.until_it_works(fails_first(AWAY, then=lambda: soon(let_time_pass))) == 0
    opened.put_away()


def test_whoever_sets_the_machine_up_may_close_it(qtbot: QtBot, screen: Callable[..., StartScreen]) -> None:
    with pytest.raises(Unavailable):
        screen().until_it_works(fails_first(AWAY, then=lambda: soon(lambda: window().close())))


def test_a_guest_closes_nothing(qtbot: QtBot, screen: Callable[..., StartScreen]) -> None:
    def try_to_leave() -> None:
        shown = window()
        assert [b.text() for b in shown.findChildren(QAbstractButton) if b.isVisible()] == ["重试"]
        shown.close()
        assert shown.isVisible()
        press("重试")

    opened = screen(is_public=True)
    assert opened.until_it_works(fails_first(AWAY, then=lambda: soon(try_to_leave))) == 0
    opened.put_away()


def test_the_language_can_be_changed_there(qtbot: QtBot, screen: Callable[..., StartScreen]) -> None:
    titles: list[str] = []

    def change() -> None:
        window().findChild(LanguageSwitch).chosen.emit("en")  # type: ignore[union-attr] # it is there
        titles.extend(w.text for w in window().findChildren(Words) if w.isVisible())
        press("Try again")

    try:
        opened = screen()
        assert opened.until_it_works(fails_first(SchemaTooNew("database"), then=lambda: soon(change))) == 0
        opened.put_away()
    finally:
        use_language("zh_CN")
    assert "The program cannot start yet" in titles
    assert "Install the newest version on this machine too" in titles


def test_a_second_copy_shows_nothing_over_the_first(qtbot: QtBot, screen: Callable[..., StartScreen]) -> None:
    with pytest.raises(AlreadyRunning):
        screen().until_it_works(fails_first(AlreadyRunning(surfaces="kiosk")))


def test_every_mistake_of_the_settings_stands_there(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[screen]\nlanguage = "fr"\nthme = "dark"\n', encoding="utf-8")
    with pytest.raises(SettingsBroken) as broken:
        read_settings(file, {})
    assert len(words_of(broken.value).lines) == 2


def test_without_a_display_a_sentence_and_no_crash() -> None:
    with pytest.raises(NoScreen):
        must_have_screen("linux", {})
    with pytest.raises(NoScreen):
        must_have_screen("linux", {"DISPLAY": ":4711"})
    must_have_screen("linux", {"DISPLAY": "other-machine:10.0"})
    must_have_screen("linux", {"QT_QPA_PLATFORM": "linuxfb"})
    must_have_screen("win32", {})
