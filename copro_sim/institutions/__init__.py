"""The state has agents too: each institution in a file, advanced every April from last year's tallies only."""
