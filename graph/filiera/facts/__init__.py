"""Tables of facts: what they hold, how they are read, and what can be wrong with them."""
