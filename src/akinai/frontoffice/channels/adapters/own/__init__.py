"""A shop's own file, read by the mapping it saved."""
