"""The recovery sheet: the store's key as twelve words to type and as one code to scan.

Each byte is one pinyin syllable, which every keyboard can type and both languages can read. Four lines of three words;
the last syllable of a line checks the line, so a slip is found where it was made.
"""

import base64
import binascii
import difflib
import hashlib
import hmac
import re

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.ports.vault import RecoverySheet
from smart4s_kiosk.vault.sealing import KEY_BYTES, Key
from smart4s_kiosk.vault.syllables import SYLLABLES

LINES = 4
_DATA_PER_LINE = KEY_BYTES // LINES
_PER_LINE = _DATA_PER_LINE + 1
_PER_WORD = 3
_CODE_HEAD = "S4SKEY1:"
_CODE_CHECK_BYTES = 4
_NUMBER_OF = {syllable: number for number, syllable in enumerate(SYLLABLES)}


class SheetUnreadable(RuleBroken):
    """What was typed or scanned is not a recovery sheet."""

    code = "vault.sheet_unreadable"


class SheetLineWrong(RuleBroken):
    """A line of the recovery sheet has a slip: `line` counts from 1, `word` is what was not understood, if one."""

    code = "vault.sheet_line_wrong"


def sheet_of(key: Key) -> RecoverySheet:
    """The sheet of a store's key. Whoever reads it can open the store's backups: print it, do not keep it."""
    lines = []
    for number in range(LINES):
        data = key.secret[number * _DATA_PER_LINE : (number + 1) * _DATA_PER_LINE]
        syllables = [SYLLABLES[byte] for byte in data + _line_check(number, data)]
        words = ["-".join(syllables[at : at + _PER_WORD]) for at in range(0, _PER_LINE, _PER_WORD)]
        lines.append(" ".join(words))
    body = key.secret + hashlib.sha256(key.secret).digest()[:_CODE_CHECK_BYTES]
    return RecoverySheet(tuple(lines), _CODE_HEAD + base64.b32encode(body).decode("ascii").rstrip("="))


def key_of(text: str) -> Key:
    """The key on a sheet, typed or scanned. Raises SheetUnreadable, SheetLineWrong."""
    cleaned = text.strip()
    return _key_of_code(cleaned) if cleaned.upper().startswith(_CODE_HEAD) else _key_of_words(cleaned)


def _key_of_words(text: str) -> Key:
    syllables = re.findall(r"[a-z]+", text.lower())
    for at, syllable in enumerate(syllables[: LINES * _PER_LINE]):
        if syllable not in _NUMBER_OF:
            near = difflib.get_close_matches(syllable, SYLLABLES, n=3, cutoff=0.5)
            raise SheetLineWrong(line=at // _PER_LINE + 1, word=syllable, near=", ".join(near))
    if len(syllables) != LINES * _PER_LINE:
        raise SheetUnreadable(syllables=len(syllables), expected=LINES * _PER_LINE)
    secret = b""
    for number in range(LINES):
        line = bytes(_NUMBER_OF[s] for s in syllables[number * _PER_LINE : (number + 1) * _PER_LINE])
        if not hmac.compare_digest(_line_check(number, line[:-1]), line[-1:]):
            raise SheetLineWrong(line=number + 1, word="", near="")
        secret += line[:-1]
    return Key(secret)


def _key_of_code(text: str) -> Key:
    body = re.sub(r"\s", "", text[len(_CODE_HEAD) :]).upper()
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except (binascii.Error, ValueError):
        raise SheetUnreadable(syllables=0, expected=LINES * _PER_LINE) from None
    secret, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if len(raw) != KEY_BYTES + _CODE_CHECK_BYTES or hashlib.sha256(secret).digest()[:_CODE_CHECK_BYTES] != check:
        raise SheetUnreadable(syllables=0, expected=LINES * _PER_LINE)
    return Key(secret)


def _line_check(number: int, data: bytes) -> bytes:
    return hashlib.sha256(bytes([number]) + data).digest()[:1]
