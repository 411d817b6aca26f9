"""Sharing a county out: who gets what of its spending and stocks, by which basis, and how far the choice matters."""
