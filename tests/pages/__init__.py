"""Kept pages before a real house, from several web processes at once."""
