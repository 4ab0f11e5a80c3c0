"""Money ledger, deposits, refunds."""
