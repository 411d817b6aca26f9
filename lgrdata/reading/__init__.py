"""Reading the dataset: its schema, its tables, and the queries that fill the facts."""
