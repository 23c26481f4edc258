"""Nothing reaches another machine: every test runs under this rule (`conftest.py`), and here a run, a comparison, a page do."""

import socket
import urllib.request

import pytest

import copro_sim as cs
from offline import WentOut

VILLAGE = {"population.citizens": 400, "run.years": 1}


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_the_rule_is_in_force(host):
    with pytest.raises(WentOut):
        socket.create_connection((host, 443), timeout=1)
    with pytest.raises(OSError, match="another machine"):
        urllib.request.urlopen(f"http://{f'[{host}]' if ':' in host else host}/", timeout=1)


def test_this_machine_may_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_a_run_and_a_comparison_need_no_network(tmp_path):
    village = cs.load_scenario("one-village").replace(VILLAGE)
    results = cs.run(village, seed=1)
    results.save(tmp_path / "run")
    comparison = cs.compare([village, village.replace({"name": "other", "asking.label": 0.3})], futures=1, workers=1)
    cs.plot(comparison)
    assert comparison.save(tmp_path / "comparison").exists()


@pytest.mark.full
def test_a_page_needs_no_network(tmp_path):
    village = cs.load_scenario("one-village").replace(VILLAGE)
    comparison = cs.compare([village, village.replace({"name": "other", "asking.label": 0.3})], futures=2, workers=1)
    assert cs.report(comparison, tmp_path).exists()
