"""The document of the Redraw desk: every figure, warning and offer beside the map, as findings and without words.

One document says all that the desk answers. The server makes it for each drawing that stands; a browser engine may make
the same for a drawing that the server has not seen yet. The painted map draws whichever it was handed last: its
script (`lgrdata/ui/redraw/paint/js`) holds the only words for these findings, so both read alike.

As JSON each class is an object with the names of its fields; tuples are lists; None is null. Whoever makes it keeps to:

* Money is £m in the prices held, unrounded, positive where it saves and negative where it costs; `one_off` and its ends
  are positive amounts to spend. Break-even and the cost of the first split are £ a year for each county resident.
* Residents are whole people of the area's vintage; shares are fractions of 1.
* Councils go by number, counted from nought in the order of the split; −1 is nobody. Blocks go by code: an authority's,
  or a ward's where its authority is divided; each with its name, as the map writes it.
* null means "not known" or "does not arise", as said at the field; never nought. An empty list says there is none.
* A maker that cannot work out `standing` leaves null, or what it last had from the server with `before` true beside its
  fields: of the drawing before, and said to be. It offers only what it worked out itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from lgrdata.core.models import LensId
from lgrdata.splits.edits import WarningKind

SCHEMA = 2
"""Grows when a field changes its meaning or goes; fields may be added without."""

Goal = Literal["size", "money", "crossing"]
OfferKind = Literal["repair", "better", "reset", "open"]
Named = tuple[str, str]
"""A block: its code and name."""


@dataclass(frozen=True)
class DeskCouncil:
    """One council as drawn."""

    name: str
    residents: int
    adults: DeskEstimate | None = None
    """Adults in long-term support; null where none are held or nobody lives there."""


@dataclass(frozen=True)
class DeskEstimate:
    """A count of people with its four-in-five range; the ends are equal where it is published for just this council."""

    value: float
    low: float
    high: float
    provisional: bool = False
    """Published, and its publisher may still change it."""


@dataclass(frozen=True)
class DeskMoney:
    """A split's money on one set of figures."""

    recurring_net: float
    """£m a year in the end, when all is in place."""
    five_year_net: float
    """£m, the year before and the first five years together."""
    one_off: float
    """£m once."""
    one_off_low: float | None
    one_off_high: float | None
    """Ends of the band that held four in five of the published one-off costs; null where no band is held."""
    payback_years: int | None
    """The first year by whose end the one-off cost is paid back; null: not within 30 years, or nothing is spent."""
    break_even: float | None
    """The cost of the first split below which money is saved; null where no county is divided."""
    first_split: float
    """What this side puts the cost of the first split at."""


@dataclass(frozen=True)
class DeskCost:
    """Money on one side's evidence, or halfway."""

    lens: LensId
    called: str
    """As the evidence is called: counties’, halfway, districts’, and whether it was changed here."""
    money: DeskMoney
    unchanged: DeskMoney | None = None
    """The same with no assumption changed; null where none of its assumptions is changed."""


@dataclass(frozen=True)
class DeskCase:
    """A yearly saving that was published for this very split, £m a year as printed, in the prices of its time."""

    value: float
    low: float | None
    high: float | None
    """Only low: this or more. Only high: this or less. Both: a range, or one figure where they are equal."""
    author: str
    payer: str
    """Who paid, in words: districts paid."""


@dataclass(frozen=True)
class DeskCrossing:
    """Commuters (2021) who cross between councils, as shares of all who live and work in the area."""

    share: float
    today: float | None
    """The same between today's councils; null where it is not known."""


@dataclass(frozen=True)
class DeskMend:
    """The edit that puts a warning right: blocks given to a council, or an empty council removed (`remove`)."""

    blocks: tuple[Named, ...]
    council: int
    remove: int | None = None


@dataclass(frozen=True)
class DeskWarning:
    """What to mind of the drawing.

    left_out: `blocks` (one) is in no council. more_left_out: `count` more such blocks. empty: `council` has nobody.
    pieces: `council` lies in `count` pieces; `blocks` are those of all but the largest. sea: its pieces are joined by
    sea only; `blocks` as before.
    """

    kind: WarningKind
    council: int
    blocks: tuple[Named, ...] = ()
    count: int = 0
    mend: DeskMend | None = None


@dataclass(frozen=True)
class DeskChange:
    """A block and the councils that it leaves and joins."""

    code: str
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class DeskDifference:
    """How one drawing differs from another: the later less the earlier. For a preview and for the last move."""

    changes: tuple[DeskChange, ...]
    residents: tuple[int, ...]
    """Residents gained (lost below nought) by each council now."""
    recurring_net: dict[LensId, float]
    """£m a year."""
    crossing: tuple[float, float] | None
    """Shares of commuters who cross, before and after; null where not known."""
    adults: tuple[float | None, ...] = ()
    """Adults in long-term support gained (lost below nought) by each council now, estimated; null where not known.
    Of the last move only: for a preview it is empty."""


@dataclass(frozen=True)
class DeskPreview:
    """What giving a block to a council would do, before it is done."""

    code: str
    council: int
    difference: DeskDifference
    residents: tuple[int, ...]
    """Residents of each council after it."""


@dataclass(frozen=True)
class DeskPlace:
    """Where a drawing stands on one measure among the other options with as many councils."""

    measure: Goal
    """Evenness of residents; five years' money on the evidence chosen; commuters kept together."""
    ahead: int
    level: int
    behind: int
    close: str = ""
    """Why it cannot be told from the middle option, or empty."""


@dataclass(frozen=True)
class DeskStanding:
    """Where a drawing stands among every connected option with as many councils."""

    councils: int
    of: int
    places: tuple[DeskPlace, ...]
    why_not: str = ""
    """Why it has no place, as a sentence; the rest is empty then."""


@dataclass(frozen=True)
class DeskOffer:
    """A change that may be looked at as an outline on the map, then accepted or dismissed. Nothing is changed before.

    The map sends what is accepted as the action `accept` with the offer's `id`; each change is a block to a council.
    """

    id: str
    """repair-0 (the warning it mends, by number), better, reset, open."""
    kind: OfferKind
    changes: tuple[DeskChange, ...]
    councils: tuple[str, ...] = ()
    """Names of the councils offered where they are others than those that stand; then `after` counts these."""
    difference: DeskDifference | None = None
    """For `better`: what it would do; null where it is not worked out."""
    goal: Goal | None = None
    """For `better`: the measure that it does better on, as in `DeskPlace`."""
    kept: tuple[str, ...] = ()
    """For `better`: the other measures it was judged by, on which it does no worse, in a few words each."""
    worse: tuple[str, ...] = ()
    """For `better`: what it was not judged by and does worse on, in a few words each."""
    title: str = ""
    """For `reset`: what drawing began with, as it is called; for `open`: what was chosen.

    For a repair that removes an empty council: its name.
    """


@dataclass(frozen=True)
class DeskDocument:
    """All that the desk answers about one drawing."""

    area: str
    """The area's id."""
    lens: LensId
    """The evidence chosen."""
    councils: tuple[DeskCouncil, ...]
    """In council order, empty ones too."""
    costs: tuple[DeskCost, ...]
    """county, middle, district, in this order."""
    unchanged: bool
    """Whether the councils are today's, so that nothing is spent or saved."""
    cases: tuple[DeskCase, ...] = ()
    crossing: DeskCrossing | None = None
    warnings: tuple[DeskWarning, ...] = ()
    moved: DeskDifference | None = None
    """Since the last move; null where nothing was moved yet."""
    standing: DeskStanding | None = None
    """null: not worked out yet; the map asks for it when the reader rests."""
    offers: tuple[DeskOffer, ...] = ()
    notes: tuple[str, ...] = ()
    """What to know of the figures, as sentences."""
    partnered: str = ""
    """What the partnerships chosen would avoid, and what that leaves out; no figure here counts them. '' for none."""
    partial: bool = False
    """Made without the server: `cases` and `notes` may be fewer; `standing` is null, or marked `before`."""
    schema: int = SCHEMA

    def as_json(self) -> dict[str, Any]:
        """The document as the painted map reads it."""
        return asdict(self)
