"""Reads the rule and text files that services are given."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from smart4s_kiosk.domain.agreement_texts import AgreementText, read_agreement_text
from smart4s_kiosk.domain.clause_checker import must_be_publishable
from smart4s_kiosk.domain.price_book import PriceBook, PriceBookUnreadable, price_book_from
from smart4s_kiosk.domain.quote_rules import QuoteRules, read_quote_rules
from smart4s_kiosk.services.phrases import Phrase

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
QUOTE_RULES = RESOURCES / "rules" / "quotes.toml"
DEMO_SHOWROOM = RESOURCES / "demo" / "showroom.toml"
PHRASES = RESOURCES / "phrases" / "zh_CN.toml"
PRICE_BOOK_NAME = "price_book.toml"
TEST_DRIVE_TEXTS = RESOURCES / "documents" / "test_drive"


def load_quote_rules(path: Path = QUOTE_RULES) -> QuoteRules:
    """Taxes, subsidies and insurance with their dates and sources."""
    return read_quote_rules(path.read_text(encoding="utf-8"))


def agreement_texts(today: Callable[[], date], folder: Path = TEST_DRIVE_TEXTS) -> Callable[[str], AgreementText]:
    """The agreement text in force today, by language: a later one waits for its day.

    A text with terms that the law forbids never gets this far: `TextNotPublishable` names what is wrong with it.
    """
    texts = [read_agreement_text(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    for text in texts:
        must_be_publishable(text)

    def newest(language: str) -> AgreementText:
        in_force = [t for t in texts if t.language == language and t.valid_from <= today()]
        return max(in_force, key=lambda t: t.valid_from)

    return newest


def price_book(folder: Path, *, demo_day: date | None = None) -> Callable[[], PriceBook | None]:
    """The store's price book, read again whenever `price_book.toml` in the data folder was replaced.

    The file: `dated`, `brand` and one `[[models]]` each. `demo_day`: without a file the invented models of the demo, as
    if entered on that day. The answer raises PriceBookUnreadable.
    """
    path = folder / PRICE_BOOK_NAME
    kept: dict[int, PriceBook] = {}

    def book() -> PriceBook | None:
        if not path.is_file():
            return _demo_book(demo_day) if demo_day else None
        age = path.stat().st_mtime_ns
        if age not in kept:
            kept.clear()
            kept[age] = _read_book(path)
        return kept[age]

    return book


def _read_book(path: Path) -> PriceBook:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return price_book_from(data["models"], brand=str(data["brand"]), dated=_day(data["dated"]))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as broken:
        raise PriceBookUnreadable(mistakes=(f"{type(broken).__name__} {broken}",)) from broken


def _demo_book(day: date) -> PriceBook:
    facts = tomllib.loads(DEMO_SHOWROOM.read_text(encoding="utf-8"))
    return price_book_from(facts["models"], brand=facts["settings"]["brand_name"], dated=day)


def _day(value: object) -> date:
    if type(value) is not date:
        raise TypeError("dated")
    return value


def load_phrases(folder: Path) -> tuple[Phrase, ...]:
    """The store's own `phrases.toml` in the data folder, else the ones that come with the program."""
    own = folder / "phrases.toml"
    data = tomllib.loads((own if own.is_file() else PHRASES).read_text(encoding="utf-8"))
    return tuple(
        Phrase(str(p["topic"]), str(p["question"]), str(p["answer"]).strip(), tuple(p.get("models", ())))
        for p in data["phrase"]
    )
