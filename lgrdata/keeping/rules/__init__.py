"""The rules of the dataset: each a sentence that must be true, and a query for the rows that break it."""

from __future__ import annotations

from lgrdata.keeping.rules.agree import RULES as AGREE
from lgrdata.keeping.rules.base import Rule
from lgrdata.keeping.rules.evidence import RULES as EVIDENCE
from lgrdata.keeping.rules.figures import RULES as FIGURES
from lgrdata.keeping.rules.form import RULES as FORM
from lgrdata.keeping.rules.ground import RULES as GROUND
from lgrdata.keeping.rules.people import RULES as PEOPLE
from lgrdata.keeping.rules.places import RULES as PLACES
from lgrdata.keeping.rules.proposals import RULES as PROPOSALS
from lgrdata.keeping.rules.shares import RULES as SHARES
from lgrdata.keeping.rules.totals import RULES as TOTALS
from lgrdata.keeping.rules.vintages import RULES as VINTAGES
from lgrdata.keeping.rules.words import RULES as WORDS

ALL: tuple[Rule, ...] = (
    *(*FORM, *WORDS, *PLACES, *GROUND, *PEOPLE, *FIGURES, *AGREE, *TOTALS, *VINTAGES),
    *(*PROPOSALS, *EVIDENCE, *SHARES),
)
"""Every rule, in the order in which faults are told: form first, since the rest reads the data."""
