"""Signing in by telephone: a number is proved by a code, and is stored so that nobody reads it."""
