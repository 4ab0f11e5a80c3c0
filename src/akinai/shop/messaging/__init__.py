"""Templates, outbox with undo, delivery; knows no order."""
