"""The quiet pages: thanks, closed hours, my data with "forget me"."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.check_in_choices import ThanksKind
from smart4s_kiosk.services.check_in_views import MyData, Thanks
from smart4s_kiosk.ui.kiosk.hero import draw_attract
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.painting import smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import RIGHT, Words
from smart4s_kiosk.ui.wording import clock, day, guest_name, weekday

THANKS = {
    ThanksKind.LOOKING_AROUND: (N_("Do look around"), N_("Whenever you need us, touch the bell on any screen.")),
    ThanksKind.FEEDBACK: (N_("Thank you"), N_("Your answer reaches the manager today.")),
    ThanksKind.FORGOTTEN: (N_("Forgotten"), N_("What we knew about your face and person is destroyed.")),
}


class ThanksPage(KioskPage):
    """Goes back to the start after 15 seconds."""

    idle_s = 15
    may_go_back = False

    def __init__(self, view: Thanks, stage: Stage) -> None:
        super().__init__(stage)
        column = self.root(top=300 if stage.is_portrait else 40)
        icon = QHBoxLayout()
        icon.setContentsMargins(-self.px(20), 0, 0, 0)  # the sign's own inner margin
        icon.addWidget(Icon("check", 120, tone="success"))
        icon.addStretch(1)
        column.addLayout(icon)
        self.gap(column, 40)
        headline, note = THANKS[view.kind]
        column.addWidget(Words(_(headline), "display"))
        self.gap(column, 16)
        column.addWidget(Words(_(note), "body_l", tone="ink_2"))
        if view.visit_code:
            self.gap(column, 48)
            column.addWidget(
                Words(_("Your visit code {code}").format(code=f"**{view.visit_code}**"), "body_l", tone="ink_2")
            )
        if view.receipt:
            self.gap(column, 48)
            column.addWidget(Words(_("Receipt of the erasure"), "caption", tone="ink_2"))
            column.addWidget(Words(view.receipt, "body", weight=500))
        column.addStretch(1)
        done = TouchButton(_("To the start page"), "primary").on_press(stage.finish)
        if stage.is_portrait:
            column.addWidget(self.wide(done))
        else:
            done.setFixedWidth(self.px(560))
            column.addWidget(done)
        self.gap(column, 24)


class ClosedPage(KioskPage):
    """Outside the opening hours: when somebody is here again. No camera, no check-in."""

    theme = "curtain"
    shows_idle = False
    shows_low_button = False
    shows_foot = False
    may_go_back = False
    idle_s = 0

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        shop = stage.shop
        column = self.root(top=40 if stage.is_portrait else 112)
        column.addWidget(Words(shop.store, "body", tone="ink_2"))
        self.gap(column, 16)
        column.addWidget(self.beside_car(_("We are\nclosed now")))
        self.gap(column, 24)
        if shop.opens is not None and shop.closes is not None:
            hours = f"{clock(shop.opens)} – {clock(shop.closes)}"
            on = _("Today")
            if shop.next_open_day is not None:
                on = f"{day(shop.next_open_day)} {weekday(shop.next_open_day)}"
            column.addWidget(Words(_("{day}, {hours}").format(day=on, hours=hours), "heading"))
        self.gap(column, 16)
        column.addWidget(Words(_("The cameras of this terminal are off."), "body", tone="ink_2"))
        column.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        draw_attract(painter, QRectF(self.rect()), self.stage.look.scale, is_portrait=self.stage.is_portrait)


class MyDataPage(KioskPage):
    """Kinds and counts, no content: this is a public screen."""

    back_word = N_("Back")

    def __init__(self, view: MyData, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        title, content = self.split(top=60, landscape_top=40)
        name = guest_name(view.guest.masked_name, view.guest.title)
        self.add_title(
            title, _("What we keep\nabout {name}").format(name=name), _("Reception gives you a copy on paper")
        )
        if stage.is_portrait:
            self.gap(content, 48)
        content.addWidget(self._card())
        content.addStretch(1)
        column = content if stage.is_portrait else title
        if not stage.is_portrait:
            column.addStretch(1)
        self.gap(column, 32)
        if view.face_since is not None:
            visit_id = view.visit_id
            withdraw = TouchButton(_("Withdraw face"), "equal", icon="face")
            withdraw.on_press(lambda: stage.act(lambda check_in: check_in.withdraw_face(visit_id)))
            column.addWidget(self.wide(withdraw))
            self.gap(column, 24)
        column.addWidget(self.wide(TouchButton(_("Forget me"), "danger", icon="trash").on_press(self._ask)))
        self.gap(column, 20)

    def _facts(self) -> list[tuple[str, str]]:
        view = self._view
        face = _("since {day}").format(day=day(view.face_since)) if view.face_since else _("none")
        facts = [
            (_("Face template"), face),
            (_("Phone number"), _("kept, encrypted") if view.has_phone else _("none")),
            (_("Visits"), str(view.visits)),
            (_("Quotes"), str(view.quotes)),
            (_("Agreements"), str(view.agreements)),
        ]
        if view.agreements_kept_until is not None:
            until = view.agreements_kept_until.isoformat()
            facts.append((_("Agreements stay by law until"), until))
        return facts

    def _card(self) -> QFrame:
        card = role(QFrame(), "card")
        column = QVBoxLayout(card)
        pad = self.px(48)
        column.setContentsMargins(pad, self.px(14), pad, self.px(14))
        column.setSpacing(0)
        for number, (label, value) in enumerate(self._facts()):
            if number:
                column.addWidget(role(QFrame(), "rule"))
            row = QHBoxLayout()
            row.setContentsMargins(0, self.px(24), 0, self.px(24))
            row.addWidget(Words(label, "body", tone="ink_2"), 1)
            row.addWidget(Words(value, "body", weight=500, wraps=False, align=RIGHT))
            column.addLayout(row)
        return card

    def _ask(self) -> None:
        visit_id = self._view.visit_id
        text = _("Your face, name and number are destroyed at once and cannot come back. You get a receipt.")
        dialog = Dialog(self.window(), _("Forget me for good?"), text)
        dialog.add_action(_("Keep my data"), kind="equal")
        dialog.add_action(
            _("Forget me"), lambda: self.stage.act(lambda check_in: check_in.forget_me(visit_id)), kind="equal"
        )
        dialog.open_now()
