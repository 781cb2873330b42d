"""One file a subject: the three rates, leaving questions out, and the public ledger."""
