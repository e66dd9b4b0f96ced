"""`main.py simulate-day`: replays a Saturday and shows what the rule of choosing consultants does to it."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.hub import AnnouncementHub
from smart4s_kiosk.app.places import database_place, vault_folders
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.domain.day_report import PLAIN, Summary, as_table, compare, summary
from smart4s_kiosk.domain.day_scenario import Scenario
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.rotation import BadWeight, Weights
from smart4s_kiosk.storage.open import open_storage
from smart4s_kiosk.vault.opening import has_vault, open_vault

NOW, CHANGED = "weights now", "weights changed"
ROWS: tuple[tuple[str, str], ...] = (
    ("wait_p50_min", "wait for a consultant, half of the parties, min"),
    ("wait_p95_min", "wait for a consultant, 95 % of the parties, min"),
    ("wait_mean_min", "wait for a consultant, mean, min"),
    ("unserved", "left, or still alone at closing"),
    ("fairness_mean", "visits per on-duty hour, most / fewest, mean of days"),
    ("fairness_worst", "visits per on-duty hour, most / fewest, worst day"),
    ("own_kept_share", "own consultant kept (free within 10 min and willing)"),
    ("own_kept_share_with_refusals", "own consultant kept (free within 10 min)"),
    ("skill_matched_share", "consultant knows the wanted model"),
    ("queued", "parties for whom nobody was free at once"),
    ("estimate_error_p90_min", "error of the wait told, 90 %, min"),
    ("first_estimate_error_p90_min", "error of the first wait told, 90 %, min"),
    ("greeted", "greeted by reception while waiting"),
    ("alarms", "alarms (alone for 120 s)"),
    ("wrong_alarms", "alarms missing or too many"),
    ("managers_told", "manager told (alone for 180 s)"),
)


class ScenarioUnreadable(RuleBroken):
    """That file is no readable TOML."""

    code = "scenario.unreadable"


def _table(file: str) -> dict[str, object]:
    try:
        return tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ScenarioUnreadable(file=file, reason=str(error)) from error


def _changes(file: str) -> dict[str, float]:
    changed: dict[str, float] = {}
    for name, value in _table(file).items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadWeight(name=name, value=value)
        changed[name] = value
    return changed


def stored_weights(settings: Settings) -> dict[str, float] | None:
    """The weights in this store's business settings; None where no store is set up. Raises `Unavailable`."""
    folders = vault_folders(settings)
    if not has_vault(folders):
        return None
    clock = SystemClock()
    place = database_place(settings, open_vault(folders, clock))
    storage = open_storage(place, announcer=AnnouncementHub(), clock=clock).storage
    try:
        with storage.look() as view:
            return dict(view.settings.current().weights)
    finally:
        storage.close()


def simulate_day(
    scenario_file: str, *, stored: Mapping[str, float] | None = None, weights_file: str | None, as_json: bool
) -> str:
    """What to print: every seed's day under plain picking, the weights now and, when given, changed weights.

    `stored` are the weights in the store's business settings (None: no store, the rule's own weights); what
    `weights_file` names is put over them. Raises ScenarioUnreadable, BadScenario or BadWeight.
    """
    scenario = Scenario.of(_table(scenario_file))
    rules = {NOW: Weights.of(stored or {})}
    if weights_file:
        rules[CHANGED] = Weights.of({**(stored or {}), **_changes(weights_file)})
    found = {name: summary(days) for name, days in compare(scenario, scenario.seeds, rules).items()}
    if as_json:
        return json.dumps(_as_json(scenario, rules, found, stored), ensure_ascii=False, indent=1)
    return "\n".join([*_as_lines(scenario, found), "", *_weight_lines(rules, stored)])


def _weight_lines(rules: Mapping[str, Weights], stored: Mapping[str, float] | None) -> list[str]:
    """Where the weights of now come from, and each that the changed ones move."""
    where = "this store's business settings" if stored is not None else "the rule itself (no store on this machine)"
    lines = [f"{NOW}: from {where}"]
    if CHANGED in rules:
        before, after = asdict(rules[NOW]), asdict(rules[CHANGED])
        moved = [f"{name} {before[name]:g} to {after[name]:g}" for name in before if before[name] != after[name]]
        lines.append(f"{CHANGED}: {', '.join(moved) or 'nothing changed'}")
    return lines


def _as_json(
    scenario: Scenario,
    rules: Mapping[str, Weights],
    found: dict[str, Summary],
    stored: Mapping[str, float] | None,
) -> dict[str, object]:
    return {
        "scenario": scenario.name,
        "seeds": [scenario.first_seed, scenario.last_seed],
        "parties": scenario.parties * len(scenario.seeds),
        "weights_from": "default" if stored is None else "business_settings",
        "weights": {name.replace(" ", "_"): asdict(one) for name, one in rules.items()},
        "rules": {name.replace(" ", "_"): as_table(one) for name, one in found.items()},
        "compared_with_plain_picking": {
            name.replace(" ", "_"): _gains(found[PLAIN], one) for name, one in found.items() if name != PLAIN
        },
    }


def _gains(plain: Summary, one: Summary) -> dict[str, float]:
    shorter = 1 - one.wait_p95_min / plain.wait_p95_min if plain.wait_p95_min else 0.0
    return {"p95_shorter": round(shorter, 3), "unserved": round(one.unserved / max(1, plain.unserved), 3)}


def _as_lines(scenario: Scenario, found: dict[str, Summary]) -> list[str]:
    tables = [as_table(one) for one in found.values()]
    width = max(len(words) for _, words in ROWS)
    days = f"{len(scenario.seeds)} days (seeds {scenario.first_seed} to {scenario.last_seed})"
    lines = [f"{scenario.name}: {scenario.parties} parties, {scenario.consultants} consultants, {days}", ""]
    lines.append(" " * width + "".join(f"{name:>17}" for name in found))
    for key, words in ROWS:
        lines.append(f"{words:<{width}}" + "".join(f"{_number(key, table):>17}" for table in tables))
    lines.append("")
    for name, one in found.items():
        if name != PLAIN:
            gains = _gains(found[PLAIN], one)
            lines.append(
                f"{name}: 95 % wait {gains['p95_shorter']:.0%} shorter than {PLAIN}, "
                f"left unserved {gains['unserved']:.0%} of it"
            )
    return lines


def _number(key: str, table: dict[str, float]) -> str:
    if key.endswith("_error_p90_min") and not table["estimates"]:
        return "-"
    value = table[key]
    return str(int(value)) if value == int(value) else f"{value:.2f}"
