"""Would you recommend us? Eleven equal keys in one colour; one tap is enough; the manager is one tap away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.services.check_in_choices import Praise
from smart4s_kiosk.services.check_in_views import AskFeedback
from smart4s_kiosk.ui.kiosk.consultant_card import Rule
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.score_key import ScoreKey
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine
from smart4s_kiosk.ui.widgets.words import Words

GOOD_FROM = 7
MOST_LETTERS = 60
PRAISES = {
    Praise.CLEAR: N_("Clear advice"),
    Praise.NO_PRESSURE: N_("No pressure"),
    Praise.GOOD_DRIVE: N_("A proper drive"),
    Praise.OPEN_PRICES: N_("Clear prices"),
    Praise.QUICK: N_("Quick to arrive"),
    Praise.COMFORT: N_("Comfortable"),
}


class FeedbackPage(KioskPage):
    """Nothing is coloured from red to green: that would lead the answer."""

    may_go_back = False

    def __init__(self, view: AskFeedback, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        self._reasons: set[Praise] = set(stage.memory.get("reasons", ()))
        title, content = self.split(top=80, landscape_top=40)
        note = _("One tap is enough; it is about today's visit only.")
        self.add_title(title, _("Would you recommend\nus to a friend?"), note)
        self._make_keys()
        if stage.is_portrait:
            self.gap(content, 36)
            content.addLayout(self._two_rows())
            self.gap(content, 24)
        else:
            content.addLayout(self.row(*self._scores, gap=12))
            self.gap(content, 8)
        content.addLayout(self._ends())
        self._more = QWidget()
        content.addWidget(self._more)
        self._fill_reasons(QVBoxLayout(self._more))
        content.addStretch(1)
        column = content if stage.is_portrait else title
        if not stage.is_portrait:
            title.addStretch(1)
        column.addLayout(self._buttons())
        self.gap(column, 32 if stage.is_portrait else 0)
        score = stage.memory.get("score")
        if score is not None:
            self.score(int(score))
        else:
            self._show()

    def _make_keys(self) -> None:
        self._scores = [ScoreKey(str(score)).on_score(self._scorer(score)) for score in range(11)]
        self._none = TouchButton(_("Skip"), "plain", style="note", height=140 if self.stage.is_portrait else 80)
        self._none.on_press(lambda: self._send(None))

    def _two_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self.px(20))
        for score, key in enumerate(self._scores):
            grid.addWidget(key, score // 6, score % 6)
        self._none.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.addWidget(self._none, 1, 5)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        return grid

    def _ends(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Words(_("0  not at all"), "caption", tone="ink_2", wraps=False))
        row.addStretch(1)
        if not self.stage.is_portrait:
            row.addWidget(self._none)
            row.addStretch(1)
        row.addWidget(Words(_("10  very much"), "caption", tone="ink_2", wraps=False))
        return row

    def _scorer(self, score: int) -> Callable[[], None]:
        return lambda: self.score(score)

    def score(self, score: int) -> None:
        """One tap is enough; another number changes it."""
        self.stage.memory["score"] = score
        for place, key in enumerate(self._scores):
            key.set_chosen(place == score)
        self._show()

    def _fill_reasons(self, column: QVBoxLayout) -> None:
        portrait = self.stage.is_portrait
        column.setContentsMargins(0, self.px(48 if portrait else 16), 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        self.gap(column, 44 if portrait else 24)
        self._asks = Words("", "heading")
        column.addWidget(self._asks)
        self.gap(column, 28)
        self._chips = {praise: self._chip(praise) for praise in self._view.reasons}
        self._row = FlowRow(tuple(self._chips.values()), gap=24)
        column.addWidget(self._row)

    def _chip(self, praise: Praise) -> TouchButton:
        chosen = praise in self._reasons
        chip = TouchButton(_(PRAISES[praise]), "chip", icon="", style="body", height=100)
        chip.on_press(lambda: self.toggle(praise))
        self._dress_chip(chip, chosen=chosen)
        return chip

    def _dress_chip(self, chip: TouchButton, *, chosen: bool) -> None:
        chip.set_role("chip_chosen" if chosen else "chip")
        chip.set_icon_name("check" if chosen else "")

    def toggle(self, praise: Praise) -> None:
        """Choose or unchoose a reason."""
        self._reasons ^= {praise}
        self.stage.memory["reasons"] = tuple(self._reasons)
        self._dress_chip(self._chips[praise], chosen=praise in self._reasons)
        self._row.arrange()

    def _show(self) -> None:
        score = self.stage.memory.get("score")
        self._more.setVisible(score is not None)
        if score is not None:
            asks = (
                _("{n}, thank you. What went well?")
                if score >= GOOD_FROM
                else _("{n}, thank you. What could be better?")
            )
            self._asks.set_text(asks.format(n=score))
        self._done.set_lacking("" if score is not None else _("Choose a number"))

    def _buttons(self) -> QHBoxLayout:
        self._tell = TouchButton(_("Tell the manager"), "equal").on_press(self._open_message)
        self._done = TouchButton(_("Done"), "primary").on_press(lambda: self._send(self.stage.memory.get("score")))
        return self.row(self._tell, self._done)

    def _open_message(self) -> None:
        dialog = Dialog(self.window(), _("Tell the manager"), _("The manager reads it today."), width=936)
        line = TypedLine(_("In your own words"), lines=3)
        dialog.body.addWidget(line)
        memory = self.stage.memory
        comma, written = "，" if language() == "zh_CN" else ",", str(memory.get("message", ""))
        pad = PinyinPad(self.stage.look, length=MOST_LETTERS, text=written, surname=False, key_height=84, mark=comma)
        pad.typed.connect(line.show_text)
        pad.typed.connect(partial(memory.__setitem__, "message"))
        line.show_text(written)
        dialog.body.addWidget(pad)
        dialog.add_action(_("Back"))
        dialog.add_action(_("Send"), lambda: self._send(self.stage.memory.get("score"), pad.text), kind="primary")
        dialog.open_now()

    def _send(self, score: int | None, message: str = "") -> None:
        visit_id, reasons = self._view.visit_id, tuple(p for p in self._view.reasons if p in self._reasons)
        self.stage.act(lambda check_in: check_in.rate(visit_id, score=score, reasons=reasons, tell_manager=message))
