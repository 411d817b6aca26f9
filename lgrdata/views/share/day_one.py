"""The register of the first day in words: who answers for each duty, and what happens if nothing is done."""

from __future__ import annotations

from lgrdata.core.words import capital, counted, day, joined
from lgrdata.page.blocks import Block, Callout, Link, Para, Rich, Section, Table
from lgrdata.partnerships.day_one import OwnedDuty, Register
from lgrdata.partnerships.hosting import HostingPlan
from lgrdata.views.share.directors import directors
from lgrdata.views.share.hosting import few, how_many

TITLE = "Day one"
MARKS = {"open": "○", "in hand": "◐", "ready": "✓"}
NO_NAMES = "Name posts, never people: the scenario file and the exports carry what stands here."


def day_one(plan: HostingPlan) -> Section:
    """Progress, what is amiss, and every duty."""
    held = plan.register
    blocks: list[Block] = []
    late = [o.duty.name for o in held.rows if o.late]
    if late:
        verb = "is" if len(late) == 1 else "are"
        text = f"{few(late)} {verb} to be ready only after the new councils’ first day, {day(plan.vesting)}."
        blocks.append(Callout("warning", text))
    if named := [o.duty.name for o in held.rows if o.named]:
        text = f"{joined(named)}: what stands as the post reads like a person’s name. Put the post in its place."
        blocks.append(Callout("warning", text))
    blocks += [_table(plan), Para(NO_NAMES)]
    if plan.board.is_split:
        blocks.append(directors(plan.board.effects.split, plan.board.effects.facts.sources))
    return Section("first-day", TITLE, progress(held, plan.vesting), tuple(blocks))


def progress(held: Register, vesting: str) -> str:
    """How many duties are ready, in hand and open, and how many nobody owns."""
    ready, hand, still = (held.count(s) for s in ("ready", "in hand", "open"))
    owned = len(held.rows) - len(held.unowned)
    posts = (
        f"{capital(how_many(owned, len(held.rows)))} a post that owns it" if owned else "No post owns any of them yet"
    )
    return (
        f"{capital(counted(len(held.rows), 'duty', 'duties'))} of the first day, {day(vesting)}: {ready} ready, {hand}"
        f" in hand, {still} open. {posts}."
    )


def state(o: OwnedDuty) -> str:
    """The state with its mark, and where it comes from if only a tick says so."""
    said = f"{MARKS[o.state]}\u00a0{capital(o.state)}"
    return f"{said} (ticked {o.duty.paragraph})" if o.ticked and o.entry.state is None else said


def _table(plan: HostingPlan) -> Table:
    sources = plan.board.effects.facts.sources
    rows: list[tuple[Rich, ...]] = []
    for o in plan.register.rows:
        source = sources.get(o.duty.source_id)
        where = o.duty.law or f"Government’s note, {o.duty.paragraph}"
        rows.append((
            o.duty.name, o.entry.post or "nobody yet", state(o), day(o.entry.due) if o.entry.due else "–",
            o.duty.if_nothing, Link(where, "source", o.duty.source_id) if source else where, o.entry.note or "–",
        ))  # fmt: skip
    return Table(
        name="first-day-register",
        caption="What somebody must answer for on the first day",
        head=("Duty", "Post", "State", "Ready by", "If nothing is done", "Where it stands", "Note"),
        rows=tuple(rows),
        note="What happens if nothing is done is this project’s words. Not every duty of a council is here: these are"
        " the ones that care cannot do a day without.",
        source_ids=tuple(dict.fromkeys(o.duty.source_id for o in plan.register.rows)),
        row_ids=tuple(f"duty-{o.duty.duty_id}" for o in plan.register.rows),
    )
