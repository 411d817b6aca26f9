"""Files inside a zip, Word's and Excel's among them, with one date throughout: the same input gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a zip, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def repacked(data: bytes, made: date) -> bytes:
    """An Office file as one made on a day, at no hour: its own stamps of the time are replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts = {entry.filename: held.read(entry) for entry in held.infolist()}
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = _STAMP.sub(rb"\g<1>" + f"{made.isoformat()}T00:00:00Z".encode() + rb"\g<2>", parts[core])
    return packed(parts)
