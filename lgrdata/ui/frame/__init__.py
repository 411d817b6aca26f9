"""What is round every page of the app: navigation, the shared controls, the desk, messages, the footer."""
