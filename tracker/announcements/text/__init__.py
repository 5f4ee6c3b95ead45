"""From the bytes of a document to the sentences of its article."""
