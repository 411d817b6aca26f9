"""The comparison, on the screen."""
