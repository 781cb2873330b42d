"""Topics: a name between two #, with its page and its counters."""
