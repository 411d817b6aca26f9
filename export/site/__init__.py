"""The whole static site: planned, drawn in a few processes, published in one step."""
