"""What a person does: from texts to statements, and the line that answers it."""
