"""Scenarios: what a run assumes, and the evidence that it stands on."""
