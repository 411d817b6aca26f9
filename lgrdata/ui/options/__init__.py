"""Every option, on the screen."""
