"""Reads the rule and text files that services are given."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from smart4s_kiosk.domain.agreement_texts import AgreementText, read_agreement_text
from smart4s_kiosk.domain.quote_rules import QuoteRules, read_quote_rules

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
QUOTE_RULES = RESOURCES / "rules" / "quotes.toml"
TEST_DRIVE_TEXTS = RESOURCES / "documents" / "test_drive"


def load_quote_rules(path: Path = QUOTE_RULES) -> QuoteRules:
    """Taxes, subsidies and insurance with their dates and sources."""
    return read_quote_rules(path.read_text(encoding="utf-8"))


def agreement_texts(today: Callable[[], date], folder: Path = TEST_DRIVE_TEXTS) -> Callable[[str], AgreementText]:
    """The agreement text in force today, by language: a later one waits for its day."""
    texts = [read_agreement_text(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]

    def newest(language: str) -> AgreementText:
        in_force = [t for t in texts if t.language == language and t.valid_from <= today()]
        return max(in_force, key=lambda t: t.valid_from)

    return newest
