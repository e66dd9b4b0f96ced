"""The command line: what is asked wrongly is said in one sentence, and what is refused too."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

import pytest

from smart4s_kiosk.app.commands.command import FAILURE, SUCCESS, Command, CommandGroup
from smart4s_kiosk.app.commands.refused import refused
from smart4s_kiosk.cli import COMMANDS, build_parser, main
from smart4s_kiosk.domain.price_book import ModelNotInBook
from smart4s_kiosk.i18n import language, use_language
from smart4s_kiosk.services.staff_list import ImportRefused


@pytest.fixture(autouse=True)
def keep_the_language() -> Iterator[None]:
    before = language()
    yield
    use_language(before)


def add_number(parser: ArgumentParser) -> None:
    parser.add_argument("--number", type=int, required=True)


def refuse(_arguments: Namespace) -> int:
    raise ModelNotInBook


def interrupted(_arguments: Namespace) -> int:
    raise KeyboardInterrupt


SOME = (
    Command("count", "counts", lambda arguments: int(arguments.number), add_number),
    CommandGroup("print", "paper", (Command("slip", "prints", refuse), Command("long", "prints", interrupted))),
)


def test_a_command_gets_its_arguments_and_gives_its_status() -> None:
    assert main(["count", "--number", "4"], SOME) == 4


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh_CN", "没有这款车"), ("en", "does not have this model")],
)
def test_a_refusal_is_one_sentence_on_the_error_stream_in_the_readers_language(
    language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", language, "print", "slip"], SOME) == FAILURE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("slip")
    assert words in said.err
    assert said.err.count("\n") == 1


def test_every_refusal_of_the_showroom_has_words_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """What a command refuses is never the exception's own text with its facts."""
    refused("staff import", ImportRefused(rows="2, 5"))
    said = capsys.readouterr().err
    assert "2, 5" in said
    assert "rows=" not in said


def test_an_interrupted_command_ends_quietly() -> None:
    assert main(["print", "long"], SOME) == SUCCESS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "required"),
        (["nonsense"], "nonsense"),
        (["count"], "--number"),
        (["count", "--number", "many"], "many"),
        (["count", "--number", "1", "--loud"], "--loud"),
        (["print"], "required"),
        (["print", "book"], "book"),
    ],
)
def test_what_is_asked_wrongly_is_said_with_the_way_to_help(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words, SOME)
    assert end.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert said in lines[0]
    assert lines[1].endswith("--help")


def test_every_real_command_has_help_and_a_name_of_its_own() -> None:
    names = [item.name for item in COMMANDS]
    assert len(set(names)) == len(names)
    assert all(item.help for item in COMMANDS)
    assert build_parser().format_help().startswith("usage: main.py")
