"""Places, stock, reservations, ledger."""
