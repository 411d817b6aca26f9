"""`python -m lgrdata`."""

import sys

from lgrdata.cli import main

if __name__ == "__main__":
    sys.exit(main())
