"""Every published figure, one measure and one place at a time."""
