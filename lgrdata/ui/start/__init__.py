"""The first page on the screen."""
