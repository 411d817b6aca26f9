"""The explorer: a map to redraw with its figures, in one file that needs no server and calls no other computer."""
