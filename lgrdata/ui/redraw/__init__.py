"""The Redraw page on the screen."""
