"""Every table of the connector, for SQLite and PostgreSQL alike."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcTime(TypeDecorator[datetime]):
    """Aware UTC in and out; SQLite keeps it without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        assert isinstance(value, datetime)
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
ID = String(64)
BIG = BigInteger().with_variant(Integer, "sqlite")

stores = Table(
    "stores",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    comment="Showrooms",
)
store_cursors = Table(
    "store_cursors",
    metadata,
    Column("store_id", ID, ForeignKey("stores.id"), primary_key=True),
    Column("last", BIG, nullable=False),
    Column("acked", BIG, nullable=False),
    Column("dropped", BIG, nullable=False),
    comment="Numbers of commands: given out under this row's lock, so no reader steps over one that commits late",
)
devices = Table(
    "devices",
    metadata,
    Column("id", ID, primary_key=True),
    Column("store_id", ID, ForeignKey("stores.id"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Column("seen_at", UtcTime),
    comment="Terminals and their Ed25519 keys; revoking is one row",
)
enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("selector", String(8), primary_key=True),
    Column("code_hash", String(64), nullable=False),
    Column("store_id", ID, ForeignKey("stores.id"), nullable=False),
    Column("device_name", String(120), nullable=False),
    Column("tries_left", Integer, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    comment="One-time codes, hashed; the first letters find the row so that wrong tries can be counted",
)
nonces = Table(
    "nonces",
    metadata,
    Column("device_id", ID, primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("seen_at", UtcTime, nullable=False, index=True),
    comment="Requests seen in the last minutes, against replay",
)
events = Table(
    "events",
    metadata,
    Column("store_id", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("device_id", ID, nullable=False),
    Column("aggregate", String(120), nullable=False),
    Column("seq", BIG, nullable=False),
    Column("type", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("data", JSON, nullable=False),
    Column("occurred_at", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False, index=True),
    comment="What showrooms told us, each once",
)
aggregates = Table(
    "aggregates",
    metadata,
    Column("store_id", ID, primary_key=True),
    Column("aggregate", String(120), primary_key=True),
    Column("last_seq", BIG, nullable=False),
    Column("updated_at", UtcTime, nullable=False, index=True),
    comment="The newest fact of each aggregate",
)
visits = Table(
    "visits",
    metadata,
    Column("store_id", ID, primary_key=True),
    Column("visit", ID, primary_key=True),
    Column("state", String(12), nullable=False),
    Column("by_user", ID),
    Column("by_name", String(60)),
    Column("updated_at", UtcTime, nullable=False, index=True),
    comment="Where a visit stands, as far as cards must know",
)
members = Table(
    "members",
    metadata,
    Column("store_id", ID, primary_key=True),
    Column("userid", ID, primary_key=True),
    Column("name", String(60), nullable=False),
    comment="What members are called, learnt from the showroom",
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("number", BIG, primary_key=True, autoincrement=True),
    Column("id", ID, nullable=False, unique=True),
    Column("store_id", ID, nullable=False),
    Column("event_id", ID, nullable=False),
    Column("visit", ID),
    Column("kind", String(20), nullable=False),
    Column("recipient", ID, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("lock_key", String(200), nullable=False),
    Column("state", String(10), nullable=False),
    Column("run_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("lease_owner", ID),
    Column("lease_until", UtcTime),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Index("ix_deliveries_due", "state", "run_at"),
    Index("ix_deliveries_lock", "lock_key", "state", "number"),
    comment="Messages to members: a queue with leases, in order per recipient and visit",
)
cards = Table(
    "cards",
    metadata,
    Column("task_id", String(128), primary_key=True),
    Column("store_id", ID, nullable=False),
    Column("visit", ID, nullable=False),
    Column("recipient", ID, nullable=False),
    Column("message_id", String(200), nullable=False),
    Column("response_code", Text, nullable=False),
    Column("coded_at", UtcTime),
    Column("said", String(60), nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_at", UtcTime, nullable=False, index=True),
    Index("ix_cards_visit", "store_id", "visit"),
    comment="Cards with buttons that are out there; a response code works once, for 72 h",
)
commands = Table(
    "commands",
    metadata,
    Column("store_id", ID, primary_key=True),
    Column("cursor", BIG, primary_key=True, autoincrement=False),
    Column("id", ID, nullable=False),
    Column("type", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("visit", ID),
    Column("data", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False, index=True),
    Column("expires_at", UtcTime),
    UniqueConstraint("store_id", "id"),
    comment="What showrooms are asked to do, by store cursor",
)
callbacks = Table(
    "callbacks",
    metadata,
    Column("dedupe_key", String(64), primary_key=True),
    Column("corp_id", ID, nullable=False),
    Column("agent_id", ID, nullable=False),
    Column("event", String(60), nullable=False),
    Column("change_type", String(60), nullable=False),
    Column("answer", String(60), nullable=False),
    Column("received_at", UtcTime, nullable=False, index=True),
    comment="Callbacks seen, without their content; a repeat gets the same answer",
)
tokens = Table(
    "tokens",
    metadata,
    Column("corp_id", ID, primary_key=True),
    Column("agent_id", ID, primary_key=True),
    Column("secret_print", String(64), nullable=False),
    Column("value", Text, nullable=False),
    Column("expires_at", UtcTime),
    Column("claimed_until", UtcTime),
    Column("stopped", Integer),
    comment="Access tokens, one per app, shared by all processes",
)
budgets = Table(
    "budgets",
    metadata,
    Column("agent_id", ID, primary_key=True),
    Column("userid", ID, primary_key=True),
    Column("level", Float, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("hour", UtcTime, nullable=False),
    Column("sent_in_hour", Integer, nullable=False),
    comment="How much a member may still receive",
)
pauses = Table(
    "pauses",
    metadata,
    Column("api", String(80), primary_key=True),
    Column("until", UtcTime, nullable=False),
    Column("code", Integer, nullable=False),
    comment="APIs that WeCom asked us to leave alone",
)
quotes = Table(
    "quotes",
    metadata,
    Column("link", String(64), primary_key=True),
    Column("store_id", ID, nullable=False),
    Column("quote", ID, nullable=False),
    Column("valid_until", UtcTime, nullable=False, index=True),
    Column("opened_times", Integer, nullable=False),
    Column("signer", String(64)),
    Column("opened_at", UtcTime),
    comment="Links of published quotes: whose they are and which key signed them, never what is in them",
)
