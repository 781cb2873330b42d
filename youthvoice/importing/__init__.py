"""Messages of an older platform, read from a file row by row and taken over as questions."""
