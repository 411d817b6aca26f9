"""The case studies page on the screen."""
