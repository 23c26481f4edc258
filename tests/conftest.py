"""Hypothesis draws the same examples on every machine and every day: a test that fails one time in a thousand is a bug."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile(
    "copro_sim", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("copro_sim")

from offline import forbid_the_network  # noqa: E402

forbid_the_network()
