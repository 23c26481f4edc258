"""Scenarios compared future by future on the same shocks: paired differences, verdicts in words, money by practice."""
