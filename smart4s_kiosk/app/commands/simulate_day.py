"""`main.py simulate-day SCENARIO.toml [--json] [--weights FILE]`."""

from argparse import ArgumentParser, Namespace

from smart4s_kiosk.app.commands.command import SUCCESS, Command
from smart4s_kiosk.app.commands.settings import settings_of


def _run(arguments: Namespace) -> int:
    from smart4s_kiosk.app.simulate_day import simulate_day, stored_weights

    stored = stored_weights(settings_of(arguments))
    print(simulate_day(arguments.scenario, stored=stored, weights_file=arguments.weights, as_json=arguments.json))
    return SUCCESS


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("scenario", metavar="SCENARIO.toml", help="the day; resources/scenarios/saturday.toml ships")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--weights",
        metavar="FILE",
        help="changed weights (TOML), put over the store's own of now and shown beside them",
    )


COMMAND = Command("simulate-day", "replay a day and show waits, fairness and alarms", _run, _arguments)
