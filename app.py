"""Start with `streamlit run app.py`."""

from lgrdata.ui import frame

frame.run()
