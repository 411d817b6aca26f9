"""Everything a split does, put together."""
