"""Every table, in one place. A column is called what the domain's field is called; a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    text,
)

from smart4s_kiosk.domain.agreements import AgreementState, ClauseRead, RideKind
from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.customers import AgeBand, Stage
from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.licences import Sex
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.seals import SealKind
from smart4s_kiosk.domain.staff import Duty, Role
from smart4s_kiosk.domain.vehicles import Energy, Gearbox
from smart4s_kiosk.domain.visits import Alarm, IdentifiedBy, Outcome, Purpose, VisitAct, VisitState
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.storage.columns import Choice, JsonText, UtcTime, WordList, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigNumber = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite counts up by itself only in a column declared INTEGER."""

visits = Table(
    "visits",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Choice(VisitState), nullable=False),
    Column("label", Words, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("terminal_id", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("identified_by", Choice(IdentifiedBy)),
    Column("customer_id", Words, index=True),
    Column("display_name", Words, nullable=False),
    Column("purpose", Choice(Purpose)),
    Column("party_size", Integer, nullable=False),
    Column("appointment_id", Words),
    Column("consultant_id", Words),
    Column("asked", WordList, nullable=False),
    Column("is_queued", Boolean, nullable=False),
    Column("waiting_since", UtcTime),
    Column("requested_at", UtcTime),
    Column("later_until", UtcTime),
    Column("passed_to", Words),
    Column("accepted_at", UtcTime),
    Column("serving_since", UtcTime),
    Column("ended_at", UtcTime),
    Column("outcome", Choice(Outcome)),
    Column("alarm", Choice(Alarm), nullable=False),
    Column("merged_into", Words),
    Column("state_before_merge", Choice(VisitState)),
    Index("ix_visits_state", "state"),
    Index("ix_visits_log", "started_at", "id", "display_name", "label"),
    Index("ix_visits_consultant_id_started_at", "consultant_id", "started_at"),
)

visit_steps = Table(
    "visit_steps",
    metadata,
    Column("visit_id", Words, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("act", Choice(VisitAct), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Words),
    Column("to", Words),
    Column("until", UtcTime),
    Column("identified_by", Choice(IdentifiedBy)),
    Column("customer_id", Words),
    Column("display_name", Words, nullable=False),
    Column("purpose", Choice(Purpose)),
    Column("party_size", Integer, nullable=False),
    Column("appointment_id", Words),
    Column("alarm", Choice(Alarm), nullable=False),
    Column("outcome", Choice(Outcome)),
    Column("merged_into", Words),
    Column("label", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("terminal_id", Words),
)

drinks = Table(
    "drinks",
    metadata,
    Column("visit_id", Words, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("drink", Choice(Drink), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime, index=True),
    Column("brought_by", Words),
)

customers = Table(
    "customers",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Words, nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("title", Choice(Title), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("source", Words, nullable=False),
    Column("phone_sealed", LargeBinary, nullable=False),
    Column("phone_fingerprint", Words, nullable=False, index=True),
    Column("tail_fingerprint", Words, nullable=False, index=True),
    Column("plate_fingerprint", Words, nullable=False, index=True),
    Column("id_number_sealed", LargeBinary, nullable=False),
    Column("address_sealed", LargeBinary, nullable=False),
    Column("consultant_id", Words, index=True),
    Column("stage", Choice(Stage), nullable=False),
    Column("tags", WordList, nullable=False),
    Column("age_band", Choice(AgeBand), nullable=False),
    Column("sex", Choice(Sex)),
    Column("licence_classes", Words, nullable=False),
    Column("licence_first_issue", Date),
    Column("licence_valid_until", Date),
    Column("last_visit_at", UtcTime),
    Column("visits", Integer, nullable=False),
    Column("no_messages", Boolean, nullable=False),
    Column("erased_at", UtcTime),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("role", Choice(Role), nullable=False),
    Column("job_title", Words, nullable=False),
    Column("badge", Words, nullable=False),
    Column("wecom_userid", Words, nullable=False),
    Column("phone", Words, nullable=False, server_default=""),
    Column("skills", WordList, nullable=False),
    Column("languages", WordList, nullable=False),
    Column("rating", Integer),
    Column("photo", Words),
    Column("pin_hash", Words, nullable=False),
    Column("wrong_pins", Integer, nullable=False),
    Column("locked_until", UtcTime),
    Column("duty", Choice(Duty), nullable=False),
    Column("duty_since", UtcTime),
    Column("on_duty_seconds", Integer, nullable=False),
    Column("is_active", Boolean, nullable=False),
)
_EMPLOYED = "is_active AND {} <> ''"
for _name in ("wecom_userid", "badge"):
    Index(
        f"uq_staff_{_name}",
        staff.c[_name],
        unique=True,
        sqlite_where=text(_EMPLOYED.format(_name)),
        postgresql_where=text(_EMPLOYED.format(_name)),
    )

appointments = Table(
    "appointments",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("code", Words, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("purpose", Choice(Purpose), nullable=False),
    Column("name", Words, nullable=False),
    Column("title", Choice(Title), nullable=False),
    Column("state", Choice(AppointmentState), nullable=False),
    Column("customer_id", Words),
    Column("consultant_id", Words),
    Column("phone_fingerprint", Words, nullable=False),
    Column("tail_fingerprint", Words, nullable=False),
    Column("model", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("visit_id", Words),
    Column("source", Words, nullable=False),
    Index(
        "uq_appointments_code",
        "code",
        unique=True,
        sqlite_where=text("code <> ''"),
        postgresql_where=text("code <> ''"),
    ),
)

vehicles = Table(
    "vehicles",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("plate", Words, nullable=False),
    Column("model", Words, nullable=False),
    Column("gearbox", Choice(Gearbox), nullable=False),
    Column("energy", Choice(Energy), nullable=False),
    Column("licence_class", Words, nullable=False),
    Column("vin", Words, nullable=False),
    Column("mileage_km", Integer, nullable=False),
    Column("insured_until", Date),
    Column("is_active", Boolean, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("car_id", Words, nullable=False, index=True),
    Column("label", Words, nullable=False),
    Column("place", Choice(KeyPlace), nullable=False),
    Column("holder_id", Words),
    Column("agreement_id", Words),
    Column("moved_at", UtcTime),
    Column("due_at", UtcTime),
)

agreements = Table(
    "agreements",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", Words, nullable=False),
    Column("kind", Choice(RideKind), nullable=False),
    Column("state", Choice(AgreementState), nullable=False),
    Column("visit_id", Words, nullable=False, index=True),
    Column("car_id", Words, nullable=False),
    Column("consultant_id", Words, nullable=False),
    Column("created_at", UtcTime, nullable=False, index=True),
    Column("text_version", Words, nullable=False),
    Column("customer_id", Words, index=True),
    Column("driver_name", Words, nullable=False),
    Column("licence_sealed", LargeBinary, nullable=False),
    Column("licence_classes", Words, nullable=False),
    Column("licence_valid_until", Date),
    Column("licence_first_issue", Date),
    Column("decision", Words, nullable=False),
    Column("verdict_words", WordList, nullable=False),
    Column("second_staff_id", Words),
    Column("route", Words, nullable=False),
    Column("energy_level", Words, nullable=False),
    Column("clauses_read", JsonText(tuple[ClauseRead, ...]), nullable=False),
    Column("signed_by_customer_at", UtcTime),
    Column("signed_by_staff_at", UtcTime),
    Column("customer_strokes", Words),
    Column("staff_strokes", Words),
    Column("pdf", Words),
    Column("seal_hash", Words, nullable=False),
    Column("sealed_at", UtcTime),
    Column("key_out_at", UtcTime),
    Column("due_at", UtcTime),
    Column("mileage_out_km", Integer),
    Column("returned_at", UtcTime),
    Column("mileage_in_km", Integer),
    Column("damage", Words, nullable=False),
    Column("damage_photos", WordList, nullable=False),
    Column("void_reason", Words, nullable=False),
    Column("language", Words, nullable=False),
    Index(
        "uq_agreements_number",
        "number",
        unique=True,
        sqlite_where=text("number <> ''"),
        postgresql_where=text("number <> ''"),
    ),
)

seals = Table(
    "seals",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", Choice(SealKind), nullable=False),
    Column("subject_id", Words, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("previous_hash", Words, nullable=False),
    Column("sealed_at", UtcTime, nullable=False),
    Column("mileage_km", Integer),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Words, nullable=False),
    Column("visit_id", Words, index=True),
    Column("customer_id", Words, index=True),
    Column("consultant_id", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("total_fen", BigInteger, nullable=False),
    Column("is_final", Boolean, nullable=False),
    Column("issued_at", UtcTime, nullable=False, index=True),
    Column("valid_until", UtcTime, nullable=False),
    Column("link_token", Words, nullable=False),
    Column("pdf", Words),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Words, primary_key=True),
    Column("kind", Choice(ConsentKind), nullable=False),
    Column("is_given", Boolean, nullable=False),
    Column("text_version", Words, nullable=False),
    Column("text_hash", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("terminal_id", Words, nullable=False),
    Column("surface", Words, nullable=False),
    Column("visit_id", Words, index=True),
    Column("customer_id", Words, index=True),
    Column("seconds_on_screen", Integer, nullable=False),
    Column("language", Words, nullable=False),
    Column("expires_at", UtcTime),
    Column("withdrawn_at", UtcTime),
)

feedback = Table(
    "feedback",
    metadata,
    Column("visit_id", Words, primary_key=True),
    Column("score", Integer),
    Column("at", UtcTime, nullable=False, index=True),
    Column("wants_manager", Boolean, nullable=False),
    Column("note", Words, nullable=False),
)

foot_traffic = Table(
    "foot_traffic",
    metadata,
    Column("hour", UtcTime, primary_key=True),
    Column("camera", Words, primary_key=True),
    Column("came_in", Integer, nullable=False),
    Column("went_out", Integer, nullable=False),
    Column("most_at_once", Integer, nullable=False),
    Column("cells", Words, nullable=False),
    Column("zones", Words, nullable=False),
)
"""Cells and zones are JSON: they are read and added up whole, never asked for one by one."""

business_settings = Table(
    "business_settings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Words),
    Column("content", JsonText(BusinessSettings), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("act", Words, nullable=False),
    Column("subject_id", Words, nullable=False),
    Column("staff_id", Words),
    Column("terminal_id", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("previous", Words, nullable=False),
    Index("ix_audit_staff_id_act_at", "staff_id", "act", "at"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Words, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("value", Integer, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("key", Words, primary_key=True),
    Column("subject_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", BigNumber, primary_key=True),
    Column("message_id", Words, nullable=False, unique=True),
    Column("aggregate", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("state", Choice(OutboxState), nullable=False),
    Column("last_error", Words, nullable=False),
    Index("ix_outbox_aggregate_state_sequence", "aggregate", "state", "sequence"),
    Index("ix_outbox_state_sequence", "state", "sequence"),
    sqlite_autoincrement=True,
)

terminals = Table(
    "terminals",
    metadata,
    Column("id", Words, primary_key=True),
    Column("place", Words, nullable=False),
    Column("surfaces", WordList, nullable=False),
    Column("devices", WordList, nullable=False),
    Column("lost", WordList, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
)

commands = Table(
    "commands",
    metadata,
    Column("id", Words, primary_key=True),
    Column("at", UtcTime, nullable=False),
)

command_cursor = Table(
    "command_cursor",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("cursor", BigInteger, nullable=False),
)

announcements = Table(
    "announcements",
    metadata,
    Column("number", BigNumber, primary_key=True),
    Column("origin", Words, nullable=False),
    Column("concept", Words, nullable=False),
    Column("subject_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
