"""One file a subject: leaving questions out, and the public ledger."""
