"""Splits side by side, as a page."""
