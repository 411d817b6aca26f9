"""Beside a chosen service on the board: who hosts it until when, and every way to group the councils for it."""

from __future__ import annotations

import streamlit as st

from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown
from lgrdata.core.words import capital
from lgrdata.dataset.library import PartnershipModel
from lgrdata.partnerships.board import Board, BoardRow
from lgrdata.partnerships.hosting import plan_of
from lgrdata.partnerships.together import ways_together
from lgrdata.shares.of_scenario import shared_of
from lgrdata.ui.frame.opened import Open
from lgrdata.ui.frame.show import show_blocks
from lgrdata.ui.share_out import counts
from lgrdata.ui.share_out.hosting import fields
from lgrdata.views.partnerships.groupings import grouping_blocks


def host_and_end(here: Open, made: Board, row: BoardRow, model: PartnershipModel) -> None:
    """Host, cost, last day and what comes back of a partnership that is chosen: the same data as on Share out."""
    shared = shared_of(here.dataset, here.scenario, counts.held(here))
    plan = plan_of(here.dataset, made, shared)
    mine = [h for h in plan.rows if (h.chosen.service, h.chosen.model) == (row.service, model)]
    if mine:
        fields(here, plan, mine, f"board_{row.service.service_id}_{model.model_id}")


def groupings(here: Open, made: Board, row: BoardRow, model: PartnershipModel) -> None:
    """The table of groupings, or why there is none."""
    try:
        shared = shared_of(here.dataset, here.scenario, counts.held(here))
        if shared.out is not None:
            found = ways_together(here.dataset, made, shared.out, row, model)
            show_blocks(grouping_blocks(made, row, model, found))
    except LgrError as fault:
        st.info(as_markdown(f"{capital(fault.on_screen)}."))
