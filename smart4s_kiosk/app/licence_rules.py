"""Loads the licence rules that ship with the program."""

import tomllib
from pathlib import Path

from smart4s_kiosk.domain.licence_rules import LicenceRules, licence_rules_from

RULES_FILE = Path(__file__).resolve().parents[2] / "resources" / "rules" / "licences.toml"


def load_licence_rules(path: Path = RULES_FILE) -> LicenceRules:
    """The rules; an unreadable or malformed file stops the start (OSError, TOMLDecodeError, KeyError, TypeError)."""
    with path.open("rb") as stream:
        return licence_rules_from(tomllib.load(stream))
