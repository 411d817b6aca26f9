"""Keeping the dataset: building it, checking it, dumping it after edits."""
