"""The LGR scenario explorer. Start it with `python3 app.py`, which sets up all it needs."""

import sys

from lgrdata import start

if start.inside_streamlit():
    from lgrdata.ui import frame

    frame.run()
elif __name__ == "__main__":
    start.start(sys.argv[1:])
