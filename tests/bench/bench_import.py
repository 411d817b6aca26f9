"""Times what files of 5 MB take to open, and their memory: `python tests/bench/bench_import.py`. Asserts nothing."""

from __future__ import annotations

import io
import json
import os
import random
import resource
import sys
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
from bench_effects import timed
from openpyxl import Workbook

from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.splits.assignment.reader import Choices
from lgrdata.splits.naming import block_assignment

SIZE = 4_990_000
AREA = "hampshire-solent"


def main() -> None:
    """Print the table."""
    data = current()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors, dataset {data.version}")
    data.facts(AREA)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, content in (
        ("table.csv", table(data)),
        ("places.xlsx", workbook(data)),
        ("councils.geojson", circles(3, 33_000)),
        ("blocks.geojson", circles(300, 330)),
    ):
        timed(f"{name}, {len(content) / 1e6:.1f} MB", lambda n=name, c=content: opened(data, n, c), 5)
    print(f"memory {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB more at its peak")


def opened(data: Dataset, name: str, content: bytes) -> None:
    """Read a file as the app does, faults and all."""
    with suppress(LgrError):
        block_assignment(data.conn, data.facts(AREA), content, name, Choices(unfinished=True))


def table(data: Dataset) -> bytes:
    """Every ward with its council, over and over, in rows as long as it takes."""
    wards = data.facts(AREA).wards
    rows = [f'{w.code},"{w.name}",{"x" * 200},{n % 3}' for n, w in enumerate(wards * 60)]
    return ("code,name,note,council\n" + "\n".join(rows)).encode()[:SIZE]


def workbook(data: Dataset) -> bytes:
    """As many cells as are read, none like another."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    chance = random.Random(1)
    for n, ward in enumerate(data.facts(AREA).wards * 40):
        sheet.append([ward.code, ward.name, n % 3, str(chance.random())])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def circles(many: int, points: int) -> bytes:
    """Round polygons over the area, as fine as 5 MB allow."""
    chance = random.Random(1)
    angle = np.linspace(0, 2 * np.pi, points)
    features = []
    for n in range(many):
        middle = np.array([-1.3 + chance.random() * 0.8 - 0.4, 51.0 + chance.random() * 0.6 - 0.3])
        ring = middle + 0.4 / many**0.5 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        features.append({
            "type": "Feature", "properties": {"name": f"Council {n % 3}"},
            "geometry": {"type": "Polygon", "coordinates": [ring.round(15).tolist()]},
        })  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


if __name__ == "__main__":
    main()
