"""The kept pictures of a licence: a reason first, then the pictures for one minute."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.licence_pictures import KeptPictures
from smart4s_kiosk.ui.tablet.licence_picture import LicencePicture
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import wide
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import day

SHOWN_MS = 60_000
REASONS = (
    N_("A fine or an accident of this drive"),
    N_("The insurer or an authority asks"),
    N_("The customer wants to see it"),
)


def kept_button(page: TabletPage, kept: KeptPictures, guest: str) -> TouchButton:
    """Asks for the reason, then shows the pictures."""
    return TouchButton(_("Licence pictures"), "secondary", icon="licence").on_press(
        lambda: ask_reason(page, kept, guest)
    )


def ask_reason(page: TabletPage, kept: KeptPictures, guest: str) -> None:
    """Nobody sees a licence without saying why."""
    dialog = Dialog(page.window(), _("Why is the licence of {guest} needed?").format(guest=guest), _said_before(kept))
    for reason in REASONS:
        button = wide(TouchButton(_(reason), "secondary", height=56))
        button.on_press(partial(_show, page, dialog, kept, guest, _(reason)))
        dialog.body.addWidget(button)
    dialog.add_action(_("Delete them now"), lambda: _ask_removal(page, kept, guest), kind="danger")
    dialog.add_action(_("Cancel"))
    dialog.open_now()


def _ask_removal(page: TabletPage, kept: KeptPictures, guest: str) -> None:
    """The notice promises deletion at any time."""
    guests, me = page.stage.tablet.guests, page.stage.person.staff_id

    def removed(_none: None) -> None:
        page.stage.say(_("The pictures are deleted"))
        page.read()

    def remove() -> None:
        page.change(lambda: guests.remove_pictures(kept.agreement_id, me), removed)

    title = _("Delete the licence pictures of {guest}?").format(guest=guest)
    dialog = Dialog(page.window(), title, _("They are gone at once; the agreement stays as it is."))
    dialog.add_action(_("Keep"))
    dialog.add_action(_("Delete"), remove, kind="danger")
    dialog.open_now()


def _said_before(kept: KeptPictures) -> str:
    words = _("Drive {number}. Your name and the reason are written into the audit. Deleted after {day}.")
    return words.format(number=kept.number, day=day(kept.last_day))


def _show(page: TabletPage, dialog: Dialog, kept: KeptPictures, guest: str, reason: str) -> None:
    dialog.close_now()
    guests, me = page.stage.tablet.guests, page.stage.person.staff_id
    page.change(
        lambda: guests.kept_pictures(kept.agreement_id, me, reason),
        lambda pictures: KeptLicenceDialog(page.window(), guest, kept, pictures).open_now(),
    )


class KeptLicenceDialog(Dialog):
    """Main page and sub-page, portrait black; gone after a minute, with the lock, and when it is closed."""

    def __init__(self, window: QWidget, guest: str, kept: KeptPictures, pictures: tuple[bytes, ...]) -> None:
        super().__init__(window, _("Licence of {guest}").format(guest=guest), width=760)
        self.picture = LicencePicture()
        self.picture.setMinimumHeight(round(window.height() * 0.45))
        self.picture.show_pictures(pictures)
        self.body.addWidget(self.picture)
        if len(pictures) > 1:
            self.body.addLayout(self._tabs(len(pictures)))
        said = _("Goes away after a minute. Deleted after {day}.").format(day=day(kept.last_day))
        self.body.addWidget(Words(said, "note", tone="ink_2"))
        self.add_action(_("Done"), kind="primary")
        self.closed.connect(self.picture.clear)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.close_now)
        timer.start(SHOWN_MS)

    def _tabs(self, count: int) -> QHBoxLayout:
        line = QHBoxLayout()
        for number in range(count):
            tab = TouchButton(_("Picture {n}").format(n=number + 1), "secondary", height=48, style="note")
            line.addWidget(tab.on_press(partial(self.picture.show_page, number)))
        line.addStretch(1)
        return line
