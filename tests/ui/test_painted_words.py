"""The harness's own eyes: what they must not miss in a table's cell, in a word painted by hand, beyond an edge."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.look import Look
from tests.screenshots.inspect_page import cut_painted_words, faint_text, painted


class Hand(QWidget):
    """Paints one word at a place, in a colour."""

    def __init__(self, word: str, colour: str, left: int = 10) -> None:
        super().__init__()
        self.word, self.colour, self.left = word, colour, left
        self.setFixedSize(200, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self.colour))
        painter.drawText(QRectF(self.left, 0, 300, 40), Qt.AlignmentFlag.AlignVCenter, self.word)


def page_with(qtbot: QtBot, *parts: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    role(window, "page")
    dress(window, Look(density="desk"))
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    window.resize(400, 300)
    window.show()
    return window


def faint(window: QWidget) -> list[str]:
    return faint_text(window, window.grab().toImage())


def cut(window: QWidget) -> list[str]:
    return cut_painted_words(list(painted(window)))


def test_a_cell_that_ends_in_an_ellipsis_is_a_fault(qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    table.setItem(0, 0, QTableWidgetItem("Waiting-for-an-answer-of-the-consultant"))
    table.setColumnWidth(0, 90)
    assert any("elided" in fault for fault in cut(page_with(qtbot, table)))


def test_an_ellipsis_that_the_word_itself_has_is_none(qtbot: QtBot) -> None:
    assert cut(page_with(qtbot, QLabel("Assign to…"))) == []


def test_a_word_painted_by_hand_beyond_the_edge_is_cut(qtbot: QtBot) -> None:
    assert any("clipped: 'Consultant'" in fault for fault in cut(page_with(qtbot, Hand("Consultant", "#000", 170))))
    assert any("clipped: 'Beyond'" in fault for fault in cut(page_with(qtbot, Hand("Beyond", "#000", 230))))


def test_a_word_painted_by_hand_too_near_its_ground_is_faint(qtbot: QtBot) -> None:
    assert any("'Pale'" in fault for fault in faint(page_with(qtbot, Hand("Pale", "#C8C8C8"))))
    assert faint(page_with(qtbot, Hand("Ink", "#16181D"))) == []


def test_a_word_that_shines_through_is_judged_as_it_is_seen(qtbot: QtBot) -> None:
    assert any("'Ghost'" in fault for fault in faint(page_with(qtbot, Hand("Ghost", "#4016181D"))))
