"""`main.py licence read IMAGE [IMAGE2]`: fields, confidences, marks, decision and reasons; needs no network."""

import json
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smart4s_kiosk.app.commands.command import FAILURE, SUCCESS, Command, CommandGroup
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.domain.licence_decisions import Circumstances, Decision, DrivenCar, decide
from smart4s_kiosk.domain.licences import Licence, LicenceFieldWrong, LicenceKind, LicenceReading
from smart4s_kiosk.domain.vehicles import Gearbox
from smart4s_kiosk.i18n import LANGUAGES


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "images", nargs="+", metavar="IMAGE", help="one or two pictures: main and sub-page in any order"
    )
    parser.add_argument("--car", choices=[gearbox.value for gearbox in Gearbox], default=Gearbox.AUTOMATIC.value)
    parser.add_argument("--motorway", action="store_true", help="the planned route uses a motorway")
    parser.add_argument("--zone", type=_zone, default="Asia/Shanghai", help="time zone of the showroom")
    parser.add_argument("--at", type=_moment, metavar="TIME", help="decide for this ISO time with offset, not for now")
    parser.add_argument("--language", choices=LANGUAGES, default=SUPPRESS, help="of what is said")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentTypeError("no such time zone; one is Asia/Shanghai") from None


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("no ISO time; one is 2026-11-20T23:30:00+00:00") from None
    if found.tzinfo is None:
        raise ArgumentTypeError("a time needs its offset, as in 2026-11-20T23:30:00+00:00")
    return found


def _read(arguments: Namespace) -> int:
    try:
        answer = _answer(arguments)
    except ShowroomError as refusal:
        from smart4s_kiosk.ui.wording import refusal_words

        words = refusal_words(refusal).words
        print(
            json.dumps({"error": {"code": refusal.code, "words": words}}, ensure_ascii=False)
            if arguments.json
            else words
        )
        return FAILURE
    print(json.dumps(answer, ensure_ascii=False, indent=1) if arguments.json else _table(answer))
    return SUCCESS


def _answer(arguments: Namespace) -> dict[str, Any]:
    from smart4s_kiosk.app.licence_rules import load_licence_rules
    from smart4s_kiosk.services.licence_scans import MOST_PAGES, NoLicenceSeen, TooManyPages
    from smart4s_kiosk.vision.models import ModelStore
    from smart4s_kiosk.vision.ocr.licence_reader import RapidOcrLicenceReader
    from smart4s_kiosk.vision.ocr.picture_files import open_picture

    if len(arguments.images) > MOST_PAGES:
        raise TooManyPages
    pictures = [open_picture(Path(name)) for name in arguments.images]
    rules = load_licence_rules()
    reading = RapidOcrLicenceReader(ModelStore(), rules.kinds).read(pictures)
    if reading.kind is LicenceKind.NONE:
        raise NoLicenceSeen
    decision = _decided(reading, arguments, rules)
    return {**_reading_parts(reading), "decision": _decision_parts(decision) if decision else None}


def _decided(reading: LicenceReading, arguments: Namespace, rules: Any) -> Decision | None:
    """On the fields as read; nothing to decide when one of them has no valid form."""
    try:
        licence = Licence.from_texts(reading.texts(), kind=reading.kind)
    except LicenceFieldWrong:
        return None
    return decide(licence, _circumstances(arguments), rules)


def _circumstances(arguments: Namespace) -> Circumstances:
    from smart4s_kiosk.app.clock import SystemClock

    return Circumstances(
        now=arguments.at or SystemClock().now(),
        zone=arguments.zone,
        car=DrivenCar(gearbox=Gearbox(arguments.car)),
        uses_motorway=arguments.motorway,
    )


def _reading_parts(reading: LicenceReading) -> dict[str, Any]:
    return {
        "kind": reading.kind.value,
        "pages": [{"kind": page.kind.value, "turned": page.turned} for page in reading.pages],
        "seconds": reading.seconds,
        "fields": {
            field.value: {
                "text": found.text,
                "confidence": found.confidence,
                "marks": [mark.value for mark in found.marks],
                **({"suggestion": found.suggestion} if found.suggestion else {}),
                "box": {"page": found.box.page, "corners": found.box.corners} if found.box else None,
            }
            for field, found in reading.fields.items()
        },
    }


def _decision_parts(decision: Decision) -> dict[str, Any]:
    from smart4s_kiosk.i18n import _
    from smart4s_kiosk.ui.licence_words import ALTERNATIVES, outcome_words, reason_words, source_words

    return {
        "outcome": decision.outcome.value,
        "words": outcome_words(decision),
        "deciding_rule": decision.deciding_rule,
        "today": decision.today.isoformat(),
        "rules_version": decision.rules_version,
        "is_provisional": True,
        "reasons": [
            {
                "rule": reason.code,
                "outcome": reason.rule.outcome.value,
                "words": reason_words(reason),
                "source": source_words(reason),
                "facts": dict(reason.facts),
            }
            for reason in decision.reasons
        ],
        "alternatives": {one.value: _(ALTERNATIVES[one]) for one in decision.alternatives},
    }


def _table(answer: dict[str, Any]) -> str:
    from smart4s_kiosk.domain.licences import LicenceField, Mark
    from smart4s_kiosk.i18n import _
    from smart4s_kiosk.ui.licence_words import FIELDS, KINDS, MARKS

    lines = [_(KINDS[LicenceKind(answer["kind"])])]
    for name, found in answer["fields"].items():
        marks = ", ".join(_(MARKS[Mark(mark)]) for mark in found["marks"])
        lines.append(f"{_(FIELDS[LicenceField(name)])}: {found['text']} ({found['confidence']:.0%}) {marks}".rstrip())
    decision = answer["decision"]
    if decision:
        lines.append(f"{decision['words']} ({_('counts once all is checked')})")
        lines.extend(f"- {reason['words']} [{reason['source']}]" for reason in decision["reasons"])
    return "\n".join(lines)


COMMANDS = CommandGroup(
    "licence",
    "driving licences",
    (Command("read", "read a licence from pictures and decide about a test drive", _read, _arguments),),
)
