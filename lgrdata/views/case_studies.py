"""Case studies of working together, splitting and merging; and the models of partnership with who used them."""

from __future__ import annotations

from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line
from lgrdata.core.words import NOT_KNOWN, capital, counted, percent
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import CaseStudy, Library, PartnershipModel, library
from lgrdata.page.blocks import Block, Callout, Entries, Entry, Link, Para, Rich, Section, StruckThrough, Table, View
from lgrdata.partnerships.search import CaseFilter, find
from lgrdata.views.partnerships.cards import months
from lgrdata.views.partnerships.words import in_row, model_link

PARTS = {"cases": "Case studies", "models": "Ways to work together"}
"""Parts of the page, as the screen shows them one at a time; an export shows both."""

PART_OF = {"case": "cases", "model": "models"}

KINDS = {
    "partnership": "Partnership",
    "disaggregation": "A county split",
    "aggregation": "Councils merged",
}
NUMBERS = {
    "none published": "no numbers published",
    "planned": "planned, not a result",
    "claimed": "claimed by those involved",
    "outturn": "outturn: what was reported after",
    "disputed": "disputed between those involved",
}
OUTCOMES = {
    "continues": "continues",
    "ended": "ended",
    "disputed": "disputed",
    "planned": "planned",
    "not known": NOT_KNOWN,
}
ENDING = {"none": "nothing to end", "low": "low", "medium": "medium", "high": "high"}


def view(dataset: Dataset, wanted: CaseFilter | None = None, part: str = "", slug: str = "") -> View:
    """The list of case studies (narrowed) and of models, or one of PARTS; with `slug`, that case study alone.

    LgrError where there is no such case study.
    """
    lib, wanted = library(dataset), wanted or CaseFilter()
    if slug:
        return _detail(dataset, lib, slug)
    found = find(dataset, wanted)
    sections = []
    if part in ("", "cases"):
        sections.append(_list(lib, found, wanted))
    if part in ("", "models"):
        sections.append(_models(lib, dataset))
    outturn = sum(c.numbers_status == "outturn" for c in lib.cases.values())
    ids = {c.source_id for c in lib.cases.values()}
    return View(
        title="Case studies",
        lede=(
            f"{capital(counted(len(lib.cases), 'case study', 'case studies'))}: partnerships of councils, counties that"
            f" were split and councils that were merged. {_have(outturn)} figures reported after the event; the rest"
            f" are plans, claims or have none.",
        ),
        sections=tuple(sections),
        caveats=(
            "Whether another area would see the same: each case is one place, told by whoever published it.",
            "What most partnerships saved: few publish a figure, and fewer one that was checked.",
        ),
        sources=tuple(s for s in dataset.sources.values() if s.source_id in ids),
        key={"page": "case-studies"},
    )


def _have(n: int) -> str:
    return capital(counted(n, "has", "have")) if n else "None has"


def _list(lib: Library, found: tuple[CaseStudy, ...], wanted: CaseFilter) -> Section:
    many = counted(len(found), "case study", "case studies") if found else "none"
    fit = f"{capital(many)} of {len(lib.cases)} {'fits' if len(found) == 1 else 'fit'}."
    ended = _have(sum(c.outcome == "ended" for c in found)).lower()
    lede = fit if wanted.is_set else f"All of them, of which {ended} ended; narrow the list above."
    if not found:
        return Section("cases", "Cases", lede, (Callout("note", "Take a filter away, or search for fewer words."),))
    items = tuple(
        Entry(
            f"case-{c.slug}",
            f"{c.title}. {c.what_was_done}",
            (
                ("All of it: ", Link(c.title, "case", c.slug), "."),
                f"{c.places}. {c.years}. {KINDS[c.kind]}; {OUTCOMES[c.outcome]}. Numbers: {NUMBERS[c.numbers_status]}.",
                ("Models: ", *in_row(model_link(m) for m in lib.models_of_case(c.slug)), ". ", *_paragraphs(lib, c)),
            ),
            capital(OUTCOMES[c.outcome]),
        )
        for c in found
    )
    return Section("cases", "Cases", lede, (Entries(items),))


def _paragraphs(lib: Library, c: CaseStudy) -> tuple[str | Link | StruckThrough, ...]:
    links = (Link(p.paragraph, "paragraph", p.paragraph) for p in lib.paragraphs_of_case(c.slug))
    return ("Paragraphs: ", *in_row(links), ".")


def _detail(dataset: Dataset, lib: Library, slug: str) -> View:
    if slug not in lib.cases:
        raise LgrError(f"there is no case study “{one_line(slug, 60)}”")
    c = lib.cases[slug]
    source = dataset.sources.get(c.source_id)
    numbers: list[Block] = [Para(c.numbers or "No numbers are published.")]
    if c.numbers:
        numbers.append(Callout("note", f"Status of these numbers: {NUMBERS[c.numbers_status]}."))
    ended = c.how_it_ended or {
        "continues": "It continues, as far as the sources show.",
        "planned": "It was planned; whether it happened is not known here.",
    }.get(c.outcome, "How it stands now is not known here.")
    services = (Link(s.name, "service", s.service_id) for s in lib.services_of_case(slug))
    paragraphs = (Link(f"{p.paragraph} {p.title}", "paragraph", p.paragraph) for p in lib.paragraphs_of_case(slug))
    models = lib.models_of_case(slug)
    rows: list[tuple[Rich, ...]] = [
        ("Places", c.places),
        ("Years", c.years),
        ("Kind", KINDS[c.kind]),
        ("What it covers", c.services),
        ("Model, as the source puts it", c.model_words),
        ("Basis in law", c.legal_basis),
        ("Outcome", capital(OUTCOMES[c.outcome])),
        ("How sure", capital(c.confidence)),
    ]
    leads: list[tuple[Rich, ...]] = [
        ("Ways to work together", in_row(model_link(m) for m in models)),
        ("Services on the board", in_row(services)),
        ("Paragraphs of government’s note", in_row(paragraphs)),
    ]
    source_words: tuple[str | Link | StruckThrough, ...] = (c.source_words,)
    if source is not None:
        link = Link(source.title, "source", source.source_id)
        source_words = (f"{c.source_words}. Source in the dataset: ", link, ".")
    blocks: list[Block] = [Table("case-facts", "The case", ("Part", "What is known"), tuple(rows))]
    if any(m.excluded for m in models):
        blocks.append(
            Callout(
                "warning",
                "A trust is not offered as a model here: government’s note finds it untested outside intervention and"
                " will not fund it (paragraph 2.5). It is shown as a record of what happened.",
            )
        )
    return View(
        title=c.title,
        lede=(c.what_was_done,),
        sections=(
            Section("numbers", "Numbers", "", tuple(numbers)),
            Section("how-it-ended", "How it ended", "", (Para(ended),)),
            Section("case", "In detail", "", tuple(blocks)),
            Section("leads-to", "What it bears on", "", (Table("case-links", "Where this case is used",
                    ("", "On this tool"), tuple(leads)),)),
            Section("rests-on", "What it rests on", "", (Para(source_words),)),
        ),
        sources=(source,) if source is not None else (),
        key={"page": "case-studies", "case": slug},
    )  # fmt: skip


def _models(lib: Library, dataset: Dataset) -> Section:
    items = tuple(Entry(f"model-{m.model_id}", *_model(lib, dataset, m)) for m in lib.models.values())
    many = capital(counted(len(lib.models), "model"))
    lede = f"{many}, in the order that this tool lists them; government prefers none."
    return Section("models", "Ways to work together", lede, (Entries(items),))


def _model(lib: Library, dataset: Dataset, m: PartnershipModel) -> tuple[Rich, tuple[Rich, ...], str]:
    name: StruckThrough | str = StruckThrough(m.name) if m.excluded else m.name
    cases = in_row(Link(c.title, "case", c.slug) for c in lib.cases_of_model(m.model_id))
    services = in_row(Link(s.name, "service", s.service_id) for s in lib.services_of_model(m.model_id))
    paragraphs = in_row(
        Link(f"{p.paragraph} {p.title}", "paragraph", p.paragraph) for p in lib.paragraphs_of_model(m.model_id)
    )
    lines: list[Rich] = [
        f"When: {m.when_to_use}",
        f"Basis in law: {m.legal_basis}. How it is run: {m.governance}.",
        f"Set-up: {months(m)}; {m.setup_cost}. Cost to run: not published. Saving published: {_saving(m)}.",
        f"How it can end (risk {ENDING[m.exit_risk]}): {m.exit_note}",
        _effect(dataset, m),
        ("Services: ", *services, ". Paragraphs: ", *paragraphs, "."),
        ("Case studies: ", *cases, "."),
    ]
    return (name, f". {m.summary}"), tuple(lines), "Not offered" if m.excluded else _at_its_end(m)


def _at_its_end(m: PartnershipModel) -> str:
    return "Nothing to end" if m.exit_risk == "none" else f"Risk at its end: {ENDING[m.exit_risk]}"


def _saving(m: PartnershipModel) -> str:
    return "none" if m.published_saving == "None" else m.published_saving.rstrip(".")


def _effect(dataset: Dataset, m: PartnershipModel) -> Rich:
    if m.excluded:
        return "Never counted: government’s note finds trusts untested outside intervention (paragraph 2.5)."
    if m.effect == "none" or m.parameter_key is None:
        return "No saving is counted for it."
    p = dataset.assumptions.parameters[m.parameter_key]
    span = f"{percent(p.central)} ({percent(p.low)} to {percent(p.high)})"
    return ("Assumption: ", Link(p.label, "parameter", p.key), f" {span}. No source publishes it.")
