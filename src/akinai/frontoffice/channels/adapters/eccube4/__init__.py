"""EC-CUBE 4 order file."""
