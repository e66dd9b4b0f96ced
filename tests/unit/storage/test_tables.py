"""The tables hold exactly what the domain's values have, and the migrations make exactly these tables."""

import types
import typing
from dataclasses import fields

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, create_engine, select

from smart4s_kiosk.domain import vehicles
from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.audit import AuditLine
from smart4s_kiosk.domain.consents import Consent
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.drinks import Drink, DrinkWish
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.foot_traffic import FloorCounts
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.domain.seals import SealEntry
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.domain.visits import Visit, VisitStep
from smart4s_kiosk.ports.outbox import OutboxMessage
from smart4s_kiosk.ports.storage import QuoteRecord
from smart4s_kiosk.storage import schema, tables
from tests.contracts.storage_values import a_full

VALUES = [
    (Visit, tables.visits, set(), set()),
    (VisitStep, tables.visit_steps, set(), set()),
    (DrinkWish, tables.drinks, set(), set()),
    (Customer, tables.customers, set(), set()),
    (StaffMember, tables.staff, set(), set()),
    (Appointment, tables.appointments, set(), set()),
    (vehicles.TestCar, tables.vehicles, set(), set()),
    (Key, tables.keys, set(), set()),
    (Terminal, tables.terminals, set(), set()),
    (Agreement, tables.agreements, set(), set()),
    (SealEntry, tables.seals, set(), set()),
    (QuoteRecord, tables.quotes, set(), set()),
    (Consent, tables.consents, set(), set()),
    (Feedback, tables.feedback, set(), set()),
    (FloorCounts, tables.foot_traffic, set(), set()),
    (AuditLine, tables.audit, set(), set()),
    (OutboxMessage, tables.outbox, {"fact"}, {"kind", "content"}),
]


@pytest.mark.parametrize(
    ("kind", "table", "stored_otherwise", "of_storage"), VALUES, ids=lambda v: getattr(v, "name", "")
)
def test_a_table_has_the_fields_of_its_value(
    kind: type, table: Table, stored_otherwise: set[str], of_storage: set[str]
) -> None:
    """A new field of the domain needs a column here and a migration (python -m installers.migration "...")."""
    names = {field.name for field in fields(kind)} - stored_otherwise
    assert set(table.c.keys()) - of_storage == names


@pytest.mark.parametrize(
    ("kind", "table", "stored_otherwise", "of_storage"), VALUES, ids=lambda v: getattr(v, "name", "")
)
def test_only_what_may_be_none_may_be_null(
    kind: type, table: Table, stored_otherwise: set[str], of_storage: set[str]
) -> None:
    hints = typing.get_type_hints(kind)
    may_be_none = {n for n, hint in hints.items() if types.NoneType in typing.get_args(hint)}
    nullable = {column.name for column in table.c if column.nullable} - of_storage
    assert nullable == may_be_none


def test_the_migrations_make_these_tables() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = schema.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        found = compare_metadata(MigrationContext.configure(connection), tables.metadata)
    engine.dispose()
    assert found == [], 'write a migration: python -m installers.migration "what changes"'


def test_a_store_with_visits_gets_its_table_of_drinks() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = schema.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        visit = a_full(Visit, id=VisitId("v1"), version=3)
        connection.execute(tables.visits.insert().values({f.name: getattr(visit, f.name) for f in fields(visit)}))
        command.upgrade(config, "0005")
        wish = DrinkWish(visit.id, Drink.TEA, visit.started_at)
        connection.execute(tables.drinks.insert().values({f.name: getattr(wish, f.name) for f in fields(wish)}))
        found = connection.execute(select(tables.drinks.c.drink, tables.visits.c.label).join(tables.visits)).one()
    engine.dispose()
    assert found == (Drink.TEA, visit.label)
