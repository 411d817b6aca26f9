"""The committee pack: one scenario as files for an agenda, a spreadsheet and a map, all from the same views."""
