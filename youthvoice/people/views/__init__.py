"""One's own account: name, age, consents."""
