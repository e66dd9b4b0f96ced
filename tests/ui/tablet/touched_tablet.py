"""A consultant's tablet, touched as people touch it."""

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from smart4s_kiosk.domain.ids import AgreementId
from smart4s_kiosk.domain.licences import LicenceField
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.tablet.capture_page import CapturePage
from smart4s_kiosk.ui.tablet.choose_drive_page import ChoiceLine, ChooseDrivePage
from smart4s_kiosk.ui.tablet.licence_consent_page import LicenceConsentPage
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.today_page import TodayPage
from smart4s_kiosk.ui.tablet.window import TabletWindow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.words import Words
from tests.fakes.background import PromptBackground
from tests.tablet_room import PIN, TabletRoom
from tests.ui.hands import tap
from tests.waiting import PATIENCE_S

Page = TypeVar("Page", bound=TabletPage)


F = LicenceField


class Tablet:
    """The window with hands on it."""

    def __init__(self, room: TabletRoom) -> None:
        self.room = room
        self.background = PromptBackground()
        self.announcements = Announcements()
        self.window = TabletWindow(
            tablet=room.tablet,
            background=self.background,
            announcements=self.announcements,
            clock=room.clock,
            look=Look(density="tablet", reduce_motion=True),
        )
        self.window.resize(1280, 800)
        self.window.show()

    def settle(self) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents()

    def button(self, words: str) -> QAbstractButton | None:
        for one in self.window.findChildren(QAbstractButton):
            if words in (one.accessibleName(), one.text()) and one.isVisibleTo(self.window) and one.isEnabled():
                return one
        return None

    def press(self, words: str) -> None:
        self.settle()
        button = self.button(words)
        assert button is not None, f"no button {words}: {self.words()}"
        tap(button)
        self.settle()

    def key_in(self, digits: str) -> None:
        for digit in digits:
            self.press(digit)

    def words(self) -> str:
        self.settle()
        names = [b.accessibleName() for b in self.window.findChildren(QAbstractButton) if b.isVisibleTo(self.window)]
        texts = [w.text for w in self.window.findChildren(Words) if w.isVisibleTo(self.window)]
        return " | ".join(names + texts)

    def page(self, kind: type[Page]) -> Page:
        self.settle()
        assert isinstance(self.window.page, kind), f"{type(self.window.page).__name__}: {self.words()}"
        return self.window.page

    def wait(self, seconds: float) -> None:
        self.room.clock.advance(seconds)
        self.window.tick()

    def sign_in(self, name: str = "王静", pin: str = PIN) -> None:
        self.press(name)
        self.key_in(pin)
        self.press("登录")

    def scribble(self, pad: QWidget) -> None:
        """Two strokes with the finger; real time passes in them, as `Signature` wants."""
        for stroke in range(2):
            y = 100 + 60 * stroke
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(100, y))
            for step in range(1, 12):
                QTest.qWait(18)
                QTest.mouseMove(pad, QPoint(100 + 60 * step, y + 40 * (step % 2)))
            QTest.qWait(18)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(780, y))

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.settle()
        assert self.background.stop(PATIENCE_S)


def signed_in(tablet: Tablet) -> Tablet:
    tablet.sign_in()
    tablet.page(TodayPage)
    return tablet


def to_capture(tablet: Tablet, *, agrees: bool = True, route: str = "") -> None:
    tablet.room.guest(accepted=True)
    signed_in(tablet)
    page = tablet.page(TodayPage)
    drives = [b for b in page.findChildren(QAbstractButton) if b.text() == "试驾"]
    QTest.mouseClick(drives[0], Qt.MouseButton.LeftButton)
    choose = tablet.page(ChooseDrivePage)
    for line in choose.findChildren(ChoiceLine):
        if route and route in line.accessibleName():
            QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    tablet.press("留好钥匙，下一步")
    tablet.page(LicenceConsentPage)
    assert tablet.button("同意，拍照读取") is None, "not before it could be read"
    tablet.wait(4)
    tablet.press("同意，拍照读取" if agrees else "不同意，手工抄写")


def agreement_id(tablet: Tablet) -> AgreementId:
    sheet = tablet.window.page.sheet() if tablet.window.page else None
    assert sheet is not None
    return sheet.agreement_id


def take_file(tablet: Tablet) -> None:
    capture = tablet.page(CapturePage)
    scans = tablet.room.tablet.scans
    scans.add_file(capture.drive.agreement_id, bytes([1]))
    capture.pages_taken(1)
    tablet.press("开始读取")
