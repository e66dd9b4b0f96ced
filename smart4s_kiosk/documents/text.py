"""Lines out of running text: Chinese breaks between characters, Latin between words, punctuation where it belongs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smart4s_kiosk.documents.fonts import Weight, width

NEVER_FIRST = frozenset("，。；：！？、）》」』】〉”’…—·,.;:!?)]}%℃°")
NEVER_LAST = frozenset("（《「『【〈“‘([{￥¥$#")
_PIECE = re.compile(r"\n| +|[\x21-\x7e\u00c0-\u024f]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """Text of one weight and colour within a line or paragraph."""

    text: str
    weight: Weight = Weight.REGULAR
    colour: str = ""
    """Empty: the paragraph's."""


@dataclass(frozen=True, slots=True)
class _Piece:
    words: Words
    width: float


def emphasised(text: str) -> tuple[Words, ...]:
    """`Plain **bold** plain` as runs of two weights."""
    parts = text.split("**")
    return tuple(Words(part, Weight.BOLD if place % 2 else Weight.REGULAR) for place, part in enumerate(parts) if part)


def lines(runs: Iterable[Words], size: float, room: float) -> list[tuple[Words, ...]]:
    """The runs broken into lines no wider than `room` points; a word wider than a line is cut."""
    done: list[list[_Piece]] = [[]]
    used = 0.0
    for piece in _pieces(runs, size, room):
        text = piece.words.text
        if text == "\n":
            done.append([])
            used = 0.0
            continue
        if done[-1] and used + piece.width > room and not text.isspace():
            carried = _carried(done[-1], text)
            done.append(carried)
            used = sum(one.width for one in carried)
        if text.isspace() and not done[-1]:
            continue
        done[-1].append(piece)
        used += piece.width
    return [_joined(line) for line in done]


def _carried(line: list[_Piece], following: str) -> list[_Piece]:
    """Pieces taken off the full line's end, so that no comma begins the next one and no bracket ends this one."""
    carried: list[_Piece] = []
    while len(line) > 1 and (following[0] in NEVER_FIRST or line[-1].words.text[-1] in NEVER_LAST):
        carried.insert(0, line.pop())
        following = carried[0].words.text
    return carried


def _pieces(runs: Iterable[Words], size: float, room: float) -> Iterator[_Piece]:
    for run in runs:
        for text in _PIECE.findall(run.text):
            if text == "\n":
                yield _Piece(Words(text, run.weight, run.colour), 0)
                continue
            wide = width(text, run.weight, size)
            parts = [text] if wide <= room else list(text)
            for part in parts:
                part_width = wide if len(parts) == 1 else width(part, run.weight, size)
                yield _Piece(Words(part, run.weight, run.colour), part_width)


def _joined(line: list[_Piece]) -> tuple[Words, ...]:
    """Neighbouring pieces of one look as one; spaces at the end dropped."""
    joined: list[Words] = []
    for piece in line:
        words = piece.words
        if joined and (joined[-1].weight, joined[-1].colour) == (words.weight, words.colour):
            joined[-1] = Words(joined[-1].text + words.text, words.weight, words.colour)
        else:
            joined.append(words)
    if joined:
        joined[-1] = Words(joined[-1].text.rstrip(" "), joined[-1].weight, joined[-1].colour)
    return tuple(joined)
