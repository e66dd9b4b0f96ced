"""What a command says when it is refused: one sentence on the error stream, in the reader's language."""

import sys

from smart4s_kiosk.app.commands.command import FAILURE
from smart4s_kiosk.app.settings_reading import SettingsBroken
from smart4s_kiosk.app.settings_words import say_all
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.wording import refusal_words


def refused(command: str, refusal: ShowroomError) -> int:
    """Say it; the exit status."""
    if isinstance(refusal, SettingsBroken):
        print(say_all(refusal), file=sys.stderr)
    else:
        sentence = _("{command}: {words} ({code})")
        said = sentence.format(command=command, words=refusal_words(refusal).words, code=refusal.code)
        print(said, file=sys.stderr)
    return FAILURE
