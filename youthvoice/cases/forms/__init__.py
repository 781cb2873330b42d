"""What the forms of cases accept, each with a sentence for what they don't."""
