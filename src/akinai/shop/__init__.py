"""What the shop is and has."""
