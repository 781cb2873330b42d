"""What is looked for in words before they become public, and whom to call."""
