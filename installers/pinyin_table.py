"""Builds resources/pinyin/table.txt: each syllable with its characters, commonest first (pypinyin + jieba, both MIT).

Run by hand when a source changes: `.venv/bin/python installers/pinyin_table.py` (needs pypinyin and jieba installed).
"""

import math
from collections import defaultdict
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "pinyin" / "table.txt"


def plain(syllable: str) -> str:
    return to_normal(syllable).replace("ü", "v").replace("ê", "e").strip()


def uses() -> dict[tuple[str, str], float]:
    """How often each character is read each way in jieba's words."""
    counted: dict[tuple[str, str], float] = defaultdict(float)
    source = Path(jieba.__file__).with_name("dict.txt")
    for line in source.read_text(encoding="utf-8").splitlines():
        word, often, *_kind = line.split(" ")
        readings = lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore")
        if len(readings) == len(word):
            for sign, reading in zip(word, readings, strict=True):
                counted[sign, plain(reading)] += float(often)
    return counted


def table() -> dict[str, str]:
    """Syllable to characters; the rare ones follow in code order, so that every character can be reached."""
    often = uses()
    ranked: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for code, readings in PINYIN_DICT.items():
        names = [plain(reading) for reading in readings.split(",")]
        for place, syllable in enumerate(dict.fromkeys(names)):
            if syllable.isascii() and syllable.isalpha():
                weight = math.log1p(often.get((chr(code), syllable), 0.0))
                ranked[syllable].append((-weight + 0.01 * place, code))
    return {syllable: "".join(chr(code) for _w, code in sorted(rows)) for syllable, rows in sorted(ranked.items())}


if __name__ == "__main__":
    made = table()
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("".join(f"{syllable}\t{signs}\n" for syllable, signs in made.items()), encoding="utf-8")
    print(len(made), "syllables", sum(map(len, made.values())), "characters")
