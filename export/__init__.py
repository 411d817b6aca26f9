"""The same views as the app's, drawn as files for people who have no app and no network."""
