"""Checks of the way to the connector: names, proxy, certificate, captive portal, and the clock against its own."""

from collections.abc import Iterator
from datetime import datetime

from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.app.settings import ConnectorSettings
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.clock_trust import CLOCK_TOLERANCE
from smart4s_kiosk.sync import line_check
from smart4s_kiosk.sync.line_check import LineReport, LineSettings

CLOCK_TOLERANCE_S = CLOCK_TOLERANCE.total_seconds()


def check_names(connector: ConnectorSettings) -> Iterator[Finding]:
    """Whether names have addresses."""
    if not connector.url:
        yield Finding("dns.not_needed", Level.GOOD)
        return
    report = line_check.look_up(_line(connector))
    level = Level.GOOD if report.code == "ok" else Level.WARNING
    yield Finding("dns.good" if report.code == "ok" else "dns.dead", level, report.facts)


def check_connector(connector: ConnectorSettings) -> Iterator[Finding]:
    """The first step on the way that fails: name, proxy, certificate, connector; each that is well by its own line."""
    report = LineReport("not_chosen") if not connector.url else line_check.walk(_line(connector))
    levels = {"ok": Level.GOOD, "not_chosen": Level.ADVICE}
    yield Finding(f"connector.{report.code}", levels.get(report.code, Level.WARNING), report.facts)
    if report.code != "ok":
        return
    yield Finding("proxy.used" if report.facts.get("proxy") else "proxy.none", Level.GOOD, report.facts)
    until = report.facts.get("certificate_until")
    yield Finding(
        "certificate.good" if until else "certificate.none", Level.GOOD if until else Level.ADVICE, report.facts
    )


def check_clock(
    connector: ConnectorSettings,
    clock: Clock,
    newest_record: datetime | None,
    database_time: datetime | None = None,
) -> Iterator[Finding]:
    """The clocks against each other: machine, database, connector, journal."""
    server_time, now = line_check.walk(_line(connector)).server_time if connector.url else None, clock.now()
    if database_time is not None:
        yield from machine_clock_findings(now, database_time)
    yield clock_finding(database_time or now, server_time, newest_record)


def machine_clock_findings(now: datetime, database_time: datetime) -> Iterator[Finding]:
    """A machine's own clock that is off harms no record while the database's is kept, but should be set."""
    offset = round((now - database_time).total_seconds())
    if abs(offset) > CLOCK_TOLERANCE_S:
        yield Finding("clock.off_database", Level.WARNING, {"minutes": round(offset / 60)})


def clock_finding(now: datetime, server_time: datetime | None, newest_record: datetime | None) -> Finding:
    """The clock against the connector's when it answered, else against the newest thing written down."""
    if newest_record is not None and (newest_record - now).total_seconds() > CLOCK_TOLERANCE_S:
        behind = round((newest_record - now).total_seconds() / 60)
        return Finding("clock.behind_journal", Level.BROKEN, {"minutes": behind})
    if server_time is None:
        return Finding("clock.nothing_to_compare", Level.ADVICE)
    offset = round((now - server_time).total_seconds())
    if abs(offset) > CLOCK_TOLERANCE_S:
        return Finding("clock.wrong", Level.BROKEN, {"seconds": offset, "minutes": round(offset / 60)})
    return Finding("clock.good", Level.GOOD, {"seconds": offset})


def _line(connector: ConnectorSettings) -> LineSettings:
    return LineSettings(connector.url, connector.proxy, connector.certificate_file)
