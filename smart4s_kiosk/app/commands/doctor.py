"""`main.py doctor`: looks at everything this machine needs and says what to do about what is not well."""

import json
from argparse import SUPPRESS, ArgumentParser, Namespace

from smart4s_kiosk.app.commands.command import FAILURE, SUCCESS, Command
from smart4s_kiosk.app.commands.settings import settings_of
from smart4s_kiosk.app.health import CheckResult, Level, run_checks, worst
from smart4s_kiosk.app.health_words import CHECKS, say
from smart4s_kiosk.i18n import LANGUAGES, _


def _run(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.health_checks import machine_checks

    settings = settings_of(arguments)
    clock = SystemClock()
    results = run_checks(machine_checks(settings, clock), clock)
    print(_as_json(results) if arguments.json else _as_text(results))
    return FAILURE if worst(results) is Level.BROKEN else SUCCESS


def _as_text(results: tuple[CheckResult, ...]) -> str:
    marks = {Level.GOOD: "✓", Level.ADVICE: "·", Level.WARNING: "!", Level.BROKEN: "✗"}
    lines: list[str] = []
    for result in results:
        lines.append(_(CHECKS.get(result.name, result.name)))
        for finding in result.findings:
            said = say(finding)
            lines.append(f"  {marks[finding.level]} {said.what}")
            if said.to_do:
                lines.append(f"      → {said.to_do}")
    return "\n".join(lines)


def _as_json(results: tuple[CheckResult, ...]) -> str:
    content = []
    for result in results:
        for finding in result.findings:
            said = say(finding)
            content.append(
                {
                    "check": result.name,
                    "code": finding.code,
                    "level": finding.level.name.lower(),
                    "what": said.what,
                    "to_do": said.to_do,
                    "facts": {key: str(value) for key, value in finding.facts.items()},
                    "seconds": round(result.seconds, 3),
                }
            )
    return json.dumps(content, ensure_ascii=False, indent=1)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--language", choices=LANGUAGES, default=SUPPRESS, help="instead of the settings' language")


COMMAND = Command("doctor", "check this machine and say what to do about each trouble", _run, _arguments)
