"""Reads the rule and text files that services are given."""

from collections.abc import Callable
from pathlib import Path

from smart4s_kiosk.domain.agreement_texts import AgreementText, read_agreement_text
from smart4s_kiosk.domain.quote_rules import QuoteRules, read_quote_rules

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
QUOTE_RULES = RESOURCES / "rules" / "quotes.toml"
TEST_DRIVE_TEXTS = RESOURCES / "documents" / "test_drive"


def load_quote_rules(path: Path = QUOTE_RULES) -> QuoteRules:
    """Taxes, subsidies and insurance with their dates and sources."""
    return read_quote_rules(path.read_text(encoding="utf-8"))


def agreement_texts(folder: Path = TEST_DRIVE_TEXTS) -> Callable[[str], AgreementText]:
    """The newest agreement text, by language."""
    texts = [read_agreement_text(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]

    def newest(language: str) -> AgreementText:
        return max((t for t in texts if t.language == language), key=lambda t: t.valid_from)

    return newest
