"""What is looked for in words before they become public, and whom to call.

What is done about what was found is left to `moderation` and `crisis`.
"""
