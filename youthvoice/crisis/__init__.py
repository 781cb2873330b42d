"""Signs of danger: out of public view, somebody told at once, and a log of what was done."""
