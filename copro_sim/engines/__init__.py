"""Two walks over the same rules: `agents.py` (Mesa, to read and change) and `kernels.py` (Numba, for large populations)."""
