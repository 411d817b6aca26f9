"""Places of an area as files name them: codes, former codes, names, former names and spellings."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from typing import NamedTuple

from lgrdata.core.facts import AreaFacts

_APOSTROPHES = re.compile("['’‘`´ʼ＇′]")
_DASHES = re.compile(r"(?<=\w)\s*[-‐‑‒–—−_]+\s*(?=\w)")
_NOUGHTS = re.compile(r"(?<![\w.])0+(?=[0-9])")
_POINT_NOUGHT = re.compile(r"([0-9]+)\.0+")
_CODE = re.compile(r"[A-Z][0-9]{8}")
_OFFICE = re.compile(
    r"^(the )?((royal )?borough|city|district|county borough) (council )?of "
    r"| (county |city |borough |district |metropolitan |unitary )*(council|authority|district|borough|city)"
    r"( \(?(b|ua|district|borough)\)?)?$| (cc|bc|dc|mbc|ua)$| \((b|ua|district|borough|city)\)$"
)
_TOKENS = re.compile(r"[;,|\n]|\s/\s")
LONGEST = 120


class Place(NamedTuple):
    """A block that a text names; `former`: by what it was once called or coded; `part`: a place now part of it."""

    code: str
    former: str = ""
    part: str = ""


def alike(text: str) -> str:
    """What names have in common that differ in case, blanks, apostrophes, dashes, `&`, a leading zero alone."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    plain = _NOUGHTS.sub("", _DASHES.sub(" ", _APOSTROPHES.sub("", plain)).strip())
    number = _POINT_NOUGHT.fullmatch(plain)
    return number[1] if number else "".join(plain.split())


def code_like(text: str) -> bool:
    """True for a text in the form of the Office for National Statistics' codes."""
    return len(text) == 9 and _CODE.fullmatch(text.upper()) is not None


class Places:
    """Finds the blocks of one area by any text that names them; what was found once is remembered."""

    def __init__(self, facts: AreaFacts) -> None:
        self.facts = facts
        self.names = {a.code: a.name for a in facts.authorities} | {w.code: w.name for w in facts.wards}
        self.parent = {w.code: w.authority_code for w in facts.wards}
        self._named: dict[str, list[Place]] = defaultdict(list)
        self._coded = {code: Place(code) for code in self.names}
        self.parts: dict[str, dict[str, str]] = defaultdict(dict)
        """By authority: the places that were merged into it, and when."""
        for code, name in self.names.items():
            self._named[_key(name)].append(Place(code))
        for h in facts.history:
            place = Place(h.authority_code, h.former, h.part)
            if h.part:
                self.parts[h.authority_code][h.part] = h.until
            if h.kind == "code":
                self._coded.setdefault(h.former, place)
            elif _key(h.former) not in self._named:
                spelling = Place(h.authority_code) if h.kind == "spelling" else place
                self._named[_key(h.former)].append(spelling)
        self._found: dict[str, tuple[Place, ...]] = {}

    def find(self, text: str) -> tuple[Place, ...]:
        """Every block that a text may name: one, none, or several of one name."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._look(text) if 0 < len(text) <= LONGEST else ()
        return found

    def _look(self, text: str) -> tuple[Place, ...]:
        upper = text.upper()
        if upper in self._coded:
            return (self._coded[upper],)
        codes = set(_CODE.findall(upper))
        if len(codes) == 1 and not _TOKENS.search(text):
            held = self._coded.get(codes.pop())
            return (held,) if held else ()
        if codes:
            return ()
        named = self._named.get(_key(text))
        if not named:
            shorter = _OFFICE.sub("", " ".join(text.casefold().split()))
            named = self._named.get(_key(shorter), [])
        lone = [p for p in named if p.code not in self.parent]
        return tuple(lone or named)

    def one(self, text: str, within: frozenset[str] = frozenset()) -> Place | None:
        """The block that a text names, in one of the authorities `within` where given; None for none or several."""
        found = self.find(text)
        if len(found) > 1 and within:
            found = tuple(p for p in found if self.parent.get(p.code) in within)
        return found[0] if len(found) == 1 else None

    def members(self, text: str) -> list[str]:
        """The parts of a cell that lists places, where two or more of them are some; [] else."""
        if len(text) < 5 or len(text) > 20_000 or not _TOKENS.search(text):
            return []
        tokens = [t for part in _TOKENS.split(text) if (t := part.strip())]
        return tokens if len(tokens) > 1 and sum(bool(self.find(t)) for t in tokens) > 1 else []

    def close_to(self, text: str) -> str:
        """A name of the area much like a text, with its code; '' where there is none."""
        keys = difflib.get_close_matches(_key(text[:LONGEST]), list(self._named), 1, 0.8)
        if not keys:
            return ""
        code = self._named[keys[0]][0].code
        return f"{self.names[code]} ({code})"


def authority_meant(facts: AreaFacts, text: str) -> str:
    """The code of the one authority that a text names by any name or code, former ones too; '' for none or several."""
    place = Places(facts).one(text.strip())
    return place.code if place is not None and place.code in facts.authority_index else ""


def _key(name: str) -> str:
    return alike(name).replace(".", "").replace(",", "")
