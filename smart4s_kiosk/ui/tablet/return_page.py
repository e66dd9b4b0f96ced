"""The car comes back: mileage, damage, three taps of feedback; then the drive is over."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.domain.agreements import AgreementState
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.damage_photos import MOST_PHOTOS
from smart4s_kiosk.services.tablet_views import DriveSheet
from smart4s_kiosk.ui.tablet.damage_dialog import DamageDialog
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.parts import Refilled, card, row, wide
from smart4s_kiosk.ui.tablet.places import ChooseDrivePlace, QuotePlace, TodayPlace
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.photo import Photo
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine
from smart4s_kiosk.ui.widgets.words import CENTRE, Words
from smart4s_kiosk.ui.wording import clock, joined, minutes_seconds

MILEAGE_DIGITS = 7
DAMAGES = (N_("Scratch"), N_("Dent"), N_("Glass"), N_("Wheel or tyre"), N_("Inside"), N_("Warning light"))
SCALE = 5
QUESTIONS = (
    (N_("How did it drive?"), N_("poor"), N_("very good")),
    (N_("How did it feel inside?"), N_("poor"), N_("very good")),
    (N_("Do you want this car?"), N_("no"), N_("yes")),
)


@dataclass
class ReturnDraft:
    """What is noted on the car before the press that takes it back."""

    mileage: str = ""
    damages: set[str] = field(default_factory=set)
    photos: list[bytes] = field(default_factory=list)


class ReturnPage(DrivePage):
    """While the car is out: due time; when it is back: two facts and one press. A lock or a turn keeps the draft."""

    step = 6
    shows_elapsed = False

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._draft: ReturnDraft = stage.memory.setdefault(f"return:{sheet.agreement_id}", ReturnDraft())
        line = self.columns()
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(self.px(16))
        right.setSpacing(self.px(12))
        left.addWidget(self._out_card())
        left.addLayout(self._damage())
        left.addStretch(1)
        right.addWidget(Words(_("Mileage now"), "heading"))
        self._line = TypedLine(_("km, as the dashboard shows"))
        right.addWidget(self._line)
        self.pad = NumberPad(self.look_, MILEAGE_DIGITS, key_height=72, text=self._draft.mileage)
        self.pad.typed.connect(self._typed)
        right.addWidget(self.pad)
        right.addStretch(1)
        self.go = wide(TouchButton(_("Car and key are back"), "primary", height=64).on_press(self._take_back))
        right.addWidget(self.go)
        line.addLayout(left, 1)
        line.addLayout(right, 1)
        self._typed(self._draft.mileage)

    def title(self) -> str:
        return _("Test drive under way")

    def _out_card(self) -> QFrame:
        d = self.drive
        frame, column = card(self.look_, gap=6)
        self._due = Words("", "figure", wraps=False)
        column.addWidget(Words(joined(d.key_label, d.model), "heading"))
        column.addWidget(self._due)
        self._due_note = Words("", "note", tone="ink_2")
        column.addWidget(self._due_note)
        column.addWidget(Words(_("left with {km} km").format(km=f"{d.mileage_out_km:,}"), "note", tone="ink_2"))
        return frame

    def _damage(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.px(12))
        column.addWidget(Words(_("New damage?"), "heading"))
        self._none = TouchButton(_("No damage"), "chip_chosen").on_press(self._no_damage)
        self._chips = {word: TouchButton(_(word), "chip") for word in DAMAGES}
        for word, chip in self._chips.items():
            chip.on_press(partial(self._toggle, word))
        column.addWidget(FlowRow([self._none, *self._chips.values()], gap=10))
        self._pictures = Refilled(self.look_, gap=12)
        column.addWidget(self._pictures)
        self._show_photos()
        self._show_damages()
        return column

    def _show_photos(self) -> None:
        line = self._pictures.fresh_row()
        add = TouchButton(_("Photograph it"), "secondary", icon="camera").on_press(self._photograph)
        add.setEnabled(len(self._draft.photos) < MOST_PHOTOS)
        line.addWidget(add)
        for number, photo in enumerate(self._draft.photos, 1):
            line.addWidget(Photo(photo, _("Picture {n}").format(n=number), width=96, height=72))
        line.addStretch(1)

    def _photograph(self) -> None:
        dialog = DamageDialog(self.window(), self.stage.tablet.drives.photos, self.stage.background)
        dialog.taken.connect(self.add_photo)
        dialog.open_now()

    def add_photo(self, photo: bytes) -> None:
        """One more picture, at most three; a picture means that something is damaged."""
        self._draft.photos = [*self._draft.photos, photo][:MOST_PHOTOS]
        self._show_photos()

    def _no_damage(self) -> None:
        self._draft.damages.clear()
        self._show_damages()

    def _toggle(self, word: str) -> None:
        self._draft.damages ^= {word}
        self._show_damages()

    def _show_damages(self) -> None:
        self._none.set_role("chip" if self._draft.damages else "chip_chosen")
        for word, chip in self._chips.items():
            chip.set_role("chip_chosen" if word in self._draft.damages else "chip")

    def tick(self) -> None:
        due = self.drive.due_at
        if due is None:
            return
        left = (due - self.stage.now()).total_seconds()
        at = clock(due, self.stage.store.zone)
        self._due.set_text(minutes_seconds(abs(left)))
        self._due.set_tone("danger" if left < 0 else "ink")
        self._due_note.set_text(
            _("overdue since {time}").format(time=at) if left < 0 else _("until {time}").format(time=at)
        )

    def _typed(self, digits: str) -> None:
        self._draft.mileage = digits
        self._line.show_text(digits)
        if not digits:
            self.go.set_lacking(_("Mileage missing"))
        elif int(digits) < self.drive.mileage_out_km:
            self.go.set_lacking(_("Less than at the start"))
        else:
            self.go.set_lacking("")

    def _take_back(self) -> None:
        drives, agreement_id, km = self.stage.tablet.drives, self.drive.agreement_id, int(self.pad.text)
        damage = _(", ").join(_(word) for word in DAMAGES if word in self._draft.damages)
        photos = tuple(self._draft.photos)
        damage = damage or (_("see the pictures") if photos else "")
        self.change(
            lambda: drives.take_back(agreement_id, mileage_km=km, damage=damage, photos=photos),
            self._taken_back,
            button=self.go,
            word=_("Taking back"),
        )

    def _taken_back(self, sheet: DriveSheet) -> None:
        self.stage.memory.pop(f"return:{sheet.agreement_id}", None)
        self.stage.show_drive(sheet)


class FeedbackPage(DrivePage):
    """Three taps by the customer; skipping is as easy. A lock or a turn keeps the answers."""

    step = 6
    shows_elapsed = False

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._answers: dict[int, int] = stage.memory.setdefault(f"feedback:{sheet.agreement_id}", {})
        self.keys: dict[int, list[TouchButton]] = {}
        column = self.column()
        column.addWidget(Words(_("{guest}, how was the drive?").format(guest=self.guest()), "display"))
        for number, (question, low, high) in enumerate(QUESTIONS):
            column.addLayout(self._question(number, _(question), _(low), _(high)))
        column.addStretch(1)
        self.skip = TouchButton(_("Skip"), "equal", height=64).on_press(lambda: self._close(()))
        self.go = wide(TouchButton(_("Thank you, done"), "primary", height=64).on_press(self._done))
        column.addLayout(row(self.look_, self.skip, self.go))
        self._show()

    def title(self) -> str:
        return _("Back again")

    def _question(self, number: int, question: str, low: str, high: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.px(8))
        column.addWidget(Words(question, "title"))
        keys: list[TouchButton] = []
        line = QHBoxLayout()
        line.setSpacing(self.px(12))
        line.addWidget(Words(low, "note", tone="ink_2", wraps=False))
        for value in range(1, SCALE + 1):
            key = wide(TouchButton(str(value), "key", height=64))
            key.setAccessibleName(f"{question} {value}")
            key.on_press(partial(self._answer, number, value))
            keys.append(key)
            line.addWidget(key, 1)
        line.addWidget(Words(high, "note", tone="ink_2", wraps=False))
        self.keys[number] = keys
        column.addLayout(line)
        return column

    def _answer(self, number: int, value: int) -> None:
        self._answers[number] = value
        self._show()

    def _show(self) -> None:
        for number, keys in self.keys.items():
            for value, key in enumerate(keys, 1):
                key.set_role("dark" if self._answers.get(number) == value else "key")
        left = len(QUESTIONS) - len(self._answers)
        self.go.set_lacking(_("Questions left: {n}").format(n=left) if left else "")

    def _done(self) -> None:
        self._close(tuple(self._answers[number] for number in range(len(QUESTIONS))))

    def _close(self, answers: tuple[int, ...]) -> None:
        drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id
        self.change(lambda: drives.close(agreement_id, answers), self._closed)

    def _closed(self, sheet: DriveSheet) -> None:
        self.stage.memory.pop(f"feedback:{sheet.agreement_id}", None)
        self.stage.show_drive(sheet)


class OverPage(DrivePage):
    """Closed or void: what happened, and what may follow."""

    step = 6
    shows_elapsed = False

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        is_void = sheet.state is AgreementState.VOID
        column = self.column()
        column.addStretch(1)
        said = _("This test drive was ended") if is_void else _("The test drive is done")
        column.addWidget(Words(said, "display", align=CENTRE))
        if is_void:
            why = sheet.void_reason
        else:
            driven = (sheet.mileage_in_km or sheet.mileage_out_km) - sheet.mileage_out_km
            why = _("{number} · {km} km driven, key in the cabinet").format(number=sheet.number, km=driven)
        column.addWidget(Words(why, "body_l", tone="ink_2", align=CENTRE))
        chip = Chip(_("The key is in the cabinet"), "success", icon="key")
        column.addLayout(row(self.look_, 1, chip, 1))
        column.addSpacing(self.px(24))
        quote = TouchButton(_("Quote"), "primary", height=64)
        quote.on_press(lambda: stage.open(QuotePlace(sheet.visit_id)))
        another = TouchButton(_("Another drive"), "secondary", height=64)
        another.on_press(lambda: stage.open(ChooseDrivePlace(sheet.visit_id)))
        home = TouchButton(_("Back to Today"), "secondary", height=64).on_press(lambda: stage.open(TodayPlace()))
        column.addLayout(row(self.look_, 1, home, another, quote, 1))
        column.addStretch(1)

    def title(self) -> str:
        return _("Test drive")
