"""One file = one thing that happens in a month. `month.py` lists their order."""
