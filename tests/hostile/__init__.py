"""Whatever is sent to any address in any role: no failure, and nothing stored by halves."""
