"""Accounts: who somebody is when they choose to say it. Sign-in, age and consent, guardians,
telephones, second factors, devices.

What somebody may do follows from memberships, which are left to `orgs`.
"""
