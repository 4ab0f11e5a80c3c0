"""What the shop's people look at first and last; imported by nobody."""
