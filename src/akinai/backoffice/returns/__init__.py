"""返品・交換・不着: what comes back, why, and what follows from it for stock, money and the buyer."""
