"""Pages of what is gathered, and of topics made of it."""
