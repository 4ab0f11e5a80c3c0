"""Which event sends which mail to whom: fills the templates of `messaging` from orders, money and parcels."""
