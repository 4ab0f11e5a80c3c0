"""From the order to the settled sale."""
