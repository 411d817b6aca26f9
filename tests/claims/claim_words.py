"""Rules that a text alone can break: slips, forbidden words, money, one and many, ranges. One rule each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from claim_told import Page, Told, columns

from lgrdata.core.words import NOT_ADDING, OUTCOME_NAMES
from lgrdata.page.blocks import plain

Rule = Callable[[Page], Iterator[str]]
"""Gives a sentence for each fault: what was said, where, and the figures it should have agreed with."""

SLIPS = re.compile(
    r"\bNone\b(?! is| found|:)|\bnan\b|\bNaN\b|\binf\b|[{}]|  |(?<!\.)\.\.(?!\.)| [.,;](?:\s|$)|\(\)"
    r"|[+−]−|£[−-]|−\+|\+\+|: ?\.|,,|^$"
)
NEVER = re.compile(
    r"(?<!Nobody knows that a split )\bwill (?:save|cost)\b|\boptimal\b|\bwinn(?:er|ing)s?\b"
    r"|\bloss(?:es)?\b(?! of (?:sight|hearing))|\bmidpoint\b|\bbelow both\b"
    r"|\b(?:are|by) rates by age\b",
    re.I,
)
MANY = (
    "councils", "districts", "directors", "borders", "residents", "partnerships", "authorities", "counties", "years",
    "services", "proposals", "options", "assumptions", "wards", "trusts", "homes", "points", "people", "areas",
    "households", "measures", "boards", "unitaries", "pieces", "splits", "others", "challenges",
)  # fmt: skip
ONE = (
    "council", "district", "director", "border", "resident", "partnership", "authority", "county", "proposal",
    "assumption", "ward", "trust", "option", "piece", "point",
)  # fmt: skip
_SEVERAL = r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|[1-9]\d+|\d{1,3},\d{3})"
ONE_OF_MANY = re.compile(rf"(?<![\d.,£−+–-])(?:\b1|\b[Oo]ne) ({'|'.join(MANY)})\b")
MANY_OF_ONE = re.compile(
    rf"(?<![\w.,£−+–-])(?i:{_SEVERAL}) ({'|'.join(ONE)})\b(?! (?:tax|services?|lens|level|council|and))"
)
MONEY = re.compile(r"£\d[\d,]*\.\d+m|£0\.\d+ million|£\d[\d,]*\.\d\d(?!\d)|−£0m|\+£0m|(?:of|costs|saves) £0m")
EXACT_MONEY = (
    "published-cases",
    "decision-published",
    "table groupings",
    "| Moves",
    "table evidence-bar | Published",
    "tornado",
    "past-rounds",
    "one-off-ratios",
    "council-tax-paths",
    "cases-",
    "case-misses",
)
"""Where a figure of others, or a rate, is told as it was published; where small sums are told apart in tenths."""
COUNTED = re.compile(rf"(?:{'|'.join(OUTCOME_NAMES.values())}|Residents)(?=$| \(|, (?:mid-)?20)")
"""What a table counts of each council: the head of a column, or the name of a row."""
FIGURE = r"[+−]?£?[\d,]+(?:\.\d+)?[m%k]?"
WITHIN = re.compile(rf"({FIGURE}) \(({FIGURE}) to ({FIGURE})\)")
SPREAD = re.compile(r"(?<![\w,.])(?<!under )([+−]?£[\d,.]+m) to ([+−]?£[\d,.]+m)(?![\w])")


def value(text: str) -> float:
    """The number a told figure stands for; a sum told as next to nothing is taken for it."""
    plain_text = re.sub(r"just (?:above|below) £0|under £1m", "0", text)
    return float(re.sub(r"[£mk%,+]", "", plain_text).replace("−", "-"))


def _found(page: Page, pattern: re.Pattern[str], why: str, but: tuple[str, ...] = ()) -> Iterator[str]:
    for t in page.told:
        if not any(b in t.where for b in but) and (hit := pattern.search(t.text)):
            yield f"{t.where}: {why} at “{hit.group()}” in “{t.text}”"


def no_slips(page: Page) -> Iterator[str]:
    """No field name, missing value, doubled sign or stop, or empty sentence."""
    yield from _found(page, SLIPS, "a slip")


def never_promised(page: Page) -> Iterator[str]:
    """Nothing is promised or crowned, and nothing of an earlier model is said."""
    yield from _found(page, NEVER, "never said")


def one_and_many(page: Page) -> Iterator[str]:
    """One council, two councils."""
    yield from _found(page, ONE_OF_MANY, "one of many")
    yield from _found(page, MANY_OF_ONE, "many of one")


def money_in_whole_millions(page: Page) -> Iterator[str]:
    """No £m with decimals, no pence, no signed or stated nothing: 'under £1m' is the word."""
    yield from _found(page, MONEY, "money", EXACT_MONEY)


DIVIDING = re.compile(r"divid\w+ (?:county services )?in two|the great unknown")


def dividing_is_not_for_a_resident(page: Page) -> Iterator[str]:
    """The cost of dividing in two is for each county resident, whoever lives in the area."""
    for t in page.told:
        if DIVIDING.search(t.text) and re.search(r"\ba resident\b|\bper resident\b|\beach resident\b", t.text):
            yield f"{t.where}: dividing in two is told for each resident in “{t.text}”"


def ranges_hold_their_value(page: Page) -> Iterator[str]:
    """Low, value, high stand in that order."""
    for t in page.told:
        for hit in WITHIN.finditer(t.text):
            at, low, high = map(value, hit.groups())
            if not low <= at <= high:
                yield f"{t.where}: {at} outside {low} to {high} in “{t.text}”"


def spreads_rise(page: Page) -> Iterator[str]:
    """'£2m to £18m' names two figures, the lower first; but for figures at the ends of another range."""
    for t in page.told:
        if "at those ends" in t.where or "unchanged" in t.text or "may be" in t.text or "changed here" in t.text:
            continue
        for hit in SPREAD.finditer(t.text):
            low, high = map(value, hit.groups())
            if low >= high:
                yield f"{t.where}: {low} to {high} does not rise in “{t.text}”"


def estimates_say_four_in_five(page: Page) -> Iterator[str]:
    """A table or chart of people in care with ranges says what the ranges are made to hold."""
    for name in ("people-in-care", "care-rates", "need-by-council", "councils", "care-load"):
        table = page.tables.get(name)
        if table is None or not any(WITHIN.search(plain(c)) for row in table.rows for c in row):
            continue
        said = " ".join((table.caption, *table.head, plain(table.note)))
        if "4 in 5" not in said:
            yield f"table {name}: ranges without what they hold in “{said}”"


def one_label_has_one_figure(page: Page) -> Iterator[str]:
    """The same headline has one value; a council's residents and people in care are one figure in every table."""
    held: dict[tuple[str, str], str] = {}
    found = [((stat.label, ""), stat.value, "stat") for stat in page.view.stats]
    for table in page.tables.values():
        for head, cells in columns(table):
            for name, cell in cells.items():
                for council, what in ((name, head), (head, name)):
                    if (hit := COUNTED.match(what)) and (told := re.match(r"[\d,]+(?=$| )", cell)):
                        found.append(((re.sub(r"^\d+ ", "", council), hit[0]), told[0], table.name))
    for label, told_here, where in found:
        if held.setdefault(label, told_here) != told_here:
            yield f"{where}, {' | '.join(label)}: {told_here}, elsewhere {held[label]}"


def differences_add(page: Page) -> Iterator[str]:
    """Before, now and their difference add as shown, or the table says that rounded figures may not."""
    for name, (a, b, d) in {"crossing": (2, 1, 3), "changed": (1, 2, 3)}.items():
        table = page.tables.get(name)
        if table is None or NOT_ADDING in plain(table.note):
            continue
        for row in table.rows:
            told = [plain(row[k]).replace("no change", "0") for k in (a, b, d)]
            if "not known" in told:
                continue
            was, now, far = (value(re.sub(r" points?| km|−0$", "", x) or "0") for x in told)
            if abs(now - was - far) > 1e-6:
                yield f"table {name}, {plain(row[0])}: {told[0]} to {told[1]} is told as {told[2]}"


def higher_or_lower_agrees(page: Page) -> Iterator[str]:
    """A rate told as higher or lower than the area's is so in the same row; nothing is both."""
    table = page.tables.get("care-rates")
    for row in table.rows if table else ():
        rate, area = (value(plain(row[k]).split()[0]) for k in (1, 2))
        said = plain(row[4])
        if (said.startswith("higher") and rate < area) or (said.startswith("lower") and rate > area):
            yield f"table care-rates, {plain(row[0])}: {rate} is told as {said} than {area}"


def above_or_below_agrees(page: Page) -> Iterator[str]:
    """The distance from the guide points the way that the residents beside it do."""
    for name, at, far in (("size", 1, 2), ("councils", 1, 2)):
        table = page.tables.get(name)
        guide = page.effects.size.guide if page.effects else 0.0
        for row in table.rows if table and table.head[at].startswith("Residents") else ():
            told = plain(row[far])
            if " " in told and told.endswith(("above", "below")):
                n = value(plain(row[at]))
                far_off = abs(abs(n - guide) - value(told.split()[0])) > 0.006 * abs(n - guide) + 1
                if far_off or (n < guide) != told.endswith("below"):
                    yield f"table {name}, {plain(row[0])}: {n} is told as {told} of {guide}"


def growth_names_its_way(page: Page) -> Iterator[str]:
    """What grows rises, what shrinks is not told to grow."""
    for t in page.told:
        if hit := re.search(r"(?:grows?|rising|rises?|more|higher) by −[\d.,]+%?|grows? by (?:−|0%)", t.text):
            yield f"{t.where}: “{hit.group()}” in “{t.text}”"


def two_sides_of_one_comparison_differ(page: Page) -> Iterator[str]:
    """'35.1 against 35.1' gives no reason."""
    for t in page.told:
        for hit in re.finditer(r"about ([\d.,%]+) for each [\d,]+ [^,]+, against ([\d.,%]+)", t.text):
            if hit.group(1) == hit.group(2).rstrip(".") and t.where == "lede":
                yield f"{t.where}: level figures as a reason in “{t.text}”"


def sizes_add(page: Page) -> Iterator[str]:
    """Residents of the councils of a table add to the area's, as the sums hold it."""
    table = page.tables.get("size")
    if table is not None and page.effects is not None:
        said = sum(int(value(plain(row[1]))) for row in table.rows)
        held = int(page.effects.split.population.sum())
        if said != held:
            yield f"table size: {said} residents told of {held}"


def columns_add(page: Page) -> Iterator[str]:
    """The rows of the lens table make its net as shown, or the note says that they may not."""
    table = page.tables.get("three-lenses")
    if table is None or NOT_ADDING in plain(table.note):
        return
    for head, cells in columns(table):
        parts = {k: _whole(v) for k, v in cells.items()}
        made = sum(
            sign * n
            for k, n in parts.items()
            for start, sign in (("Saved", 1), ("Cost of splitting", -1), ("Dearer", -1))
            if k.startswith(start)
        )
        (net,) = (n for k, n in parts.items() if k.startswith("Net a year"))
        if made != net:
            yield f"table three-lenses, {head}: rows make {made}, told {net}"


def shares_add(page: Page) -> Iterator[str]:
    """The parts of one figure shared out make it as shown, or the note says that they may not."""
    for name, column, said in (
        ("splitting-by-service", 1, r"one figure, (−?£[\d,]+m|under £1m|just below £0)"),
        ("council-tax", 5, r"All councils: (−?£[\d,]+m|under £1m)"),
    ):
        table = page.tables.get(name)
        if table is None or NOT_ADDING in plain(table.note) or not (hit := re.search(said, plain(table.note))):
            continue
        made = sum(_whole(plain(row[column])) for row in table.rows)
        if made != _whole(hit.group(1)):
            yield f"table {name}: rows make {made}, told {hit.group(1)}"


def _whole(told: str) -> int:
    if "under" in told or not re.fullmatch(r"[+−]?£[\d,]+m", told):
        return 0
    return int(value(told))


WORDS: tuple[Rule, ...] = (
    one_label_has_one_figure,
    no_slips, never_promised, one_and_many, money_in_whole_millions, dividing_is_not_for_a_resident,
    ranges_hold_their_value, spreads_rise, estimates_say_four_in_five, differences_add, higher_or_lower_agrees,
    above_or_below_agrees, growth_names_its_way, two_sides_of_one_comparison_differ, sizes_add, columns_add, shares_add,
)  # fmt: skip

__all__ = ["WORDS", "Rule", "Told", "value"]
