"""Accounts: who somebody is when they choose to say it."""
