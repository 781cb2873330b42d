"""What is looked for in words before they become public: danger, personal numbers, listed words;
and whom to call.

What is done about what was found is left to `moderation` and `crisis`.
"""
