"""The evidence page on the screen."""
