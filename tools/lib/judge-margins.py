#!/usr/bin/env python3
"""Compares Busbar's judge of expectations with rtamt, a monitor of signal temporal logic that others wrote.

Usage: judge-margins.py BUSBAR [CASES]; exit code 0 when all agree, 1 when not.

What is compared, on random signals of one sample per 10 ms:
- always, never, for: the margin is the robustness of the formula, to 1e-9. What is excused after events is true
  without bound there.
- within ... for ...: the verdict is the sign of the robustness of "eventually always". The margin is one of time, not
  of the signal: the time from where the inner "always" first holds to the deadline.
- settles: the same, with an inner "always" to the end of the run.
When a deadline is missed, Busbar tells the worst excess after it, which has no counterpart in the logic.
"""
import json
import random
import subprocess
import sys
import tempfile

import rtamt

STEP = 0.01
TOLERANCE = 1e-9
FREE = 1e15


def signal(rng, count):
    """A walk with jumps, so that margins are near zero about as often as not."""
    value, values = rng.uniform(-3, 3), []
    for _ in range(count):
        value += rng.gauss(0, 0.3)
        if rng.random() < 0.03:
            value = rng.uniform(-4, 4)
        values.append(value)
    return values


def make_case(rng):
    count = rng.randint(20, 120)
    samples = lambda low, high: rng.randint(low, max(low, high)) * STEP
    signals = {"x": signal(rng, count), "y": signal(rng, count)}
    kind = rng.choice(["always", "never", "for", "within", "settles"])
    wanted = {"kind": kind, "left": "x", "comparison": rng.choice(["<=", ">=", "<", ">"])}
    if rng.random() < 0.5 and kind != "settles":
        wanted["signal"] = "y"
    else:
        wanted["number"] = rng.uniform(-6, 6)
    wanted["from"] = samples(0, count // 3)
    left = count - 1 - round(wanted["from"] / STEP)
    case = {"step": STEP, "signals": signals, "expectation": wanted, "events": []}
    if kind in ("always", "never") and rng.random() < 0.5:
        wanted["except"] = samples(0, 15)
        case["events"] = sorted(samples(0, count - 1) for _ in range(rng.randint(1, 3)))
    if kind == "for":
        wanted["lasting"] = samples(0, left)
    if kind == "within":
        wanted["limit"] = samples(0, left // 2)
        wanted["lasting"] = samples(0, left - round(wanted["limit"] / STEP))
    if kind == "settles":
        wanted["limit"] = samples(0, left - 1)
        wanted["band"] = rng.uniform(0.5, 6)
    return case


def robustness(formula, columns):
    """The robustness of the formula at every sample."""
    spec = rtamt.StlDiscreteTimeSpecification()
    for name in columns:
        spec.declare_var(name, "float")
    spec.spec = formula
    spec.parse()
    count = len(next(iter(columns.values())))
    return [value for _, value in spec.evaluate({"time": list(range(count)), **columns})]


def predicate(wanted):
    right = wanted["signal"] if "signal" in wanted else repr(wanted["number"])
    text = f"(x {wanted['comparison']} {right})"
    return f"(not {text})" if wanted["kind"] == "never" else text


def excused(case):
    """A column that is positive without bound while the case excuses the signal."""
    wanted, count = case["expectation"], len(case["signals"]["x"])
    length = round(wanted.get("except", 0) / STEP)
    column = [-FREE] * count
    for event in case["events"]:
        first = round(event / STEP)
        # The last event counts: a later one begins anew, and covers at least as far.
        for place in range(first, min(count, first + length)):
            column[place] = FREE
    return column


def compare(case, outcome):
    """What differs, or None."""
    wanted, count = case["expectation"], len(case["signals"]["x"])
    start = round(wanted["from"] / STEP)
    columns = dict(case["signals"])
    strict = wanted["comparison"] in ("<", ">")
    if wanted["kind"] == "never":
        strict = not strict
    kind = wanted["kind"]
    if kind in ("always", "never", "for"):
        columns["free"] = excused(case)
        inner = f"({predicate(wanted)} or (free >= 0))"
        if kind == "for":
            formula = f"always[0:{round(wanted['lasting'] / STEP)}] {inner}"
        else:
            formula = f"always {inner}"
        value = robustness(formula, columns)[start]
        if value > FREE / 2:
            return None if outcome["verdict"] == "undecided" else f"never judged, and {outcome['verdict']}"
        if abs(value - outcome["margin"]) > TOLERANCE:
            return f"margin {outcome['margin']!r}, robustness {value!r}"
        held = value > 0 if strict else value >= 0
        return None if (outcome["verdict"] == "held") == held else f"{outcome['verdict']} at robustness {value!r}"
    limit = round(wanted["limit"] / STEP)
    if kind == "within":
        inner = f"always[0:{round(wanted['lasting'] / STEP)}] {predicate(wanted)}"
        outer = f"eventually[0:{limit}] ({inner})"
    else:
        inner = f"always (abs(x - {wanted['number']!r}) <= {wanted['band']!r})"
        outer = f"eventually[0:{limit}] ({inner})"
        strict = False
    value = robustness(outer, columns)[start]
    held = value > 0 if strict else value >= 0
    if (outcome["verdict"] == "held") != held:
        return f"{outcome['verdict']} at robustness {value!r}"
    if not held:
        return None if outcome["margin"] < TOLERANCE else f"failed with the margin {outcome['margin']!r}"
    line = robustness(inner, columns)
    good = next(i for i in range(start, count) if (line[i] > 0 if strict else line[i] >= 0))
    spare = (start + limit - good) * STEP
    return None if abs(spare - outcome["margin"]) <= TOLERANCE else f"{outcome['margin']!r} s to spare, and {spare!r} s"


def main():
    busbar, number = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 400
    rng = random.Random(20260101)
    cases = [make_case(rng) for _ in range(number)]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(cases, file)
        file.flush()
        answer = subprocess.run([busbar, "margins", file.name], capture_output=True, text=True)
    if answer.returncode != 0:
        print(f"busbar margins ended with {answer.returncode}: {answer.stderr}", file=sys.stderr)
        return 1
    outcomes = json.loads(answer.stdout)
    wrong, verdicts = 0, {}
    for index, (case, outcome) in enumerate(zip(cases, outcomes, strict=True)):
        kind = case["expectation"]["kind"]
        verdicts.setdefault(kind, {}).setdefault(outcome["verdict"], 0)
        verdicts[kind][outcome["verdict"]] += 1
        difference = compare(case, outcome)
        if difference:
            wrong += 1
            print(f"case {index} {case['expectation']}: {difference}", file=sys.stderr)
    # A comparison that only ever saw one verdict would prove little.
    for kind, counts in verdicts.items():
        if len([v for v in ("held", "failed") if counts.get(v, 0) >= 3]) < 2:
            wrong += 1
            print(f"{kind}: too few verdicts of one sort: {counts}", file=sys.stderr)
    print(f"margins: rtamt agrees on {number - wrong} of {number} random signals")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
