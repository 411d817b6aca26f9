"""Which partnerships fit what a split divides, and what they leave."""
