"""The numbers in force for one lens, and the check of a user's changes to them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LENSES, SIDES, LensId, LgrError, Parameter
from lgrdata.core.text import number_in
from lgrdata.reading.tables import Faults

LENS_SYMBOLS = ("delta", "kappa", "s", "t_old", "t_x", "t_s")

PLAIN = {
    "realisation": "r",
    "disagg_exponent": "gamma",
    "leadership_per_upper_tier": "leadership",
    "pop_cap": "cap",
    "ramp_y1": "ramp_1",
    "ramp_y2": "ramp_2",
    "ramp_y3plus": "ramp_3",
    "transition_overrun": "overrun",
    "discount_rate": "discount",
    "appraisal_years": "years",
}
"""Parameter key -> field of `Rates`, for the assumptions that every lens shares."""

PARTNERSHIP_PREFIXES = ("mu_", "theta_", "exit_", "setup_", "run_")
"""Parameters that price partnerships."""

NEVER_COUNTED = "mu_trust"
"""An independent trust is not a mitigation (MHCLG note 2.5)."""

PHASES = "transition_phase"
MOST = 1e9
"""No assumption of the model comes near this; beyond it a figure is a slip, and sums would lose their meaning."""


@dataclass(frozen=True)
class Rates:
    """One lens's numbers. Money in £m, or £ per resident; shares as fractions. `years` is the appraisal horizon."""

    delta: float
    kappa: float
    s: float
    r: float
    t_old: float
    t_x: float
    t_s: float
    gamma: float
    leadership: float
    cap: float
    ramp_1: float
    ramp_2: float
    ramp_3: float
    overrun: float
    discount: float
    years: float
    phases: tuple[float, float, float]  # shares of the one-off cost in years -1, 1, 2
    band: tuple[float, float] | None = None  # factors of the one-off cost for its low and high

    def ramp(self, year: int) -> float:
        """Share of the aggregation saving reached in a year after vesting."""
        return self.ramp_1 if year == 1 else self.ramp_2 if year == 2 else self.ramp_3


def rates(assumptions: Assumptions, lens: LensId) -> Rates:
    """The numbers in force for a lens; LgrError naming an assumption that the dataset lacks."""
    try:
        by_lens = {symbol: float(assumptions.lens_value(lens, symbol)) for symbol in LENS_SYMBOLS}
        shared = {name: float(assumptions.value(key)) for key, name in PLAIN.items()}
        return Rates(**by_lens, **shared, phases=_phases(assumptions.parameters[PHASES]), band=assumptions.one_off_band)
    except KeyError as error:
        raise LgrError(f"the assumption {error.args[0]} is missing from the dataset; rebuild it") from None


def _phases(parameter: Parameter) -> tuple[float, float, float]:
    try:
        first, second, third = (float(part) for part in parameter.words.split("/"))
    except ValueError:
        raise LgrError(f"{PHASES} should be three shares such as 0.4/0.4/0.2, not '{parameter.words}'") from None
    if min(first, second, third) < 0 or not math.isclose(first + second + third, 1.0, abs_tol=1e-9):
        raise LgrError(f"{PHASES} should be three shares that add to 1, not '{parameter.words}'")
    return first, second, third


def bounds(assumptions: Assumptions, key: str) -> Parameter:
    """The parameter whose low and high bound an assumption, also one set by a lens; KeyError if it is unknown."""
    lens, dot, symbol = key.partition(".")
    if dot:
        if lens not in assumptions.lenses or symbol not in LENS_SYMBOLS:
            raise KeyError(key)
        return assumptions.parameters[assumptions.lens_parameter[symbol]]
    return assumptions.parameters[key]


def changeable(assumptions: Assumptions) -> tuple[str, ...]:
    """Every key a user may change: 'lens.symbol' of both sides, then the shared and the partnership assumptions."""
    by_lens = [f"{lens}.{symbol}" for lens in SIDES if lens in assumptions.lenses for symbol in LENS_SYMBOLS]
    shared = [key for key in PLAIN if key in assumptions.parameters]
    partnership = [
        key
        for key, p in assumptions.parameters.items()
        if key.startswith(PARTNERSHIP_PREFIXES) and key != NEVER_COUNTED and p.central is not None
    ]
    return tuple(by_lens + shared + sorted(partnership))


def check_changes(assumptions: Assumptions, changes: Mapping[str, object]) -> dict[str, float]:
    """A user's changes as numbers; `Faults`, an LgrError with one line each, where any cannot be used.

    Keys are parameter keys or 'lens.symbol' (county.delta). A value outside the published low and high is allowed:
    `outside_published` says so.
    """
    good: dict[str, float] = {}
    faults: list[str] = []
    for key, value in changes.items():
        try:
            good[str(key)] = check_change(assumptions, str(key), value)
        except LgrError as error:
            faults.append(str(error))
    if faults:
        raise Faults(faults)
    return good


def check_change(assumptions: Assumptions, key: str, value: object) -> float:
    """One change as a number; LgrError, with the reason by itself, where it cannot be used."""
    _refuse_key(assumptions, key)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _refused(key, f"'{value}' is not a number")
    try:
        number = number_in(value) if isinstance(value, str) else float(value)
    except OverflowError:
        number = None
    if number is None:
        raise _refused(key, f"'{value}' is not a number")
    if not math.isfinite(number):
        raise _refused(key, f"'{value}' is not a number that can be used; give a finite one")
    low, high = _sense(assumptions, key)
    if number < low or number > high:
        raise _refused(key, f"{number:,.10g} makes no sense here; give a number from {low:,.10g} to {high:,.0f}")
    if key == "appraisal_years" and number != int(number):
        raise _refused(key, f"{number:,.10g} is not a whole number of years")
    return number


def _refused(key: str, reason: str) -> LgrError:
    return LgrError(f"{key}: {reason}", reason=reason)


def retired(key: str) -> str:
    """Why a key that an older version of the model took cannot be changed by now; '' for any other key."""
    lens, _, symbol = key.partition(".")
    if lens in LENSES and symbol == "r":
        return "the share of planned savings that is achieved is one for all; change realisation"
    if lens == "middle" and symbol in LENS_SYMBOLS:
        return f"halfway is always the mean of both sides; change county.{symbol} or district.{symbol}"
    return ""


def _refuse_key(assumptions: Assumptions, key: str) -> None:
    if key in changeable(assumptions):
        return
    if key in assumptions.lens_parameter.values():
        symbol = next(s for s, k in assumptions.lens_parameter.items() if k == key)
        raise LgrError(f"{key} is set by each side; change county.{symbol} or district.{symbol}")
    why = retired(key)
    if why:
        raise _refused(key, why)
    if key == NEVER_COUNTED:
        raise LgrError(f"{key} cannot be changed: an independent trust is never counted (MHCLG note, paragraph 2.5)")
    if key in assumptions.parameters:
        raise LgrError(f"{key} cannot be changed: the sums do not use it as a number")
    raise LgrError(f"there is no assumption '{key}'; the evidence page lists them")


def _sense(assumptions: Assumptions, key: str) -> tuple[float, float]:
    """Lowest and highest value that has a meaning, which is wider than the published range."""
    if key == "pop_cap":
        return 1.0, MOST
    if key == "appraisal_years":
        return 1.0, 30.0
    if key == "disagg_exponent":
        return 0.0, 10.0
    unit = bounds(assumptions, key).unit
    return (0.0, 1.0) if unit in ("share", "fraction", "per year") else (0.0, MOST)


def outside_published(assumptions: Assumptions, changes: Mapping[str, float]) -> tuple[str, ...]:
    """A sentence for each change that lies outside the published low and high."""
    out = []
    for key, value in changes.items():
        p = bounds(assumptions, key)
        if (p.low is not None and value < p.low) or (p.high is not None and value > p.high):
            low = "not stated" if p.low is None else f"{p.low:,g}"
            high = "not stated" if p.high is None else f"{p.high:,g}"
            out.append(f"{p.label}: {value:,g} lies outside the published range, {low} to {high}")
    return tuple(out)
