"""What `simulate-day` prints and refuses."""

import json
from pathlib import Path

import pytest

from smart4s_kiosk.app.simulate_day import ScenarioUnreadable, simulate_day
from smart4s_kiosk.domain.rotation import BadWeight

SMALL = "parties = 20\nconsultants = 3\nlast_seed = 2\n"


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    file = tmp_path / "day.toml"
    file.write_text(SMALL, encoding="utf-8")
    return str(file)


def test_json_shows_plain_picking_the_weights_and_the_changed_ones(scenario: str, tmp_path: Path) -> None:
    weights = tmp_path / "weights.toml"
    weights.write_text("fair_share = 0\nskill = 50\n", encoding="utf-8")
    shown = json.loads(simulate_day(scenario, weights_file=str(weights), as_json=True))
    assert list(shown["rules"]) == ["plain_picking", "weights_now", "weights_changed"]
    assert shown["parties"] == 40
    assert shown["rules"]["weights_now"] != shown["rules"]["weights_changed"]
    assert shown["rules"]["weights_now"]["wrong_alarms"] == 0
    assert shown["weights_from"] == "default"


def test_the_changed_weights_are_put_over_the_stores_own(scenario: str, tmp_path: Path) -> None:
    weights = tmp_path / "weights.toml"
    weights.write_text("skill = 50\n", encoding="utf-8")
    stored = {"fair_share": 3.0, "skill": 2.0}
    shown = json.loads(simulate_day(scenario, stored=stored, weights_file=str(weights), as_json=True))
    assert shown["weights_from"] == "business_settings"
    now, changed = shown["weights"]["weights_now"], shown["weights"]["weights_changed"]
    assert (now["fair_share"], now["skill"]) == (3.0, 2.0)
    assert (changed["fair_share"], changed["skill"]) == (3.0, 50.0)
    text = simulate_day(scenario, stored=stored, weights_file=str(weights), as_json=False)
    assert "weights now: from this store's business settings" in text
    assert text.endswith("weights changed: skill 2 to 50")


def test_the_table_names_what_it_measures(scenario: str) -> None:
    text = simulate_day(scenario, weights_file=None, as_json=False)
    assert "alarms missing or too many" in text
    assert "weights now: 95 % wait" in text


def test_a_broken_file_or_weight_is_said(scenario: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("= 3", encoding="utf-8")
    for file in (str(broken), str(tmp_path / "none.toml")):
        with pytest.raises(ScenarioUnreadable):
            simulate_day(file, weights_file=None, as_json=True)
    broken.write_text('skill = "much"', encoding="utf-8")
    with pytest.raises(BadWeight):
        simulate_day(scenario, weights_file=str(broken), as_json=True)
