"""Privacy: what is kept, what is due, the filing line, and forgetting a person with a receipt."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.vault import ErasureReceipt
from smart4s_kiosk.services.office import PersonLine, PrivacyView
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.manager.tile_row import TileRow
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.tile import Tile
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, day, guest_name, people_unit


class PrivacyPage(ManagerPage):
    """Counts of what is kept; a search that shows masked names only."""

    def __init__(self, stage: Stage) -> None:
        self.faces: Tile | None = None
        super().__init__(stage, _("Privacy and safety"))

    def read(self) -> None:
        if self.faces is None:
            self._build()
        self.stage.background.ask(self, self.stage.office.privacy, self.show_privacy, kind="privacy")

    def _build(self) -> None:
        self.faces, self.filing = Tile(_("Face templates")), Tile(_("Filing line"))
        self.due, self.erased = Tile(_("Due for deletion")), Tile(_("Forgotten people"))
        self.body.addWidget(TileRow(self.look, (self.faces, self.filing, self.due, self.erased)))
        card = Card(self.look, _("Forget a person"), _("name, contacts, templates and the key itself"))
        find = QHBoxLayout()
        self.typed = with_pad(QLineEdit(), _("Part of the name"), Writes.NAME)
        self.typed.setPlaceholderText(_("Part of the name"))
        self.typed.returnPressed.connect(self._find)
        find.addWidget(self.typed, 1)
        find.addWidget(TouchButton(_("Find"), "secondary", icon="search").on_press(self._find))
        card.body.addLayout(find)
        self.people = RecordTable(_columns(), empty=_("Type part of a name"))
        self.people.setMinimumHeight(self.look.px(300))
        card.body.addWidget(self.people, 1)
        self.receipt = Words("", "note", tone="ink_2")
        foot = QHBoxLayout()
        foot.addWidget(self.receipt, 1)
        foot.addWidget(TouchButton(_("Forget the chosen person"), "danger", height=40).on_press(self._ask))
        card.body.addLayout(foot)
        self.body.addWidget(card, 1)

    def show_privacy(self, view: PrivacyView) -> None:
        """The newest counts."""
        assert self.faces is not None
        kept = view.faces_kept
        self.faces.show_figure("–" if kept is None else str(kept), "" if kept is None else people_unit(kept))
        self.filing.show_figure(f"{kept or 0:,}", f"/ {view.filing_limit:,}", _("from there the authority is told"))
        soon = _("within 30 days: {n}").format(n=view.due_soon)
        self.due.show_figure(str(view.due_today), _("today"), soon, tone="warn" if view.due_today else "ink_2")
        self.erased.show_figure(str(view.erased), people_unit(view.erased))

    def _find(self) -> None:
        part, by = self.typed.text(), self.stage.member.id
        office = self.stage.office
        self.stage.background.ask(self, lambda: office.find_people(part, by=by), self.people.show_rows, kind="find")

    def _ask(self) -> None:
        chosen: PersonLine | None = self.people.current()
        if chosen is None:
            self.stage.say(_("Choose a person in the list first"))
            return
        name = guest_name(chosen.name, chosen.title)
        dialog = Dialog(
            self.window(),
            _("Forget {name}?").format(name=name),
            _("The person's key is destroyed; nobody can undo this. Sealed agreements stay as the law asks."),
        )
        reason = with_pad(QLineEdit(), _("Reason"), Writes.WORDS)
        reason.setPlaceholderText(_("Reason, for example: asked for it at the desk"))
        dialog.body.addWidget(reason)
        dialog.add_action(_("Keep"))
        dialog.add_action(_("Forget"), lambda: self._forget(chosen, reason.text()), kind="danger")
        dialog.open_now()

    def _forget(self, person: PersonLine, reason: str) -> None:
        office, by = self.stage.office, self.stage.member.id
        self.stage.background.change(
            self, lambda: office.forget(person.customer_id, by=by, reason=reason), self._forgotten
        )

    def _forgotten(self, receipt: ErasureReceipt) -> None:
        at = receipt.forgotten_at.astimezone(self.stage.office_zone())
        words = _("Forgotten on {day} {time}. Receipt: {proof}")
        proof = receipt.receipt_hash[:16]
        self.receipt.set_text(
            words.format(day=day(at.date()), time=clock(receipt.forgotten_at, str(at.tzinfo)), proof=proof)
        )
        self.people.show_rows(())
        self.read()


def _columns() -> tuple[Column, ...]:
    def last(line: PersonLine) -> str:
        return day(line.last_visit_at.date()) if line.last_visit_at else "–"

    return (
        Column(_("Guest"), lambda p: guest_name(p.name, p.title)),
        Column(_("Visits"), lambda p: str(p.visits), lambda p: p.visits, is_figure=True, width=120),
        Column(_("Last visit"), last, lambda p: p.last_visit_at, width=200),
    )
