"""The page of published figures on the screen."""
