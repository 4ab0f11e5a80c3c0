"""Towards buyers."""
