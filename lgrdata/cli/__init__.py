"""The commands: `python -m lgrdata COMMAND`."""
