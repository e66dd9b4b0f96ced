"""Makes the manager's office from a built application; findings and loops are put into words here."""

from pathlib import Path

from smart4s_kiosk.app.build import Application
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.health import run_checks
from smart4s_kiosk.app.health_checks import machine_checks
from smart4s_kiosk.app.health_words import CHECKS, say
from smart4s_kiosk.app.set_up_again import make_set_up_again
from smart4s_kiosk.app.workers import WorkerState
from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.office import HealthLine, Office

LOOPS = {
    "announcements": N_("Changes from other terminals"),
    "store-clock": N_("Time of the store"),
    "visit-clock": N_("Waiting clock"),
    "person-keys-copy": N_("Copy of the person keys"),
    "upkeep": N_("Forgetting in time"),
    "courier": N_("Messages to the cloud"),
    "courier-inbox": N_("Messages from the cloud"),
    "camera-face": N_("Face camera"),
    "camera-document": N_("Document camera"),
    "camera-floor": N_("Floor camera"),
    "vision-face": N_("Face check"),
    "vision-floor": N_("People counter"),
    "paper-fonts": N_("Fonts for paper"),
    "terminal-sign": N_("Sign of life of this terminal"),
    "unmet-watch": N_("Groups that nobody met"),
}
ENDS_BY_ITSELF = {"paper-fonts"}
STATES = {
    WorkerState.WAITING: (N_("begins"), 0),
    WorkerState.RUNNING: (N_("runs"), 0),
    WorkerState.SILENT: (N_("does not answer"), 2),
    WorkerState.DEGRADED: (N_("fails again and again; it is tried once a minute"), 2),
    WorkerState.ENDED: (N_("has ended"), 1),
}


def make_office(application: Application, *, file: Path | None = None) -> Office:
    """Everything behind the manager's pages. `file` is the settings file of this machine, when one was named."""
    templates = application.faces.templates if application.faces else None
    courier = application.line.courier
    return Office(
        storage=application.storage.storage,
        clock=application.clock,
        terminal_id=TerminalId(application.settings.terminal.id),
        privacy=application.services.privacy,
        line=lambda: courier.status() if courier else None,
        faces=lambda: templates.people() if templates else None,
        face_consents=lambda: tuple(templates.consents()) if templates else (),
        checks=lambda: _checks(application),
        loops=lambda: _loops(application),
        set_up=lambda by: make_set_up_again(application, by, file=file),
    )


def _checks(application: Application) -> tuple[HealthLine, ...]:
    results = run_checks(machine_checks(application.settings, SystemClock()), application.clock)
    lines = []
    for result in results:
        for finding in result.findings:
            said = say(finding)
            name = _(CHECKS.get(result.name, result.name))
            lines.append(HealthLine(name, said.what, said.to_do, int(finding.level)))
    return tuple(lines)


def _loops(application: Application) -> tuple[HealthLine, ...]:
    lines = []
    for report in application.workers.reports():
        is_done = report.state is WorkerState.ENDED and report.name in ENDS_BY_ITSELF
        words, level = (N_("done"), 0) if is_done else STATES[report.state]
        failed = _("failed {n} times, last: {why}").format(n=report.failures, why=report.last_failure)
        name = _(LOOPS.get(report.name, report.name))
        lines.append(HealthLine(name, _(words), failed if report.failures else "", level))
    return tuple(lines)
