"""Ways to deliver a mail."""
