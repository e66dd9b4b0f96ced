"""The scripted visit of `make demo`, as a person starts it without a display, with everything that it leaves behind."""

from pathlib import Path

import pytest

from benchmarks.goals import missing
from benchmarks.visit import measure


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_step_is_done_on_real_input_and_leaves_its_papers(tmp_path: Path) -> None:
    result = measure(tmp_path / "demo-output")
    assert (result["stopped_at"], result["exit_status"]) == ("", 0)
    assert missing("visit", result) == []
    assert len(result["steps"]) >= 14
    assert result["codes_decoded"], "a quote's code decodes from its screenshot"
    assert set(result["fonts"]) == {"agreement.pdf", "quote.pdf"}
    assert all(all(fonts.values()) for fonts in result["fonts"].values()), "embedded subsets only"
    pictures = list((tmp_path / "demo-output").glob("*.png"))
    assert len(pictures) >= 20
    page = (tmp_path / "demo-output" / "index.html").read_text(encoding="utf-8")
    assert [picture.name for picture in pictures if picture.name not in page] == []
