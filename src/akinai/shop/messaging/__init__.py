"""Templates, the outbox with its undo window, and delivery. Knows no order: a subject is a text key."""
