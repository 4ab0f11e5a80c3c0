"""BASE order file."""
