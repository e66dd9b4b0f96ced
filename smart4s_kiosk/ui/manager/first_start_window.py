"""The first start of a store: steps at the left, one page at a time, nothing lost when it is closed half-way."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _, use_language
from smart4s_kiosk.services.first_start import FirstStart, Progress, Step
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.first_start_machine import CamerasPage, ConnectorPage, SurfacesPage
from smart4s_kiosk.ui.manager.first_start_page import STEPS, FirstStartPage
from smart4s_kiosk.ui.manager.first_start_people import AdministratorPage, DonePage, SheetPage, StaffPage
from smart4s_kiosk.ui.manager.first_start_printing import PrintingPage
from smart4s_kiosk.ui.manager.first_start_store import LanguagePage, StorePage
from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.icons import icon
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.one_part import OnePart
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble

MOST_SCALE = 1.5
PAGES: dict[Step, type[FirstStartPage]] = {
    Step.LANGUAGE: LanguagePage,
    Step.STORE: StorePage,
    Step.SURFACES: SurfacesPage,
    Step.CAMERAS: CamerasPage,
    Step.ADMINISTRATOR: AdministratorPage,
    Step.SHEET: SheetPage,
    Step.STAFF: StaffPage,
    Step.PRINTING: PrintingPage,
    Step.CONNECTOR: ConnectorPage,
    Step.DONE: DonePage,
}


class FirstStartWindow(QWidget):
    """`finished` follows the last step."""

    finished = Signal()
    language_changed = Signal(str)
    """Qt's own dialogs follow."""

    def __init__(self, *, first_start: FirstStart, background: Background, look: Look) -> None:
        super().__init__()
        self._first_start, self._background = first_start, background
        self._base, self._look_now = look, look
        self.step = Step.LANGUAGE
        self.page: FirstStartPage | None = None
        self._progress = Progress(has_store=False, done=frozenset())
        role(self, "page")
        dress(self, look)
        self.setWindowTitle("Smart 4S Kiosk")
        self.resize(1280, 800)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._content = OnePart(outer)
        self.open_step(Step.LANGUAGE)
        background.ask(self, first_start.progress, self._show_progress, kind="progress")

    def page_look(self) -> Look:
        """Larger on a larger screen: it is often set up by finger on the kiosk itself."""
        wide, high = (800, 1280) if self.height() > self.width() else (1280, 800)
        scale = min(self.width() / wide, self.height() / high, MOST_SCALE)
        return replace(self._base, scale=round(max(1.0, scale), 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = self.page_look()
        if look != self._look_now:
            self._look_now = look
            dress(self, look)
            self.open_step(self.step)

    def _show_progress(self, progress: Progress) -> None:
        self._progress = progress
        self.open_step(self.step)

    def open_step(self, step: Step) -> None:
        """Show one step; before the store exists only the first."""
        if self.page is not None:
            self.page.leave()
        self.step = step
        look = self._look_now
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_side(look))
        upright = self.height() > self.width()
        self.page = PAGES[step](
            self._first_start, self._background, look, self._progress, self._advance, is_upright=upright
        )
        if isinstance(self.page, LanguagePage):
            self.page.language_chosen.connect(self._change_language)
        row.addWidget(self._make_right(look, self.page), 1)
        self._content.put(content)

    def _make_side(self, look: Look) -> QFrame:
        side = role(QFrame(), "side")
        side.setFixedWidth(look.px(220 if self.height() > self.width() else 240))
        column = QVBoxLayout(side)
        column.setContentsMargins(look.px(12), look.px(24), look.px(12), look.px(20))
        column.setSpacing(look.px(6))
        head = QHBoxLayout()
        head.setContentsMargins(look.px(12), 0, 0, look.px(20))
        head.setSpacing(look.px(10))
        head.addWidget(BrandMark(28))
        head.addWidget(Words(_("First start"), "name", wraps=False))
        head.addStretch(1)
        column.addLayout(head)
        for number, (step, name) in enumerate(STEPS.items(), 1):
            column.addWidget(self._step_button(look, number, step, _(name)))
        column.addStretch(1)
        return side

    def _step_button(self, look: Look, number: int, step: Step, name: str) -> QPushButton:
        is_done = step in self._progress.done
        sign = (
            icon("check", look.colour("success"), look.px(18))
            if is_done
            else icon("chevron_right", look.colour("ink_3"), look.px(18))
        )
        button = role(QPushButton(sign, f"  {number}  {name}"), "nav")
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setChecked(step is self.step)
        button.setEnabled(self._progress.has_store or step is Step.LANGUAGE)
        button.clicked.connect(partial(self.open_step, step))
        return button

    def _make_right(self, look: Look, page: FirstStartPage) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        edge = look.px(32 if self.height() > self.width() else 48)
        column.setContentsMargins(edge, look.px(40), edge, look.px(28))
        column.setSpacing(look.px(20))
        column.addWidget(Words(_(STEPS[self.step]), "display"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        column.addWidget(scroll, 1)
        self._notice_place = QVBoxLayout()
        column.addLayout(self._notice_place)
        foot = QHBoxLayout()
        if self.step is not Step.LANGUAGE:
            foot.addWidget(TouchButton(_("Back"), "secondary").on_press(self._back))
        foot.addStretch(1)
        if page.may_wait:
            foot.addWidget(TouchButton(_("Later"), "secondary").on_press(self._skip))
        if page.next_word:
            page.save_button = TouchButton(page.next_word, "primary").on_press(page.save)
            foot.addWidget(page.save_button)
        column.addLayout(foot)
        return right

    def _advance(self, progress: Progress) -> None:
        self._progress = progress
        if self.step is Step.DONE:
            self.finished.emit()
            return
        self._skip()

    def _skip(self) -> None:
        steps = list(Step)
        self.open_step(steps[steps.index(self.step) + 1])

    def _back(self) -> None:
        steps = list(Step)
        self.open_step(steps[max(0, steps.index(self.step) - 1)])

    def _change_language(self, language: str) -> None:
        use_language(language)
        self.language_changed.emit(language)
        self._background.change(self, lambda: self._first_start.use_language(language), lambda _none: None)
        self._first_start.language = language
        self.open_step(self.step)

    def show_trouble(self, trouble: Trouble) -> None:
        """Why a step did not work."""
        while (item := self._notice_place.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        kind = "danger" if trouble.is_fault else "warn"
        self._notice_place.addWidget(NoticeBar(self._look_now, trouble.words, kind=kind))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.page is not None:
            self.page.leave()
            self.page = None
        event.accept()
