"""Somebody is on the way: the biggest words are who and when; a face to recognise; where to sit."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.check_in_views import Accepted
from smart4s_kiosk.ui.kiosk.consultant_card import Rule
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.kiosk.waiting_page import DRINKS
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.photo import Photo
from smart4s_kiosk.ui.widgets.qr_label import QrLabel
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


class AcceptedPage(KioskPage):
    """Goes back to the start by itself after 15 seconds; the visit goes on."""

    idle_s = 15
    may_go_back = False

    def __init__(self, view: Accepted, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        title, content = self.split(top=64, landscape_top=8)
        row = QHBoxLayout()
        row.setSpacing(self.px(24))
        row.addWidget(Icon("check", 48, tone="success"))
        row.addWidget(Words(_("Accepted, on the way"), "body_l", tone="success", weight=500), 1)
        title.addLayout(row)
        self.gap(title, 20)
        arrival = _("{n} min away").format(n=view.arrives_minutes)
        title.addWidget(Words(f"{view.person.name}\n{arrival}", "display"))
        if stage.is_portrait:
            self.gap(content, 48)
        content.addWidget(self._card(), 1)
        column = content if stage.is_portrait else title
        self.gap(column, 32 if stage.is_portrait else 8)
        if not stage.is_portrait:
            column.addStretch(1)
        for number, line in enumerate(self._lines()):
            if number:
                column.addWidget(Rule())
            column.addWidget(line)
        if stage.is_portrait:
            column.addWidget(Rule())
        self.gap(content, 40)
        content.addLayout(self._change())

    def _card(self) -> QFrame:
        card = role(QFrame(), "card")
        line = self.stage.look.border("hair")
        row = QHBoxLayout(card)
        row.setContentsMargins(line, line, self.px(40), line)
        row.setSpacing(self.px(44))
        person = self._view.person
        row.addWidget(Photo(person.photo, person.name, width=430 if self.stage.is_portrait else 380, shape="left"))
        column = QVBoxLayout()
        column.setContentsMargins(0, self.px(52), 0, self.px(40))
        column.setSpacing(self.px(4))
        column.addWidget(Words(person.name, "heading"))
        facts = [person.title, _("No. {badge}").format(badge=person.badge) if person.badge else ""]
        facts.append("·".join(person.skills))
        for fact in facts:
            if fact:
                column.addWidget(Words(fact, "note", tone="ink_2"))
        column.addStretch(1)
        if self._view.contact_code:
            column.addLayout(self._contact())
        row.addLayout(column, 1)
        return card

    def _contact(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.px(28))
        row.addWidget(QrLabel(self._view.contact_code, side=self.px(236)))
        row.addWidget(Words(_("Scan to add\nin WeCom"), "caption", tone="ink_2"), 1, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _lines(self) -> list[QWidget]:
        view, lines = self._view, []
        if view.seat:
            lines.append(self._line("sofa", _("Please sit at {seat}").format(seat=view.seat), view.seat_hint))
        if view.drink is not None:
            word, icon = DRINKS[view.drink]
            when = _("in about {n} min").format(n=view.drink_minutes) if view.drink_minutes else ""
            lines.append(self._line(icon, _(word), when))
        if view.visit_code:
            lines.append(self._line("ticket", _("Your visit code {code}").format(code=view.visit_code), ""))
        return lines

    def _line(self, icon: str, words: str, hint: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        space = self.px(32 if self.stage.is_portrait else 10)
        row.setContentsMargins(0, space, 0, space)
        row.setSpacing(self.px(36))
        row.addWidget(Icon(icon, 60))
        says = Words(words, "body_l", weight=500)
        if self.stage.is_portrait:
            row.addWidget(says, 1, Qt.AlignmentFlag.AlignVCenter)
            if hint:
                row.addWidget(Words(hint, "note", tone="ink_2", wraps=False))
            return line
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(says)
        if hint:
            column.addWidget(Words(hint, "note", tone="ink_2"))
        row.addLayout(column, 1)
        return line

    def _change(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.px(24))
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(Words(_("Prefer somebody else? Any time"), "caption", tone="ink_2"), 1, middle)
        visit_id = self._view.visit_id
        button = TouchButton(_("Another consultant"), "equal", style="foot", height=88)
        button.on_press(lambda: self.stage.act(lambda check_in: check_in.change_consultant(visit_id)))
        row.addWidget(button)
        return row
