"""What crosses the borders that a split draws: commuters, moves, partners, shape."""
