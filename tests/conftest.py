"""What every test shares: an offscreen Qt, chosen before the first import."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# How fast something is, benchmarks measure: a busy machine must not make an example "flaky".
settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")

pytest_plugins = ("tests.postgres", "tests.contracts.cloud_database", "tests.showroom_databases")
