"""Verification is no package: its files find one another because they lie together."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "verification"))
