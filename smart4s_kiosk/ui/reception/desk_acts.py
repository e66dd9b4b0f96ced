"""What reception does with visits: asks where a question is needed, calls the service, says what became of it."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QObject

from smart4s_kiosk.domain.ids import CustomerId, StaffId
from smart4s_kiosk.domain.visits import Outcome, Purpose, Visit
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.board_views import DeskAct, DriveCard, ExpectedGuest, VisitCard
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.services.desk import DeskCheckIn, FoundGuest
from smart4s_kiosk.ui.reception.board_words import card_name
from smart4s_kiosk.ui.reception.check_in_dialog import CheckInDialog
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.dialogs import (
    CallDialog,
    LinkDialog,
    VisitDialog,
    assign_dialog,
    close_dialog,
    merge_dialog,
)


class DeskActs(QObject):
    """One method per thing a person wants; cards carry the version that was on the screen."""

    def __init__(self, console: Console, parent: QObject) -> None:
        super().__init__(parent)
        self._console = console
        self._by_act: dict[DeskAct, Callable[[VisitCard], None]] = {
            DeskAct.RECEIVE: self.receive,
            DeskAct.ASSIGN: self.assign,
            DeskAct.HAND_OVER: self.assign,
            DeskAct.SERVE: self.serve,
            DeskAct.LINK: self.link,
            DeskAct.MERGE: self.merge,
            DeskAct.UNMERGE: self.unmerge,
            DeskAct.CLOSE: self.close,
        }

    def do(self, act: DeskAct, card: VisitCard) -> None:
        """The act on a card, if the card still allows it."""
        if act in card.acts:
            self._by_act[act](card)

    def first_of(self, acts: Sequence[DeskAct], card: VisitCard | None) -> None:
        """The first of these acts that the card allows: one key does what fits."""
        fitting = next((act for act in acts if card is not None and act in card.acts), None)
        if fitting is not None and card is not None:
            self.do(fitting, card)

    # new arrivals

    def check_in(self, found: FoundGuest | None = None) -> None:
        """F1: the form."""
        console = self._console
        dialog = CheckInDialog(console, guest=found)
        dialog.done.connect(lambda visit: console.window.say(_checked_in(console, visit)))
        dialog.open_now()

    def greet(self) -> None:
        """Somebody came in unmet: the next in line goes to them."""
        desk, me = self._console.services.desk, self._console.my_id
        visit_id = desk.new_visit_id()
        typed = DeskCheckIn(purpose=Purpose.LOOK)
        self._console.act(
            self,
            lambda: desk.check_in(visit_id, typed, by=me),
            lambda visit: self._console.window.say(_checked_in(self._console, visit)),
        )

    def met_colleague(self) -> None:
        """One of those counted at the door works here."""
        desk, me, said = self._console.services.desk, self._console.my_id, _("One colleague taken out of the count")
        self._console.act(self, lambda: desk.met_colleague(by=me), lambda _done: self._console.window.say(said))

    def call(self, card: DriveCard) -> None:
        """The consultant of a test car that is out: whom to call, under which number."""
        if card.consultant:
            CallDialog(self._console, card).open_now()

    def arrive(self, guest: ExpectedGuest) -> None:
        """An expected guest stands at the desk."""
        desk, me = self._console.services.desk, self._console.my_id
        visit_id = desk.new_visit_id()
        self._console.act(
            self,
            lambda: desk.arrive(visit_id, guest.appointment_id, by=me),
            lambda visit: self._console.window.say(_checked_in(self._console, visit)),
        )

    # with a visit

    def open(self, card: VisitCard) -> None:
        """All acts of a card."""
        dialog = VisitDialog(self._console, card)
        dialog.chosen.connect(lambda act: self.do(act, card))
        dialog.open_now()

    def open_found(self, found: FoundGuest) -> None:
        """What the search found: the visit that is here, else the form filled in."""
        board = self._console.board
        cards = (*board.waiting, *board.serving, *board.left) if board is not None else ()
        card = next((c for c in cards if c.visit_id == found.visit_id), None)
        if card is not None:
            self.open(card)
        else:
            self.check_in(found)

    def receive(self, card: VisitCard) -> None:
        """F2: reception goes."""
        desk, me = self._console.services.desk, self._console.my_id
        said = _("You receive {name}").format(name=card_name(card))
        self._console.act(self, lambda: desk.receive(card.visit_id, by=me), lambda _v: self._console.window.say(said))

    def assign(self, card: VisitCard) -> None:
        """F3: choose who goes; the list is the newest."""
        console = self._console

        def show(colleagues: tuple[ColleagueCard, ...]) -> None:
            console.know_colleagues(colleagues)
            able = [c for c in colleagues if c.may_receive and c.duty == "on"]
            dialog = assign_dialog(console, card, able)
            dialog.chosen.connect(lambda to: self._assign(card, cast("StaffId | None", to)))
            dialog.open_now()

        console.ask(self, console.services.colleagues.all, show, kind="assign")

    def _assign(self, card: VisitCard, to: StaffId | None) -> None:
        console = self._console
        desk, me = console.services.desk, console.my_id

        def told(visit: Visit) -> None:
            console.window.say(_checked_in(console, visit))

        console.act(self, lambda: desk.assign(card.visit_id, to, by=me, seen=card.version), told)

    def serve(self, card: VisitCard) -> None:
        """F4: the consultant stands beside the guest."""
        desk, me = self._console.services.desk, self._console.my_id
        self._console.act(self, lambda: desk.serve(card.visit_id, by=me))

    def link(self, card: VisitCard) -> None:
        """F6: who this is."""
        console = self._console
        dialog = LinkDialog(console, card)

        def chosen(customer_id: CustomerId) -> None:
            desk, me = console.services.desk, console.my_id
            console.act(self, lambda: desk.link(card.visit_id, customer_id, by=me, seen=card.version))

        dialog.chosen.connect(chosen)
        dialog.open_now()

    def merge(self, card: VisitCard) -> None:
        """F7: the same party twice."""
        console = self._console
        board = console.board
        others = [c for c in (*board.waiting, *board.serving) if c.visit_id != card.visit_id] if board else []
        dialog = merge_dialog(console, card, others)
        dialog.chosen.connect(lambda into: self._merge(card, cast("VisitCard", into)))
        dialog.open_now()

    def _merge(self, card: VisitCard, into: VisitCard) -> None:
        console = self._console
        desk, me = console.services.desk, console.my_id
        said = _("{one} merged into {other}").format(one=card.label, other=into.label)
        console.act(
            self,
            lambda: desk.merge(card.visit_id, into.visit_id, by=me, seen=card.version),
            lambda _visit: console.window.say(said, undo=lambda: self.unmerge(card)),
        )

    def unmerge(self, card: VisitCard) -> None:
        """They were two after all."""
        console = self._console
        desk, me = console.services.desk, console.my_id
        said = _("{label} is a visit of its own again").format(label=card.label)
        console.act(self, lambda: desk.unmerge(card.visit_id, by=me), lambda _v: console.window.say(said))

    def close(self, card: VisitCard) -> None:
        """F8: the visit is over, with its reason."""
        console = self._console
        dialog = close_dialog(console, card)

        def chosen(outcome: Outcome) -> None:
            desk, me = console.services.desk, console.my_id
            console.act(self, lambda: desk.close(card.visit_id, outcome, by=me, seen=card.version))

        dialog.chosen.connect(chosen)
        dialog.open_now()


def _checked_in(console: Console, visit: Visit) -> str:
    """Who was told, in one sentence."""
    name = visit.display_name or visit.label
    colleague = next((c.name for c in console.colleagues if c.staff_id == visit.consultant_id), "")
    if colleague:
        return _("{name} checked in; {colleague} has been told").format(name=name, colleague=colleague)
    if visit.is_queued:
        return _("{name} checked in; nobody is free, first in the queue").format(name=name)
    return _("{name} checked in").format(name=name)
