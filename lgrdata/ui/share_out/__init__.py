"""The share-out on the screen."""
