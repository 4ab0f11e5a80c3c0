"""Measurements and races, each on a fresh throw-away database of the configured engine."""
