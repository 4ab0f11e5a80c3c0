"""Pages of money: the lists, one order's money, and what is done to it."""
