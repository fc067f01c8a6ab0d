"""Train the language pipeline from open corpora and score it on held-out ones."""
