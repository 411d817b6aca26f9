"""One view a page: what it says, as plain objects that the app and the exports draw alike."""
