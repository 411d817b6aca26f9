"""What each side says and what the figures rest on, as a page."""
