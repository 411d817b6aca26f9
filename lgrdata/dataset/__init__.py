"""The dataset as one object, kept while its file stands unchanged, and what is cached of it."""
