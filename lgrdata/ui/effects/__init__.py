"""What a split does, on the screen."""
