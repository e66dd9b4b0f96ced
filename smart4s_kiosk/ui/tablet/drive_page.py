"""What the pages of one test drive share: sheet, elapsed time, the way out with a reason."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.tablet_views import DriveSheet
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import wide
from smart4s_kiosk.ui.tablet.places import DrivePlace, DrivesPlace, Place
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.wording import clock, guest_name, joined, minutes_seconds

REASONS = (
    N_("Customer does not want to drive now"),
    N_("Customer does not agree to a clause"),
    N_("Not entitled to drive"),
    N_("Car not available"),
    N_("Entered by mistake"),
)


class DrivePage(TabletPage):
    """One step of one test drive."""

    section = "drives"
    shows_elapsed: ClassVar[bool] = True

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage)
        self.drive = sheet
        self._elapsed = Chip("", icon="clock")

    def place(self) -> Place:
        """Where a lock or a restart comes back to."""
        return DrivePlace(self.drive.agreement_id)

    def sheet(self) -> DriveSheet | None:
        return self.drive

    def can_go_back(self) -> bool:
        return True

    def back(self) -> None:
        """To the list; the draft stays as it is."""
        self.stage.open(DrivesPlace())

    def bar_parts(self) -> list[QWidget]:
        return [self._elapsed] if self.shows_elapsed else []

    def tick(self) -> None:
        if self.shows_elapsed:
            seconds = (self.stage.now() - self.drive.created_at).total_seconds()
            self._elapsed.show_state(_("{time} so far").format(time=minutes_seconds(seconds)), "quiet")

    # words

    def guest(self) -> str:
        """张*先生, or "guest"."""
        return guest_name(self.drive.name, self.drive.title)

    def language(self) -> str:
        """The language in which this customer reads and signs."""
        return self.drive.language

    def change_language(self, then: Callable[[], None]) -> None:
        """The other one of the two, kept with the draft."""
        other = "en" if self.drive.language == "zh_CN" else "zh_CN"
        drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id

        def changed(sheet: DriveSheet) -> None:
            self.drive = sheet
            then()

        self.change(lambda: drives.speak(agreement_id, other), changed)

    def car_lines(self) -> tuple[str, ...]:
        """Car, route, time and companion."""
        d, zone = self.drive, self.stage.store.zone
        motorway = _(", {km:g} km of it motorway").format(km=d.route.motorway_km) if d.route.motorway_km else ""
        return (
            joined(d.model, d.key_label, d.plate),
            f"{d.route.name} {d.route.distance_km:g} km{motorway}" if d.route.name else _("In town"),
            _("from {time}, {minutes} minutes · with {name}").format(
                time=clock(d.starts_at, zone), minutes=d.route.minutes, name=d.consultant
            ),
            _("Customer drives") if d.kind is RideKind.DRIVE else _("Customer rides along"),
        )

    # the way out

    def give_up_button(self, word: str) -> TouchButton:
        """Refusal: as large as the step's button, left of it."""
        return TouchButton(word, "equal", height=64).on_press(self.ask_reason)

    def ask_reason(self) -> None:
        """Void needs a reason; the key is free again."""
        dialog = Dialog(self.window(), _("Why does the test drive end here?"))
        for reason in REASONS:
            button = wide(TouchButton(_(reason), "secondary", height=56))
            button.on_press(partial(self._give_up, dialog, _(reason)))
            dialog.body.addWidget(button)
        dialog.add_action(_("Go on with the drive"), kind="primary")
        dialog.open_now()

    def _give_up(self, dialog: Dialog, reason: str) -> None:
        dialog.close_now()
        drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id
        self.change(lambda: drives.give_up(agreement_id, reason=reason), self.stage.show_drive)
