"""A split and its forms: blocks given to councils, codes, files, addresses, scenarios, and edits while drawing."""
