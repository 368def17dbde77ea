"""A briefing for a meeting: what was said on each topic, by whom, and what was promised."""
