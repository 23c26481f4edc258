"""What every other part stands on: chance, compilation, units and parameter records. Knows nothing about care."""
