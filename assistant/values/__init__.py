"""The value that a question asks for, read from the sentence that answers: one module a kind."""
