"""Signing in with a password, and what becomes of one: what we do otherwise than allauth."""
