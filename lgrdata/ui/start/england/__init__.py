"""England with its areas to choose from, as a map in the page."""
