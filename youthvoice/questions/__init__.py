"""Questions, answers, comments and pictures: what people say, and who may change it."""
