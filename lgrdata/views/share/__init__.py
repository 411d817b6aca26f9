"""Share out: who gets what of a county's spending, and how far the choice of bases moves it."""
