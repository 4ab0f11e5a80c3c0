"""Transactional outbox, subscriptions, live stream to browsers."""
