"""What a split does, as a page."""
