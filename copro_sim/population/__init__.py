"""A scenario becomes a population: households, citizens and bonds of Wales in April 2013."""

from copro_sim.population.build import build_state

__all__ = ["build_state"]
