"""Reading English: the spaCy pipeline and what kg adds to it."""
