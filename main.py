"""Start-up line of Smart 4S Kiosk."""

import sys

from smart4s_kiosk.cli import main

if __name__ == "__main__":
    sys.exit(main())
