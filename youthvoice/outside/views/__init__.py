"""Pages about letters: the holder's, the body's, and the asker's."""
