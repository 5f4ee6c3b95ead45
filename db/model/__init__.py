"""Values of the store: periods, records, errors, texts, and the rules of one statement."""
