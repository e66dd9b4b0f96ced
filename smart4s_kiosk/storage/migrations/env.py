"""Runs the migrations inside the transaction that `storage.schema` has begun."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from smart4s_kiosk.storage.columns import Choice, JsonText, UtcTime, WordList, Words
from smart4s_kiosk.storage.tables import metadata


def _render(kind: str, value: object, autogen: AutogenContext) -> str | Literal[False]:
    """Words are written as Words whatever they mean today: a migration must not change with the enums."""
    if kind != "type":
        return False
    if isinstance(value, Words | Choice | WordList | JsonText):
        autogen.imports.add("from smart4s_kiosk.storage.columns import Words")
        return "Words()"
    if isinstance(value, UtcTime):
        autogen.imports.add("from smart4s_kiosk.storage.columns import UtcTime")
        return "UtcTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=_render,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
