"""People in care and what is spent on them, by council of a split, now and to 2043."""
