"""The page that a phone opens: the same letters as the code, and it reads and checks a real link."""

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cloud_connector.api.quote_page import PAGE
from smart4s_kiosk.documents.qr import (
    KIND_LETTERS,
    LINE_LETTERS,
    NOTE_LETTERS,
    SIGNED_UNDER,
    SUBSIDY_LETTERS,
    QuoteCodes,
    open_quote_link,
)
from tests.builders_documents import STORE
from tests.builders_quotes import a_full_quote
from tests.integration.documents.test_qr import SIGNER

HTML = PAGE.read_text(encoding="utf-8")
SCRIPT = re.findall(r"<script>(.*?)</script>", HTML, re.DOTALL)[0]


def test_the_page_knows_every_letter_of_the_code() -> None:
    words = json.loads(re.search(r"const WORDS = (\{.*?\n\});", SCRIPT, re.DOTALL).group(1))  # type: ignore[union-attr] # the script holds its words
    assert set(words["lines"]) == set(LINE_LETTERS.values())
    assert set(words["kinds"]) == set(KIND_LETTERS.values())
    assert set(words["notes"]) == set(NOTE_LETTERS.values())
    assert set(words["subsidies"]) == set(SUBSIDY_LETTERS.values())
    assert json.dumps(SIGNED_UNDER.decode()) in SCRIPT


def test_the_page_asks_nothing_of_any_server() -> None:
    assert "default-src 'none'" in HTML
    assert not re.search(r"(?:src|href)\s*=\s*[\"']|fetch\(|XMLHttpRequest|innerHTML", HTML)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node to run the page's script")
def test_the_script_reads_a_link_and_tells_a_true_signature_from_a_false_one(tmp_path: Path) -> None:
    link = QuoteCodes(SIGNER).quote_link(a_full_quote(), STORE, "王静", page="https://connector.example/q/k")
    fragment = link.partition("#")[2]
    key = base64.b64encode(SIGNER.public_key()).decode()
    other = base64.b64encode(bytes(32)).decode()
    run = """
    (async () => {
      const link = await unpack(process.argv[2]);
      const good = await verdict(link, [process.argv[3]]), none = await verdict(link, []), other = await verdict(link, [process.argv[4]]);
      link.signature[7] ^= 1;
      let refused = "";
      try { await unpack("12345"); } catch (error) { refused = error.message; }
      console.log(JSON.stringify({facts: link.facts, good, none, other, bad: await verdict(link, [process.argv[3]]), refused}));
    })();
    """
    program = tmp_path / "page.js"
    program.write_text(SCRIPT + run, encoding="utf-8")
    said = subprocess.run(
        ["node", str(program), fragment, key, other], capture_output=True, text=True, timeout=60, check=True
    )
    answer = json.loads(said.stdout)
    assert answer["facts"] == open_quote_link(link).facts
    assert answer["other"] == "wrong", "signed by a key that this showroom does not have"
    assert (answer["good"], answer["bad"], answer["none"], answer["refused"]) == ("valid", "wrong", "unknown", "link")
