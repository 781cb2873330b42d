"""Questions that are the same thing: found, handled together under a lead, made a topic of."""
