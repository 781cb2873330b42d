"""A house with life in it, for a first look: people, questions, and a way in for each role."""
