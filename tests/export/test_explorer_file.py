"""The explorer as a file: sealed by its policy, the same bytes twice, and small."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date

import pytest

from export.explorer.page import explorer, other_names
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset

MADE = date(2026, 11, 30)
MOST, MOST_WITH_WARDS = 700_000, 1_600_000
"""Bytes of a page by authorities, and with wards."""


def _data(page: str, name: str) -> object:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found, name
    return json.loads(found[1])


def test_only_its_own_script_may_run_and_nothing_may_be_fetched(dataset: Dataset) -> None:
    page = explorer(dataset, "surrey", made=MADE).decode()
    (script,) = re.findall(r"<script>(.*?)</script></body>", page, re.DOTALL)
    named = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{named}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )
    assert len(re.findall(r"<script", page)) == 4  # three hold data, which no browser runs
    fetches = r"<(link(?! rel=.icon. href=.data:)|iframe|img|object|embed|form)\b"
    assert not re.search(fetches + r"|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon", page)
    assert "page made 30 November 2026; a newer one may exist" in page and dataset.version in page


def test_the_same_input_gives_the_same_bytes(dataset: Dataset) -> None:
    once = explorer(dataset, "oxfordshire", made=MADE, wards=True, app="https://example.gov.uk/lgr/")
    assert once == explorer(dataset, "oxfordshire", made=MADE, wards=True, app="https://example.gov.uk/lgr?x=1")
    settings = {"app": "https://example.gov.uk/lgr", "names": other_names(dataset.facts("oxfordshire"))}
    assert _data(once.decode(), "settings") == settings
    with pytest.raises(LgrError, match="give the app's web address"):
        explorer(dataset, "oxfordshire", made=MADE, app="javascript:alert(1)")


@pytest.mark.parametrize("area_ids", [("essex-southend-thurrock",), pytest.param((), marks=pytest.mark.slow)])
def test_a_page_is_small(dataset: Dataset, area_ids: tuple[str, ...]) -> None:
    for area_id in area_ids or [a.area_id for a in dataset.areas]:
        assert len(explorer(dataset, area_id, made=MADE)) < MOST, area_id
        assert len(explorer(dataset, area_id, made=MADE, wards=True)) < MOST_WITH_WARDS, area_id
