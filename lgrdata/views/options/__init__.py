"""Every option, as a page."""
