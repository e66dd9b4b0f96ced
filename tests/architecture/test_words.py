"""Every refusal has words, and every word is Chinese too."""

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

from installers.words import messages_in_code
from smart4s_kiosk.i18n import catalogue
from smart4s_kiosk.ui.refusal_words import MORE_REFUSALS
from smart4s_kiosk.ui.wording import REFUSALS

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"showroom.error"}
"""Codes of the bases, which are never raised themselves."""


def codes() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "smart4s_kiosk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for line in node.body:
                    target = line.targets[0] if isinstance(line, ast.Assign) else None
                    target = line.target if isinstance(line, ast.AnnAssign) else target
                    value = getattr(line, "value", None)
                    if (
                        isinstance(target, ast.Name)
                        and target.id == "code"
                        and isinstance(value, ast.Constant)
                        and value.value
                    ):
                        yield str(value.value), f"{path.name}:{node.name}"


def test_every_code_has_words() -> None:
    wordless = {code: where for code, where in codes() if code not in {*REFUSALS, *MORE_REFUSALS, *KINDS}}
    assert wordless == {}


def test_no_code_has_words_twice() -> None:
    assert set(REFUSALS) & set(MORE_REFUSALS) == set()


def test_every_word_is_chinese_too() -> None:
    chinese = catalogue("zh_CN")
    assert isinstance(chinese, gettext.GNUTranslations)
    missing = [message for message in messages_in_code() if not chinese._catalog.get(message)]  # type: ignore[attr-defined] # what gettext keeps has no public name
    assert missing == []
