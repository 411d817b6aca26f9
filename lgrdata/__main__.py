"""`python -m lgrdata`."""

import sys

from lgrdata.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
