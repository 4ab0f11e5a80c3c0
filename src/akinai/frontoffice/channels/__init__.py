"""Order files of malls and carts."""
