"""Accounts: who somebody is when they choose to say it. Nicknames, age bands and consents; in rooms
of their own signing in (`signing_in`), telephones (`phones`), second factors (`factors`), devices
and sessions (`devices`) and guardians (`guardians`).

What somebody may do follows from memberships, which are left to `orgs`.
"""
