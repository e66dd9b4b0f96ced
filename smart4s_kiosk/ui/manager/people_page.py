"""People: who works here, their role, PIN and WeCom account; one by one or from a list."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QLineEdit, QWidget

from smart4s_kiosk.domain.staff import Role, StaffMember
from smart4s_kiosk.i18n import _, counted
from smart4s_kiosk.ports.tables import MOST_BYTES
from smart4s_kiosk.services.staff_changes import MemberChange, NewMember
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.widgets.chosen_file import read_chosen
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.touch_button import FINGER, TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble, words

ROLES = tuple(Role)


class MemberDialog(Dialog):
    """Adds somebody (`member` None) or changes what an administrator may change."""

    def __init__(self, window: QWidget, member: StaffMember | None) -> None:
        super().__init__(window, member.name if member else _("Add a colleague"))
        self.form = QFormLayout()
        self.body.addLayout(self.form)
        self.name = self._line(_("Name"), member.name if member else "", Writes.NAME)
        self.badge = self._line(_("Badge number"), member.badge if member else "", Writes.PLAIN)
        self.name.setEnabled(member is None)
        self.badge.setEnabled(member is None)
        self.role = QComboBox()
        self.role.setAccessibleName(_("Role"))
        self.role.addItems([words(role) for role in ROLES])
        self.role.setCurrentIndex(ROLES.index(member.role if member else Role.CONSULTANT))
        self.form.addRow(self._label(_("Role")), self.role)
        self.title = self._line(_("Title"), member.job_title if member else "")
        self.wecom = self._line(_("WeCom account"), member.wecom_userid if member else "", Writes.PLAIN)
        self.phone = self._line(_("Work number"), member.phone if member else "", Writes.DIGITS)
        self.phone.setMaxLength(20)
        self.pin = self._line(_("New PIN"), "", Writes.PIN)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(12)
        self.pin.setPlaceholderText(
            _("6 to 12 digits; empty: no change") if member else _("6 to 12 digits; can follow later")
        )
        self.active = QCheckBox(_("Works here"))
        self.active.setChecked(member.is_active if member else True)
        self.active.setVisible(member is not None)
        self.form.addRow(Words("", wraps=False), self.active)
        self.said = Words(" ", "note", tone="danger")
        self.body.addWidget(self.said)

    def _line(self, name: str, value: str, writes: Writes = Writes.WORDS) -> QLineEdit:
        line = with_pad(QLineEdit(value), name, writes)
        self.form.addRow(self._label(name), line)
        return line

    @staticmethod
    def _label(name: str) -> Words:
        """As high as its field, so that both stand on one line."""
        label = Words(name, wraps=False)
        label.setMinimumHeight(FINGER)
        return label

    @property
    def chosen_role(self) -> Role:
        return ROLES[self.role.currentIndex()]

    def new_member(self) -> NewMember:
        """What was typed, for somebody new."""
        return NewMember(
            name=self.name.text(),
            role=self.chosen_role,
            badge=self.badge.text(),
            job_title=self.title.text(),
            wecom_userid=self.wecom.text(),
            phone=self.phone.text(),
            pin=self.pin.text(),
        )

    def change(self) -> MemberChange:
        """What was changed."""
        return MemberChange(
            self.chosen_role, self.title.text(), self.wecom.text(), self.phone.text(), self.active.isChecked()
        )

    def say(self, trouble: Trouble) -> None:
        """Why it was not taken; what was typed stays."""
        self.said.set_text(trouble.words)


class PeoplePage(ManagerPage):
    """Enter or a double click opens somebody."""

    def __init__(self, stage: Stage) -> None:
        self.table: RecordTable | None = None
        super().__init__(stage, _("People"))

    def read(self) -> None:
        if self.table is None:
            self._build()
        self.stage.background.ask(self, self.stage.services.staff.all, self._show, kind="people")

    def _build(self) -> None:
        self.controls.addWidget(TouchButton(_("Read a staff list"), "secondary", icon="upload").on_press(self._ask))
        self.controls.addWidget(TouchButton(_("Change the chosen one"), "secondary").on_press(self._change_chosen))
        self.controls.addWidget(TouchButton(_("Add a colleague"), "primary", icon="plus").on_press(self._add))
        self.table = RecordTable(_columns(), empty=_("Nobody works here yet"))
        self.table.setMinimumHeight(self.look.px(420))
        self.table.opened.connect(self.open_member)
        self.body.addWidget(self.table, 1)

    def _show(self, people: Sequence[StaffMember]) -> None:
        assert self.table is not None
        self.table.show_rows(people)
        self.note.set_text(counted(len(people), _("1 person"), _("{n} people")))

    def _add(self) -> None:
        dialog = MemberDialog(self.window(), None)
        dialog.add_action(_("Cancel"))
        dialog.add_action(_("Add"), lambda: self._save_new(dialog), kind="primary", closes=False)
        dialog.open_now()

    def _save_new(self, dialog: MemberDialog) -> None:
        new, staff, by = dialog.new_member(), self.stage.services.staff, self.stage.member.id
        self.stage.background.change(
            dialog, lambda: staff.add(new, by=by), lambda _member: self._saved(dialog), refused=dialog.say
        )

    def _change_chosen(self) -> None:
        chosen = self.table.current() if self.table is not None else None
        if chosen is not None:
            self.open_member(chosen)

    def open_member(self, member: StaffMember) -> None:
        """Role, title, WeCom account, PIN, still here or not."""
        dialog = MemberDialog(self.window(), member)
        dialog.add_action(_("Cancel"))
        dialog.add_action(_("Save"), lambda: self._save(dialog, member), kind="primary", closes=False)
        dialog.open_now()

    def _save(self, dialog: MemberDialog, member: StaffMember) -> None:
        wanted, pin = dialog.change(), dialog.pin.text()
        self.stage.background.change(
            dialog, lambda: self._keep(member, wanted, pin), lambda _none: self._saved(dialog), refused=dialog.say
        )

    def _keep(self, member: StaffMember, wanted: MemberChange, pin: str) -> None:
        staff, by = self.stage.services.staff, self.stage.member.id
        if wanted != MemberChange(member.role, member.job_title, member.wecom_userid, member.phone, member.is_active):
            staff.change(member.id, wanted, by=by)
        if pin:
            staff.set_pin(member.id, pin, by=by)

    def _saved(self, dialog: MemberDialog) -> None:
        dialog.close_now()
        self.stage.say(_("Saved"))
        self.read()

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Read a staff list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("CSV, Excel (*.csv *.xlsx)")
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, place: Path) -> None:
        """Read this list: all of it, or nothing with one report."""
        staff, by = self.stage.services.staff, self.stage.member.id
        self.stage.background.change(
            self, lambda: staff.import_list(read_chosen(place, MOST_BYTES), by=by), self._imported
        )

    def _imported(self, rows: int) -> None:
        self.stage.say(counted(rows, _("1 row was read"), _("{n} rows were read")))
        self.read()


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), lambda m: m.name),
        Column(_("Role"), lambda m: words(m.role), width=150),
        Column(_("Title"), lambda m: m.job_title or "–", width=190, drop=1),
        Column(_("Badge number"), lambda m: m.badge, width=130, drop=2),
        Column(_("WeCom account"), lambda m: m.wecom_userid or "–", width=180, drop=3),
        Column(
            _("PIN"),
            lambda m: _("set") if m.pin_hash else _("not set"),
            tone=lambda m: "ink" if m.pin_hash else "warn",
            width=110,
        ),
        Column(_("Duty"), lambda m: words(m.duty), width=130),
    )
