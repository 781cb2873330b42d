"""The base of what the actions refuse; its message is shown to the person."""


class Unable(Exception):
    """A refusal in the person's language."""
