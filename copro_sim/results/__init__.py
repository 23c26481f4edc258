"""What came of a run: exact tallies, indicators with one definition each, citizens, provenance, and files of them."""
