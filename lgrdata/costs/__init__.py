"""What a split costs and saves under both sides' evidence, and the model held against published figures."""
