"""Service calls off the main thread: order, delivery on the main thread only, refusals as words, faults with a reference."""

import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.domain.staff import WrongPin
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background, reference_of
from smart4s_kiosk.ui.wording import Trouble
from tests.waiting import PATIENCE_MS, PATIENCE_S


def test_what_people_do_happens_in_their_order_and_answers_come_on_the_main_thread(
    background: Background, qtbot: QtBot
) -> None:
    owner = QObject()
    done: list[int] = []
    answers: list[int] = []
    threads: list[threading.Thread] = []

    def work(number: int) -> int:
        done.append(number)
        threads.append(threading.current_thread())
        return number

    def then(answer: int) -> None:
        assert threading.current_thread() is threading.main_thread()
        answers.append(answer)

    for number in range(20):
        background.change(owner, partial(work, number), then)
    qtbot.waitUntil(lambda: background.is_idle, timeout=PATIENCE_MS)
    assert done == answers == list(range(20))
    assert threading.main_thread() not in threads


def test_an_answer_for_a_page_that_has_gone_is_dropped(background: Background, qtbot: QtBot) -> None:
    page, gate = QWidget(), threading.Event()
    answers: list[bool] = []
    background.change(page, lambda: gate.wait(PATIENCE_S), answers.append)
    page.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(page), timeout=PATIENCE_MS)
    gate.set()
    qtbot.waitUntil(lambda: background.is_idle, timeout=PATIENCE_MS)
    assert answers == []


def test_a_newer_question_overtakes_the_older_one(background: Background, qtbot: QtBot) -> None:
    owner, gate = QObject(), threading.Event()
    answers: list[str] = []

    def slow() -> str:
        gate.wait(PATIENCE_S)
        return "old"

    background.ask(owner, slow, answers.append, kind="board")
    background.ask(owner, lambda: "new", answers.append, kind="board")
    qtbot.waitUntil(lambda: answers == ["new"], timeout=PATIENCE_MS)
    gate.set()
    qtbot.waitUntil(lambda: background.is_idle, timeout=PATIENCE_MS)
    assert answers == ["new"]


def test_a_refusal_comes_back_as_words_to_the_nearest_page(background: Background, qtbot: QtBot) -> None:
    class Page(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.told: list[Trouble] = []

        def show_trouble(self, trouble: Trouble) -> None:
            self.told.append(trouble)

    page = Page()
    qtbot.addWidget(page)
    button = QWidget(page)

    def refuse() -> None:
        raise WrongPin

    background.change(button, refuse, lambda _: pytest.fail("refused work has no answer"))
    qtbot.waitUntil(lambda: bool(page.told), timeout=PATIENCE_MS)
    assert page.told[0].code == "staff.wrong_pin"
    assert not page.told[0].is_fault
    assert page.told[0].words


def test_a_fault_is_an_apology_with_the_reference_of_the_log(
    background: Background, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    owner = QObject()
    told: list[Trouble] = []

    def break_down() -> None:
        raise ZeroDivisionError("secret detail")

    background.ask(owner, break_down, lambda _: None, refused=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told[0].is_fault
    assert told[0].reference in told[0].words
    assert "secret detail" not in told[0].words
    assert any(getattr(record, "reference", "") == told[0].reference for record in caplog.records)


def test_the_same_fault_at_the_same_place_has_the_same_reference() -> None:
    def fault() -> str:
        try:
            int("a")
        except ValueError as error:
            return reference_of(error)
        return ""

    assert fault() == fault()


def test_announcements_from_any_thread_arrive_on_the_main_thread_while_the_owner_lives(qtbot: QtBot) -> None:
    announcements, owner = Announcements(), QObject()
    heard: list[str] = []

    def speak() -> None:
        for concept in ("keys", "visits"):
            announcements.announce(Announcement(concept, concept))

    def hear(announcement: Announcement) -> None:
        assert threading.current_thread() is threading.main_thread()
        heard.append(announcement.subject_id)

    announcements.listen(owner, ("visits",), hear)
    thread = threading.Thread(target=speak)
    thread.start()
    thread.join(PATIENCE_S)
    qtbot.waitUntil(lambda: heard == ["visits"], timeout=PATIENCE_MS)
    with qtbot.waitSignal(owner.destroyed, timeout=PATIENCE_MS):
        owner.deleteLater()
    with qtbot.waitSignal(announcements.announced, timeout=PATIENCE_MS):
        announcements.announce(Announcement("visits", "again"))
    assert heard == ["visits"]


def test_a_wish_after_the_end_is_dropped_without_a_word(qtbot: QtBot) -> None:
    ended, owner, asked = Background(), QObject(), []
    assert ended.stop(PATIENCE_S)
    ended.ask(owner, lambda: asked.append("work"), lambda _none: asked.append("then"))
    ended.change(owner, lambda: asked.append("work"), lambda _none: asked.append("then"))
    QCoreApplication.sendPostedEvents()  # an answer would be among them
    assert ended.is_idle
    assert asked == []
