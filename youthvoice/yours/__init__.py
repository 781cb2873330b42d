"""What is one's own: taking one's data along, and leaving so that nothing stays behind."""
