"""话术: what good consultants say, by topic; found by a word, shown large, never typed again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """One answer that can be read out, shown or copied."""

    topic: str
    question: str
    answer: str
    models: tuple[str, ...] = ()
    """Models it is about; empty: any."""


class Phrases:
    """The library of one store."""

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self._phrases = phrases

    def topics(self) -> tuple[str, ...]:
        """Each topic once, in the library's order."""
        return tuple(dict.fromkeys(one.topic for one in self._phrases))

    def find(self, topic: str = "", words: str = "") -> tuple[Phrase, ...]:
        """Phrases of a topic, or those that hold every typed word."""
        wanted = words.lower().split()
        return tuple(
            one
            for one in self._phrases
            if (not topic or one.topic == topic)
            and all(w in f"{one.question} {one.answer} {' '.join(one.models)}".lower() for w in wanted)
        )
