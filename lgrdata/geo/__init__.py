"""Boundaries: from shared arcs to shapes that can be drawn and measured."""
