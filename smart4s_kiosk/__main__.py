"""`python -m smart4s_kiosk`: the same commands as main.py."""

import sys

from smart4s_kiosk.cli import main

sys.exit(main())
