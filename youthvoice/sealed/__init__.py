"""Who asked without a name, sealed for two people to open one after the other.

Asking itself is left to `questions`, which gives the seal what it needs in its transaction.
"""
