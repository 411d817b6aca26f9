"""Partnerships, considerations and criteria, as a page."""
