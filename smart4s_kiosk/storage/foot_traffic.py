"""What the floor cameras counted, by camera and hour."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from smart4s_kiosk.domain.foot_traffic import FloorCounts, ZoneCounts
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.transaction import Transaction

_TABLE = tables.foot_traffic
_FIGURES = (_TABLE.c.camera, _TABLE.c.hour, _TABLE.c.came_in, _TABLE.c.went_out, _TABLE.c.most_at_once)


class SqlFootTraffic:
    """Rows of `foot_traffic`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, counts: FloorCounts) -> None:
        """Add a part to what its camera's hour holds so far."""
        same = (_TABLE.c.camera == counts.camera) & (_TABLE.c.hour == counts.hour)
        is_door_only = not counts.cells and not counts.zones
        stored = _FIGURES if is_door_only else (*_FIGURES, _TABLE.c.cells, _TABLE.c.zones)
        before = self._transaction.first(select(*stored).where(same))
        if before is not None and is_door_only:
            self._transaction.change(update(_TABLE).where(same).values(_figures_row(_figures(before).plus(counts))))
        elif before is None:
            self._transaction.insert(_TABLE, **_to_row(counts))
        else:
            both = _to_value(before).plus(counts)
            self._transaction.change(update(_TABLE).where(same).values(_to_row(both)))

    def between(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        """Hours that begin in that time, by hour and camera."""
        wanted = select(*_FIGURES, _TABLE.c.cells, _TABLE.c.zones).where(_in(start, end))
        return [_to_value(row) for row in self._transaction.rows(wanted.order_by(_TABLE.c.hour, _TABLE.c.camera))]

    def totals(self, start: datetime, end: datetime) -> Sequence[FloorCounts]:
        """The same without cells and zones."""
        wanted = select(*_FIGURES).where(_in(start, end)).order_by(_TABLE.c.hour, _TABLE.c.camera)
        return [_figures(row) for row in self._transaction.rows(wanted)]

    def forget_before(self, moment: datetime) -> int:
        """Remove hours that began before; how many."""
        return self._transaction.change(delete(_TABLE).where(_TABLE.c.hour < moment))


def _in(start: datetime, end: datetime) -> ColumnElement[bool]:
    return (_TABLE.c.hour >= start) & (_TABLE.c.hour < end)


def _figures_row(counts: FloorCounts) -> dict[str, object]:
    return {
        "camera": counts.camera,
        "hour": counts.hour,
        "came_in": counts.came_in,
        "went_out": counts.went_out,
        "most_at_once": counts.most_at_once,
    }


def _to_row(counts: FloorCounts) -> dict[str, object]:
    return {
        **_figures_row(counts),
        "cells": json.dumps([[column, row, seconds] for (column, row), seconds in counts.cells.items()]),
        "zones": json.dumps({zone: [each.entries, each.dwell_s] for zone, each in counts.zones.items()}),
    }


def _figures(row: Sequence[Any]) -> FloorCounts:
    camera, hour, came_in, went_out, most_at_once = row
    return FloorCounts(camera, hour, came_in, went_out, most_at_once=most_at_once)


def _to_value(row: Sequence[Any]) -> FloorCounts:
    *figures, cells, zones = row
    return replace(
        _figures(figures),
        cells={(column, line): seconds for column, line, seconds in json.loads(cells)},
        zones={zone: ZoneCounts(entries, dwell_s) for zone, (entries, dwell_s) in json.loads(zones).items()},
    )
