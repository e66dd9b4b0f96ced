"""One bar that says what happened and what follows; grey when all still works, red only for somebody who must act."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

ICONS = {"quiet": "info", "success": "check", "warn": "warning", "danger": "error"}
TONES = {"quiet": "ink", "success": "success", "warn": "warn", "danger": "danger"}


class NoticeBar(QFrame):
    """`what` in medium weight, `then` after it (beside it on one line with `beside`, else below)."""

    def __init__(
        self,
        look: Look,
        what: str,
        then: str = "",
        *,
        kind: str = "quiet",
        icon: str = "",
        beside: bool = False,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        role(self, "notice", tone=kind)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{what} {then}".strip())
        kiosk = look.density == "kiosk"
        row = QHBoxLayout(self)
        row.setContentsMargins(
            look.px(32 if kiosk else 16),
            look.px(24 if kiosk else 10),
            look.px(32 if kiosk else 16),
            look.px(24 if kiosk else 10),
        )
        row.setSpacing(look.px(24 if kiosk else 12))
        tone = TONES[kind]
        row.addWidget(Icon(icon or ICONS[kind], 48 if kiosk else 22, tone=tone))
        style = "note" if not kiosk else "body"
        words: QHBoxLayout | QVBoxLayout = QHBoxLayout() if beside else QVBoxLayout()
        words.setSpacing(look.px(20) if beside else 0)
        main = Words(what, style, tone=tone, weight=500, wraps=not beside)
        words.addWidget(main, 0 if beside else 1)
        if then:
            words.addWidget(Words(then, "caption", tone="ink_2" if kind == "quiet" else tone, wraps=True), 1)
        row.addLayout(words, 1)
        self.button: TouchButton | None = None
        if action:
            self.button = TouchButton(action, "secondary" if kind != "quiet" else "equal", height=88 if kiosk else 0)
            row.addWidget(self.button)
