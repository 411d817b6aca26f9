"""The scenario inside a snapshot: one reading, shared with the app's upload."""

from lgrdata.splits.snapshot_file import scenario_document

__all__ = ["scenario_document"]
