"""Equipment: what the checks found and how the background loops are; the checks run when they are asked for."""

from collections.abc import Sequence

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.office import HealthLine
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.touch_button import TouchButton

LEVELS = (N_("good"), N_("advice"), N_("look here"), N_("broken"))
TONES = ("success", "ink_2", "warn", "danger")


class HealthPage(ManagerPage):
    """Worst first."""

    def __init__(self, stage: Stage) -> None:
        self.checks: RecordTable | None = None
        super().__init__(stage, _("Equipment"))

    def read(self) -> None:
        if self.checks is None:
            self._build()
            self._check()
        self.stage.background.ask(self, self.stage.office.loops, self._show_loops, kind="loops")

    def _build(self) -> None:
        self.again = TouchButton(_("Check again"), "primary", icon="refresh").on_press(self._check)
        self.controls.addWidget(self.again)
        checks = Card(self.look, _("Checks of this terminal"))
        self.checks = RecordTable(_columns(), empty=_("Checking"))
        self.checks.setMinimumHeight(self.look.px(360))
        checks.body.addWidget(self.checks, 1)
        self.body.addWidget(checks, 3)
        loops = Card(self.look, _("Work in the background"))
        self.loops = RecordTable(_columns(), empty=_("Nothing runs in the background"))
        self.loops.setMinimumHeight(self.look.px(240))
        loops.body.addWidget(self.loops, 1)
        self.body.addWidget(loops, 2)

    def _check(self) -> None:
        self.again.set_busy(_("Checking"))
        self.stage.background.ask(self, self.stage.office.checks, self._show_checks, kind="checks")

    def _show_checks(self, lines: Sequence[HealthLine]) -> None:
        assert self.checks is not None
        self.again.set_busy("")
        self.checks.show_rows(sorted(lines, key=lambda line: -line.level))

    def _show_loops(self, lines: Sequence[HealthLine]) -> None:
        self.loops.show_rows(sorted(lines, key=lambda line: -line.level))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("What"), lambda h: h.name, width=240),
        Column(_("State"), lambda h: _(LEVELS[h.level]), lambda h: h.level, tone=lambda h: TONES[h.level], width=130),
        Column(_("Found"), lambda h: h.what),
        Column(_("What to do"), lambda h: h.to_do or "–"),
    )
