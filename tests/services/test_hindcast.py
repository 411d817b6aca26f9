"""`hindcast`: the record as tables for people and as the contract's document, summarised by hand."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from lgrdata.care.hindcast import people
from lgrdata.cli.main import main
from lgrdata.reading.record import care_record

PART = {
    "set", "county", "outcome", "part", "published", "predicted", "low", "high", "population_share",
}  # fmt: skip
SUMMARY = {
    "set", "outcome", "parts", "median_error", "p90_error", "median_error_population_share", "coverage", "nominal",
}  # fmt: skip


def test_the_document_keeps_the_contract_and_metropolitan_adults_are_null(
    real_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hindcast", "--json", "--db", str(real_db)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"people", "summary", "past_rounds", "business_cases", "one_off"}
    assert len(told["people"]) == 4 * 107 and len(told["summary"]) == 12
    for part in told["people"]:
        assert set(part) == PART and set(part["part"]) == {"code", "name"}
        figures = [part[k] for k in ("published", "predicted", "low", "high", "population_share")]
        unknown = (part["set"], part["outcome"]) == ("metropolitan", "adults_long_term_support")
        assert (figures == [None] * 5) if unknown else all(isinstance(f, int) for f in figures)
    for summary in told["summary"]:
        assert set(summary) >= SUMMARY and summary["nominal"] == 0.8
    cumbria = {p["part"]["name"] for p in told["people"] if p["county"] == "Cumbria"}
    assert cumbria == {"Cumberland", "Westmorland and Furness"}


def test_the_summary_by_hand() -> None:
    conn = sqlite3.connect(":memory:")
    conn.executescript(
        """CREATE TABLE place (place_code, name); CREATE TABLE former_county (place_code, county, kind);
        CREATE TABLE care_record (outcome, place_code, published, predicted, low, high, all_ages, age_band);
        INSERT INTO place VALUES ('A', 'East'), ('B', 'West'), ('C', 'North');
        INSERT INTO former_county VALUES ('A', 'Old', 'shire'), ('B', 'Old', 'shire'), ('C', 'Other', 'city');
        INSERT INTO care_record VALUES ('ehc_plans', 'A', 100, 110, 90, 130, 150, 120),
          ('ehc_plans', 'B', 100, 90, 70, 95, 50, 80), ('ehc_plans', 'C', NULL, NULL, NULL, NULL, NULL, NULL);"""
    )
    parts, (shire, city) = people(care_record(conn))
    # Off by a tenth each; the age band by a fifth, all residents by half. West's 100 lies above its range.
    assert (shire.parts, shire.coverage, shire.population_share_of) == (2, 0.5, "the age band concerned")
    assert shire.median_error == pytest.approx(0.1) and shire.p90_error == pytest.approx(0.1)
    assert shire.median_error_population_share == pytest.approx(0.2)
    assert shire.warnings == (
        "Education, health and care plans, former shire counties: the 4 in 5 range holds 50% of 2 parts",
    )
    assert (city.parts, city.median_error, city.coverage, city.warnings) == (0, None, None, ())
    assert [(p.name, p.population_share, p.inside) for p in parts] == [
        ("East", 120, True), ("West", 80, False), ("North", None, None),
    ]  # fmt: skip


def test_text_says_how_close_and_names_what_falls_short(tiny_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hindcast", "--db", str(tiny_db)]) == 0
    out = capsys.readouterr().out
    assert "Former shire counties" in out and "4 in 5" in out
    assert all(name in out for name in ("Adults in long-term support", "Looked-after children"))
