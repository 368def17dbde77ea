"""The one error that a user is meant to read."""


class AttacheError(Exception):
    """Bad usage or bad input: one line that says what was found, what was expected, what to do.

    The command line prints it and leaves with status 2; the browser shows it in place.
    """
