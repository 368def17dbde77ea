"""Answers with citations, and the two faces that show them: command line and browser."""
