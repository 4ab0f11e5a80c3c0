"""楽天市場 order file."""
