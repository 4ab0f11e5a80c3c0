"""Pages of shipping, in the order of the day."""
