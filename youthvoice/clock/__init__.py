"""The worker's sense of time: steps that fall due, and a sign of life."""
