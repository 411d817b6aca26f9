"""Charts and maps as pictures, the same for the app and for exported files."""
