"""Who shall be with you today? The own consultant first and larger; "arrange it for me" as strong as a person."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.check_in_views import ChooseConsultant
from smart4s_kiosk.services.check_in_views import ConsultantCard as Card
from smart4s_kiosk.ui.kiosk.consultant_card import ConsultantButton
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.wording import guest_name

OTHERS_HEIGHT = 312
"""So that the third row shows that there is one."""


class ConsultantsPage(KioskPage):
    """Real people, real states, the age of that knowledge beside it."""

    back_word = N_("Back")

    def __init__(self, view: ChooseConsultant, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        title, content = self.split(top=52, landscape_top=40)
        question = _("who shall be with you?") if view.guest.masked_name else _("Who shall be\nwith you today?")
        if view.guest.masked_name:
            name = _("{name},").format(name=guest_name(view.guest.masked_name, view.guest.title))
            question = f"{name}\n{question}"
        self.add_title(title, question)
        if view.queue_minutes is not None:
            self.gap(title, 24)
            words = _("Everybody is with a guest; about {n} min").format(n=view.queue_minutes)
            title.addWidget(NoticeBar(stage.look, words, _("We keep your place in the queue"), icon="clock"))
        if stage.is_portrait:
            self.gap(content, 28)
            if view.own is not None:
                content.addWidget(self._button(view.own, is_own=True, height=372))
                self.gap(content, 32)
        content.addWidget(self._others(), 1)
        column = content if stage.is_portrait else title
        if not stage.is_portrait:
            column.addStretch(1)
        self.gap(column, 32)
        column.addWidget(self._arrange())

    def _arrange(self) -> TouchButton:
        words = _("Whoever is free first")
        return self.wide(TouchButton(words, "equal", icon="users", height=120).on_press(self._chooser(None)))

    def _button(self, card: Card, *, is_own: bool, height: int) -> ConsultantButton:
        button = ConsultantButton(card, self.stage.look, is_own=is_own, height=height)
        button.pressed_once.connect(self._chooser(card.staff_id))
        return button

    def _chooser(self, staff_id: StaffId | None) -> Callable[[], None]:
        visit_id = self._view.visit_id
        return lambda: self.stage.act(lambda check_in: check_in.choose_consultant(visit_id, staff_id))

    def _remember(self, value: int) -> None:
        """The list read anew stands where the finger left it."""
        if value:
            self.stage.memory["scrolled"] = value

    def _others(self) -> QWidget:
        """Two columns; more people than fit are reached by a swipe, never made smaller."""
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setSpacing(self.px(32))
        own = None if self.stage.is_portrait else self._view.own
        if own is not None:
            grid.addWidget(self._button(own, is_own=True, height=312), 0, 0, 1, 2)
        for number, card in enumerate(self._view.others, 2 if own is not None else 0):
            grid.addWidget(self._button(card, is_own=False, height=OTHERS_HEIGHT), number // 2, number % 2)
        for number in range(2):
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(board)
        self.area, place = area, area.verticalScrollBar()
        QTimer.singleShot(0, place, lambda: place.setValue(int(self.stage.memory.get("scrolled", 0))))
        place.valueChanged.connect(self._remember)
        QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
        return area
