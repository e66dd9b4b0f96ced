"""After the keeping consent: what was kept and how to take it back, or that nothing was kept."""

from PySide6.QtWidgets import QHBoxLayout

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.check_in_views import FaceKept
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


class FaceKeptPage(KioskPage):
    """One button: on to who is coming."""

    may_go_back = False

    def __init__(self, view: FaceKept, stage: Stage) -> None:
        super().__init__(stage)
        column = self.root(top=300 if stage.is_portrait else 40)
        icon = QHBoxLayout()
        icon.setContentsMargins(-self.px(20), 0, 0, 0)  # the sign's own inner margin
        icon.addWidget(Icon("check" if view.is_kept else "face", 120, tone="success" if view.is_kept else "ink_2"))
        icon.addStretch(1)
        column.addLayout(icon)
        self.gap(column, 40)
        said = _("Next time,\none look") if view.is_kept else _("Nothing\nwas kept")
        column.addWidget(Words(said, "display"))
        self.gap(column, 16)
        note = (
            _("Kept on this terminal until {day} at most. To withdraw: “My data” after checking in.").format(
                day=view.until.isoformat() if view.until else ""
            )
            if view.is_kept
            else _("The camera could not see enough this time. Your visit goes on as usual.")
        )
        column.addWidget(Words(note, "body_l", tone="ink_2"))
        column.addStretch(1)
        visit_id = view.visit_id
        go = TouchButton(_("Who is coming?"), "primary")
        go.on_press(lambda: stage.act(lambda check_in: check_in.progress(visit_id)))
        if stage.is_portrait:
            column.addWidget(self.wide(go))
        else:
            go.setFixedWidth(self.px(560))
            column.addWidget(go)
        self.gap(column, 24)
