"""Knows no trade: what any back office needs."""
