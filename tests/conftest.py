"""What every test shares: an offscreen Qt, chosen before the first import."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ("tests.postgres", "tests.contracts.cloud_database", "tests.showroom_databases")
