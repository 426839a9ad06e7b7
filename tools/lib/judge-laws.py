#!/usr/bin/env python3
"""Holds the capping laws to what docs/laws.md claims of them, on every shipped scenario; and sees that the check can
fail: the laws that claim nothing must break what the others keep.

usage: judge-laws.py BUSBAR FOLDER     exit code 0 when every claim holds, 1 when one does not
"""

import glob
import json
import os
import subprocess
import sys

# Every law but the two that are shipped to be seen failing.
CLAIMING = ["static", "three-band", "water-filling", "trip-curve", "predictive", "ramp", "smooth"]
# These answer an overload at once. The trip curve draws what the limits bear for a while, and answers before it is over.
PROMPT = ["static", "three-band", "water-filling", "predictive", "ramp", "smooth"]
NAIVE = ["none", "proportional"]
# Of the trip heat and of the supplies' peak time, per cent.
LEAST_LEFT = 30
# Scan cycles from an overload to the first lower cap; a plant step of rounding, ms.
CYCLES, ROUNDING = 2, 1
# Where no lower cap can be sent in time, whatever the law, and why.
UNANSWERABLE = {
    "busy-gateway": "the gateway refuses writes, and a refused device is left alone for a second",
    "brake-line": "no cap reaches a tray",
    "controller-killed": "there is no controller when the feed is lost",
    "standby-takes-over": "the controller is killed when the feed is lost",
    "supply-swap": "a supply is pulled with its MCU, and known to be gone when it has not answered three times",
    "worn-tether": "part of a side of N+N is lost, and what that side is worth is judged when it has stood still for a second",
}
# Where heat is what the brake line waits for.
UNCAPPED = ["brake-line"]
# Where there is something to be gained, the best law loses at most half of the work that fixed shares lose.
GAINS = ["mixed-jobs", "breaker-bursts", "spare-supply", "mean-budget"]
# Without a law a breaker trips here; and this is where the naive law overdraws most, kJ.
TRIPS = ["first-light", "training-swings"]
OVERDRAWN, OVERDRAWN_LEAST = "training-swings", 100


def compare(binary, folder):
    scenarios = sorted(glob.glob("Scenarios/*.yaml"))
    call = [binary, "compare", "--law", ",".join(CLAIMING + NAIVE), "--out", folder, *scenarios]
    done = subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, text=True, env={**os.environ, "BUSBAR_ROOT": os.getcwd()})
    if done.returncode != 0:
        sys.exit(f"{' '.join(call)} ended with {done.returncode}:\n{done.stderr}")
    with open(os.path.join(folder, "compare.json"), encoding="utf-8") as file:
        return json.load(file)["scenarios"]


def figures(run):
    return {figure["name"]: figure["value"] for figure in run["figures"]}


def milliseconds(run):
    # The controller's own comes after the scenario's parameters, one of which may be called so, too.
    period = [setting["value"] for setting in run["settings"] if setting["name"] == "period"][-1]
    return float(period.removesuffix(" ms"))


def judge_run(scenario, run):
    """What the run breaks of the claims of its law."""
    found, law = figures(run), run["law"]
    broken = []

    def want(holds, text):
        if not holds:
            broken.append(f"{scenario}, {law}: {text}")

    want(found["breaker trips"] == 0, f"{found['breaker trips']:.0f} breaker trips")
    if scenario not in UNCAPPED:
        want(found["trip heat left"] >= LEAST_LEFT, f"{found['trip heat left']:.1f} % of the trip heat left")
    want(found["supply peak time left"] >= LEAST_LEFT, f"{found['supply peak time left']:.1f} % of the supplies' peak time left")
    want(found.get("overdraft used", 0) <= 100, f"{found.get('overdraft used', 0):.1f} % of the overdraft used")
    if law in PROMPT and scenario not in UNANSWERABLE and "overload to lower cap" in found:
        reaction, allowed = found["overload to lower cap"], CYCLES * milliseconds(run) + ROUNDING
        want(reaction <= allowed, f"{reaction:.0f} ms from an overload to the first lower cap, {allowed:.0f} at most")
    return broken


def judge_naive(scenario, runs):
    """The claims that the naive laws must be seen breaking."""
    blind = []
    if scenario in TRIPS and figures(runs["none"])["breaker trips"] == 0:
        blind.append(f"{scenario}, none: no breaker trips, so that its staying closed says nothing")
    if scenario == OVERDRAWN and figures(runs["proportional"])["energy over budget"] < OVERDRAWN_LEAST:
        blind.append(f"{scenario}, proportional: hardly overdraws, so that the others' keeping the budget says little")
    return blind


def judge_work(scenario, runs):
    lost = {law: figures(runs[law])["work lost"] for law in CLAIMING}
    best = min(CLAIMING, key=lambda law: lost[law])
    text = f"{scenario}: {best} loses {lost[best]:.2f} % of the work, static {lost['static']:.2f} %"
    print(f"  {text}")
    isKept = scenario not in GAINS or lost[best] <= lost["static"] / 2
    return [] if isKept else [f"{text}: more than half"]


def main(binary, folder):
    broken, count = [], 0
    for comparison in compare(binary, folder):
        scenario, runs = comparison["scenario"], {run["law"]: run for run in comparison["runs"]}
        for law in CLAIMING:
            broken += judge_run(scenario, runs[law])
            count += 1
        broken += judge_naive(scenario, runs) + judge_work(scenario, runs)
    for line in broken:
        print(f"BROKEN    {line}")
    print(f"{count} runs of {len(CLAIMING)} laws: " + (f"{len(broken)} claims broken" if broken else "every claim holds"))
    return 1 if broken else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
