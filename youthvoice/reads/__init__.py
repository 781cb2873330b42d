"""Honest read counts: one a visitor, target and hour; robots and staff apart."""
