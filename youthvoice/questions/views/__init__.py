"""Asking, answering and all the acts on a question."""
