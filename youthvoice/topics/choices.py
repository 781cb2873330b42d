"""Measures of a topic's words."""

#: Signs of a name, without the two #.
NAME_LEAST, NAME_MOST = 2, 20
#: The key may be longer than the name: some signs stand for several.
KEY_MOST = 60
INTRO_MOST = 100
