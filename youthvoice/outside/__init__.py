"""Bodies without accounts: letters, links and codes for them, and what of the asker they see.

What comes of their acts (signing, giving back) is left to `cases`, the answer to `questions`.
"""
