"""What is one's own: taking one's data along, and leaving so that nothing stays behind.

Each app tells in its `holdings` what it holds of a person, and does the erasing of it.
"""
