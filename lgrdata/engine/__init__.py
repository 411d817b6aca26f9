"""A split worked out in a browser: one sheet of numbers an area, and plain JavaScript that reads it."""
