"""What every test shares: an offscreen Qt, chosen before the first import."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication

from smart4s_kiosk.i18n import use_language

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# How fast something is, benchmarks measure: a busy machine must not make an example "flaky". And the examples are the
# same in every run; `pytest --hypothesis-profile explore` looks for others.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same-everywhere", settings.get_profile("explore"), derandomize=True)
settings.load_profile("same-everywhere")

pytest_plugins = ("tests.postgres", "tests.contracts.cloud_database", "tests.showroom_databases")

# As the desktop does (ui/collector.py): a widget that a worker thread's collection frees aborts the process.
gc.disable()
TESTS_A_COLLECTION = 20
_since_collection = 0


def pytest_collection_finish() -> None:
    """What importing made lives as long as the run: a collection need not look at it again (0.4 s each time)."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def speak_chinese_first() -> None:
    """The language belongs to the process: what one test chose, the next would speak."""
    use_language("zh_CN")


@pytest.fixture(autouse=True)
def collect_on_the_main_thread() -> Iterator[None]:
    yield
    global _since_collection
    _since_collection += 1
    if _since_collection >= TESTS_A_COLLECTION and QCoreApplication.instance() is not None:
        _since_collection = 0
        gc.collect()
