"""Car, route and who drives: what is chosen has the accent border; the key is kept with the press."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.vehicles import Gearbox
from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.services.tablet_views import CarChoice, DriveChoices, RouteChoice
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import inner_column, row, scrolled, wide
from smart4s_kiosk.ui.tablet.places import TodayPlace
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, guest_name, joined, words

GEARBOXES = {Gearbox.AUTOMATIC: N_("Automatic"), Gearbox.MANUAL: N_("Manual")}
KINDS = (
    (RideKind.DRIVE, "wheel", N_("Customer drives"), N_("licence is checked")),
    (RideKind.PASSENGER, "users", N_("Customer rides along"), N_("no licence needed")),
)


class ChoiceLine(PaintedKey):
    """One thing that can be chosen: icon, name, a remark, a state at the right."""

    def __init__(self, icon: str, name: str, remark: str, state: str = "") -> None:
        super().__init__()
        self._icon, self._remark, self._state = icon, remark, state
        self.setText(name)
        self.setAccessibleName(f"{name} {remark} {state}".strip())
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(300), look.px(76))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        chosen, on = self.isChecked(), self.isEnabled()
        edge = look.colour("accent" if chosen else "line")
        fill = look.colour("disabled" if not on else "quiet" if self.isDown() else "surface")
        line = look.border("chosen" if chosen else "hair")
        panel(painter, QRectF(self.rect()), look.radius("card"), fill, edge, line)
        side = look.px(28)
        ink, quiet = look.colour("ink" if on else "on_disabled"), look.colour("ink_2" if on else "on_disabled")
        draw_icon(painter, self._icon, QRectF(look.px(20), (self.height() - side) / 2, side, side), ink)
        left, room = look.px(66), self.width() - look.px(86)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.font("body_l", weight=500))
        painter.setPen(ink)
        painter.drawText(QRectF(left, look.px(10), room, look.px(30)), middle, self.text())
        painter.setFont(look.font("note"))
        painter.setPen(quiet)
        painter.drawText(QRectF(left, look.px(40), room, look.px(24)), middle, self._remark)
        if self._state:
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(left, 0, room, self.height()), right, self._state)


class ChooseDrivePage(TabletPage):
    """Nothing is stored before the press."""

    section = "drives"
    step = 0
    concepts = ("keys",)

    def __init__(self, stage: Stage, visit_id: VisitId) -> None:
        super().__init__(stage)
        self._visit_id = visit_id
        self._choices: DriveChoices | None = None
        self._car: CarChoice | None = None
        self._route: RouteChoice | None = None
        self._kind = RideKind.DRIVE
        self._lines: dict[str, list[tuple[ChoiceLine, object]]] = {"car": [], "route": [], "kind": []}
        line = self.columns()
        inner, self._cars = inner_column(self.look_, gap=12)
        self._right = QVBoxLayout()
        self._right.setSpacing(self.px(12))
        line.addWidget(scrolled(inner), 3 if stage.is_portrait else 6)
        line.addLayout(self._right, 6)
        self.go = wide(TouchButton(_("Reserve and go on"), "primary", height=64).on_press(self._begin))

    def title(self) -> str:
        return _("Which car, which route?")

    def can_go_back(self) -> bool:
        return True

    def back(self) -> None:
        self.stage.open(TodayPlace())

    def read(self) -> None:
        self.ask(lambda: self.stage.tablet.drives.choices(self._visit_id), self.show_choices, kind="choices")

    def show_choices(self, choices: DriveChoices) -> None:
        """The first free car and the first route stand chosen; both are one tap away from another."""
        if self._choices is not None:
            return
        self._choices = choices
        guest = guest_name(choices.name, choices.title)
        self._cars.addWidget(Words(_("Car for {guest}").format(guest=guest), "heading"))
        for car in choices.cars:
            self._add("car", self._cars, self._car_line(car), car)
        self._cars.addStretch(1)
        self._right.addWidget(Words(_("Route"), "heading"))
        for route in choices.routes:
            length = _("{km:g} km · {minutes} minutes").format(km=route.distance_km, minutes=route.minutes)
            motorway = _("{km:g} km motorway").format(km=route.motorway_km) if route.motorway_km else ""
            self._add("route", self._right, ChoiceLine("pin", route.name, joined(length, motorway)), route)
        self._right.addSpacing(self.px(12))
        self._right.addWidget(Words(_("Who drives?"), "heading"))
        kinds = []
        for kind, icon, name, remark in KINDS:
            line = ChoiceLine(icon, _(name), _(remark))
            self._wire("kind", line, kind)
            kinds.append(line)
        self._right.addLayout(row(self.look_, *kinds))
        self._right.addStretch(1)
        self._right.addWidget(self.go)
        self._car = next((car for car in choices.cars if car.is_free), None)
        self._route = choices.routes[0] if choices.routes else None
        self._show()

    def _car_line(self, car: CarChoice) -> ChoiceLine:
        remark = joined(car.plate, _(GEARBOXES[car.gearbox]), car.key_label)
        line = ChoiceLine("car", car.model, remark, self._car_state(car))
        line.setEnabled(car.is_free)
        return line

    def _car_state(self, car: CarChoice) -> str:
        if car.is_free:
            return _("key in the cabinet")
        if car.key_place is KeyPlace.OUT and car.due_at is not None:
            return _("back at {time}").format(time=clock(car.due_at, self.stage.store.zone))
        return words(car.key_place) if car.key_place else _("no key")

    def _add(self, group: str, layout: QVBoxLayout, line: ChoiceLine, value: object) -> None:
        layout.addWidget(line)
        self._wire(group, line, value)

    def _wire(self, group: str, line: ChoiceLine, value: object) -> None:
        self._lines[group].append((line, value))
        line.clicked.connect(lambda: self._choose(value))

    def _choose(self, value: object) -> None:
        if isinstance(value, CarChoice):
            self._car = value
        elif isinstance(value, RouteChoice):
            self._route = value
        elif isinstance(value, RideKind):
            self._kind = value
        self._show()

    def _show(self) -> None:
        for lines, chosen in zip(self._lines.values(), (self._car, self._route, self._kind), strict=True):
            for line, value in lines:
                line.setChecked(value == chosen)
        self.go.set_lacking("" if self._car else _("No key is in the cabinet"))

    def _begin(self) -> None:
        choices, car, kind = self._choices, self._car, self._kind
        if choices is None or car is None:
            return
        route = self._route.name if self._route else ""
        drives, me, spoken = self.stage.tablet.drives, self.stage.person.staff_id, language()
        self.change(
            lambda: drives.begin(choices, car_id=car.car_id, route=route, kind=kind, by=me, language=spoken),
            self.stage.show_drive,
            button=self.go,
            word=_("Reserving"),
        )
