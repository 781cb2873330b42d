"""What askers say came of an answer, a day and four weeks after it; who counts it is above."""
