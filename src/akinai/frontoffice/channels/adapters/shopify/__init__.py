"""Shopify orders_export."""
