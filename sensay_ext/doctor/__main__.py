"""Runs `python -m sensay_ext.doctor`."""

import sys

from sensay_ext.doctor._main import main

if __name__ == "__main__":
    sys.exit(main())
