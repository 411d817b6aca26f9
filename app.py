"""The LGR scenario explorer. Start it with `python3 app.py`, which sets up all it needs."""

import sys

from lgrdata import start

if start.inside_streamlit():
    from export import compare, snapshot
    from export.pack import build
    from lgrdata.ui.frame import frame

    frame.run(snapshot.for_app, compare.for_app, build.for_app, snapshot.sheet_for_app)
elif __name__ == "__main__":
    start.start(sys.argv[1:])
else:
    # `streamlit run` finds this assignment, imports this file and serves what it names.
    from streamlit.starlette import App

    from lgrdata.ui.frame import gate, watch

    app = App(
        __file__,
        routes=watch.routes(),
        middleware=gate.middleware(),
        lifespan=gate.opened,
        on_script_error=watch.on_script_error,
    )
