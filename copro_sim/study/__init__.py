"""Studies of the model itself: what it is fitted to, how, and what it is held against. Existing libraries do the mathematics."""
