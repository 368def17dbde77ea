"""How the bundled bilingual encoder is made: ``python -m index.training --help``."""
