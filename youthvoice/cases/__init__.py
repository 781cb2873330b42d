"""Who holds a question, and how it is handled."""
