"""All options listed as a CSV file: code, the council of each authority, every measure, and whether on the frontier."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd

from lgrdata.all_options.options import Options
from lgrdata.core.cells import safe_cell
from lgrdata.core.facts import Ints


def csv_of(options: Options, frontier_rows: Ints) -> bytes:
    """UTF-8 CSV, one row an option; measures under the keys of the `options` command, council numbers from 1.

    Values that do not exist (a break-even where nothing is split) are left blank.
    """
    columns: dict[str, object] = {"code": options.codes(), "councils": options.councils}
    held = options.assignment() + 1
    for n in range(options.blocks.count):
        columns[safe_cell(options.blocks.name(n))] = held[:, n]
    for m in options.available():
        values = options.column(m.key)
        columns[m.key] = np.where(np.isfinite(values), values, np.nan).round(6)
    on = np.zeros(len(options), dtype=np.int8)
    on[frontier_rows] = 1
    columns["on_frontier"] = on
    out = io.StringIO()
    pd.DataFrame(columns).to_csv(out, index=False, lineterminator="\n")
    return out.getvalue().encode()
