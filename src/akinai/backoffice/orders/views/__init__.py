"""Pages of orders: the list, the page of one order, what can be done to it, exports and stock work."""
