"""The partnerships page on the screen."""
