"""`main.py agreement verify|check-text`: is a sealed file untouched, may an agreement text be published."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from smart4s_kiosk.app.commands.command import FAILURE, SUCCESS, Command, CommandGroup
from smart4s_kiosk.app.commands.settings import settings_of
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ports.documents import SealVerdict

LARGEST_FILE = 64 * 1024 * 1024

FINDINGS = {
    "not_sealed": N_("This file carries no seal."),
    "several_seals": N_("This file carries more than one seal."),
    "range": N_("The seal does not cover the whole file: something was added or cut off."),
    "end": N_("The file does not end where the seal ends."),
    "digits": N_("The seal's digits were rewritten."),
    "padding": N_("Something was hidden behind the seal."),
    "container": N_("The seal itself was changed."),
    "changed": N_("The content was changed after sealing."),
    "signature": N_("The signature of the seal is wrong."),
    "other_key": N_("This is the seal of another store."),
    "entry": N_("The link in the seal chain does not belong to this content."),
}


class FileTooLarge(Unavailable):
    """This file is larger than any document of ours."""

    code = "agreement.file_too_large"


def _verify_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a sealed PDF")
    parser.add_argument("--certificate", metavar="FILE", help="the store's certificate (DER); default: this machine's")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _verify(arguments: Namespace) -> int:
    from smart4s_kiosk.documents.seal_check import check_seal

    certificate = _certificate(arguments)
    verdict = check_seal(_bounded(Path(arguments.file)), certificate)
    if arguments.json:
        print(json.dumps(_facts(verdict, compared=certificate is not None), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(verdict, compared=certificate is not None)))
    return SUCCESS if verdict.is_intact else FAILURE


def _bounded(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileTooLarge(str(path), waiting_helps=False)
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(str(path), waiting_helps=False) from error


def _certificate(arguments: Namespace) -> bytes | None:
    """The one named, else this machine's; None where there is no vault (an auditor's machine)."""
    if arguments.certificate:
        return _bounded(Path(arguments.certificate))
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.places import vault_folders
    from smart4s_kiosk.vault.opening import has_vault, open_vault

    folders = vault_folders(settings_of(arguments))
    return open_vault(folders, SystemClock()).documents.identity().certificate if has_vault(folders) else None


def _facts(verdict: SealVerdict, *, compared: bool) -> dict[str, object]:
    entry = verdict.entry
    return {
        "intact": verdict.is_intact,
        "findings": [
            {"code": one.code, "detail": one.detail, "words": _(FINDINGS[one.code])} for one in verdict.findings
        ],
        "certificate_sha256": verdict.certificate_sha256,
        "certificate_compared": compared,
        "entry": None
        if entry is None
        else {
            "sequence": entry.sequence,
            "kind": entry.kind.value,
            "subject": entry.subject_id,
            "sealed_at": entry.sealed_at.isoformat(),
            "mileage_km": entry.mileage_km,
            "content_hash": entry.content_hash,
            "previous_hash": entry.previous_hash,
            "hash": entry.hash,
        },
    }


def _lines(verdict: SealVerdict, *, compared: bool) -> list[str]:
    if not verdict.is_intact:
        return [_(FINDINGS[one.code]) for one in verdict.findings]
    entry = verdict.entry
    lines = [_("Untouched since it was sealed.")]
    if entry is not None:
        lines.append(
            _("Seal {sequence} of the chain, {time}, after {previous}").format(
                sequence=entry.sequence, time=entry.sealed_at.isoformat(), previous=entry.previous_hash[:16]
            )
        )
    if not compared:
        words = _("The certificate was not compared with the store's: {fingerprint}")
        lines.append(words.format(fingerprint=verdict.certificate_sha256))
    return lines


def _text_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an agreement text (TOML)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _check_text(arguments: Namespace) -> int:
    from smart4s_kiosk.domain.agreement_texts import read_agreement_text
    from smart4s_kiosk.domain.clause_checker import check_text

    findings = check_text(read_agreement_text(_bounded(Path(arguments.file)).decode("utf-8", "replace")))
    rows = [
        {
            "code": one.code.value,
            "clause": one.clause,
            "kind": one.kind.value if one.kind else "",
            "words": one.words,
            "basis": one.basis,
        }
        for one in findings
    ]
    if arguments.json:
        print(json.dumps({"publishable": not rows, "findings": rows}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(" | ".join(row.values()) for row in rows) or _("Nothing stands against publishing this text."))
    return FAILURE if rows else SUCCESS


COMMANDS = CommandGroup(
    "agreement",
    "sealed agreements and their texts",
    (
        Command("verify", "say whether a sealed PDF is untouched, to the byte", _verify, _verify_arguments),
        Command("check-text", "find unfair or missing terms in an agreement text", _check_text, _text_arguments),
    ),
)
