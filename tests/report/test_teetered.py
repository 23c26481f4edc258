"""Where practice teetered: counted from what is there, by future and council."""

import numpy as np

from copro_sim.report.teetered import ends, teetered
from tests.comparison.fakes import fake_comparison


def compared(shares):
    """Return a comparison in which practice in the first council ends at `shares` [future], and nowhere else is any."""
    comparison = fake_comparison({"old": np.zeros(len(shares)), "new": np.zeros(len(shares))})
    data = comparison.data
    for name in ("practitioners", "place_practitioners"):
        data[name][:] = 100.0
    for name in ("adopters", "place_adopters"):
        data[name][:] = 0.0
    data["place_adopters"].values[1, :, 0, :] = 100.0 * np.array(shares)[:, None]
    data["adopters"].values[1] = 100.0 * np.array(shares)[:, None]
    return comparison


def test_it_teeters_where_it_holds_in_some_futures_and_goes_in_others():
    comparison = compared([0.9, 0.5, 0.3, 0.05])
    found = ends(comparison, "new")
    assert found.nation_held.tolist() == [True, True, False, False]
    assert found.nation_gone.tolist() == [False, False, False, True]
    nation, councils = teetered(comparison)
    assert "in 2 of 4 futures and has gone (one in ten or fewer) in 1; in 1 it is between" in nation
    first = comparison.authorities[0]
    assert f"in 1 of 22 councils, where it took hold in some futures and went in others: {first}." in councils


def test_where_nobody_ever_practises_nothing_is_said_and_where_all_do_nothing_teeters():
    assert teetered(compared([0.0, 0.0])) == []
    assert teetered(compared([0.9, 0.8]))[1].startswith("Under “New” it teetered in no council")


def test_what_had_taken_hold_and_fell_is_counted():
    comparison = compared([0.9, 0.9])
    comparison.data["place_adopters"].values[1, 0, 0, -1] = 0.0
    assert teetered(comparison)[-1] == (
        "Under “New” it had taken hold in some year and was gone at the end in 1 of 44 histories of a council."
    )
