"""Values whose every field is set to something else than its default: what a shelf loses, shows."""

import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import count
from typing import Any, NewType, TypeVar

from smart4s_kiosk.domain.agreements import Agreement, AgreementState
from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.consents import Consent
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import AgreementId, CarId, ConsentId, CustomerId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.vehicles import TestCar
from smart4s_kiosk.domain.visits import Visit, VisitAct, VisitStep, apply, begin
from smart4s_kiosk.ports.storage import QuoteRecord

TEN = datetime(2026, 11, 21, 2, 0, 0, 123456, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DESK = TerminalId("desk-1")
T = TypeVar("T")


def later(minutes: float = 1) -> datetime:
    return TEN + timedelta(minutes=minutes)


def a_full(kind: type[T], **changes: Any) -> T:
    """A value of any dataclass with no field left at its default."""
    numbers = count(1)
    hints = typing.get_type_hints(kind)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type] # named fields of a dataclass
    return kind(**{name: changes[name] if name in changes else _some(hints[name], name, numbers) for name in names})


def _some(hint: Any, name: str, numbers: Iterator[int]) -> Any:
    number = next(numbers)
    simple = {
        str: f"{name} 李*·{number}",
        int: number,
        float: number / 4,
        bool: True,
        bytes: b"\x00\xff" + name.encode(),
        datetime: later(number),
        date: TODAY + timedelta(days=number),
    }
    if isinstance(hint, NewType):
        return _some(hint.__supertype__, name, numbers)
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return _some(next(arm for arm in typing.get_args(hint) if arm is not types.NoneType), name, numbers)
    if typing.get_origin(hint) is tuple:
        return tuple(_some(typing.get_args(hint)[0], name, numbers) for _each in range(2))
    if is_dataclass(hint) and isinstance(hint, type):
        return a_full(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[-1]
    return simple[hint]


def a_beginning(visit_id: str = "visit-1", *, at: datetime = TEN, label: str = "A-001") -> tuple[Visit, VisitStep]:
    step = VisitStep(
        VisitId(visit_id), 1, VisitAct.BEGIN, at, label=label, place="大厅", terminal_id=DESK, party_size=2
    )
    return begin(step), step


def a_step(visit: Visit, act: VisitAct, **changes: object) -> tuple[Visit, VisitStep]:
    step = replace(visit.next_step(act, later(visit.version)), **changes)  # type: ignore[arg-type] # named fields of a dataclass
    return apply(visit, step), step


def a_full_visit(visit_id: str = "visit-full") -> tuple[Visit, VisitStep]:
    visit = a_full(Visit, id=VisitId(visit_id), version=1)
    return visit, a_full(VisitStep, visit_id=visit.id, number=1)


def a_full_customer() -> Customer:
    return a_full(
        Customer,
        id=CustomerId("customer-1"),
        version=1,
        name="欧阳明珠",
        created_at=TEN,
        phone_fingerprint="f-phone",
        tail_fingerprint="f-tail",
        plate_fingerprint="f-plate",
        last_visit_at=later(1),
    )


def a_full_member() -> StaffMember:
    return a_full(StaffMember, id=StaffId("li"), version=1, name="李娜", badge="B-1", wecom_userid="lina")


def a_full_appointment() -> Appointment:
    return a_full(Appointment, version=1, code="ABC234", at=later(30))


def a_full_car() -> TestCar:
    return a_full(TestCar, id=CarId("car-1"), version=1, plate="京AD0131")


def a_full_key() -> Key:
    return a_full(Key, version=1, car_id=CarId("car-1"), label="示A")


def a_full_agreement() -> Agreement:
    return a_full(
        Agreement,
        id=AgreementId("a1"),
        version=1,
        number="D-20261121-001",
        state=AgreementState.RETURNED,
        visit_id=VisitId("visit-1"),
        created_at=TEN,
    )


def a_full_quote(version: int = 1) -> QuoteRecord:
    return a_full(
        QuoteRecord,
        id="quote-1",
        version=version,
        visit_id=VisitId("visit-1"),
        total_fen=23_980_000_00,
        issued_at=later(version),
    )


def a_full_consent() -> Consent:
    return a_full(Consent, id=ConsentId("consent-1"), at=TEN, visit_id=VisitId("visit-1"), customer_id=CustomerId("c"))
