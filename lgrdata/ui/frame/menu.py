"""The pages of the app: address, file and title."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageFile:
    file: str
    title: str
    shown: bool = True


PAGES: dict[str, PageFile] = {
    "": PageFile("pages/start.py", "Start"),
    "redraw": PageFile("pages/redraw.py", "Redraw"),
    "effects": PageFile("pages/effects.py", "What it does"),
    "share": PageFile("pages/share.py", "Share out"),
    "partnerships": PageFile("pages/partnerships.py", "Partnerships"),
    "options": PageFile("pages/options.py", "Every option"),
    "compare": PageFile("pages/compare.py", "Compare"),
    "case_studies": PageFile("pages/case_studies.py", "Case studies"),
    "evidence": PageFile("pages/evidence.py", "Evidence"),
    "figures": PageFile("pages/figures.py", "Every figure", shown=False),
    "accessibility": PageFile("pages/accessibility.py", "Accessibility", shown=False),
    "privacy": PageFile("pages/privacy.py", "Privacy", shown=False),
}
"""By address, in the order of the menu."""

NEXT: dict[str, tuple[str, str]] = {
    "": ("redraw", "Next: redraw"),
    "redraw": ("effects", "Next: what it does"),
    "effects": ("share", "Next: share out"),
    "share": ("partnerships", "Next: partnerships"),
    "partnerships": ("options", "Next: every option"),
    "options": ("compare", "Next: compare"),
    "compare": ("case_studies", "Next: case studies"),
    "case_studies": ("evidence", "Next: evidence"),
    "evidence": ("figures", "Next: every figure"),
    "figures": ("", "Back to the start"),
    "accessibility": ("", "Back to the start"),
    "privacy": ("", "Back to the start"),
}
"""The page that follows each page, in the order of thought, and the words of the way there."""
