# Sourced by tools/check: the stage that holds the capping laws to their claims. Wants $root and $scratch, an empty folder.

# small_swarm NAME SEEDS SCENARIO SETTING...: no rule of safety is broken.
small_swarm() {
    local name=$1 seeds=$2 scenario=$3
    shift 3
    local settings=() setting
    for setting in "$@"; do settings+=(--set "$setting"); done
    if BUSBAR_ROOT="$root" .build/release/busbar swarm "$scenario" --seeds "$seeds" --restart --no-shrink \
        --out "$scratch/swarm-$name" "${settings[@]}" >"$scratch/swarm-$name.txt" 2>&1 </dev/null; then
        echo "swarm of $scenario $*: $seeds seeds, no rule broken, $(tail -n 1 "$scratch/swarm-$name.txt")"
        return 0
    fi
    say "swarm of $scenario $*: a rule of safety is broken:"
    cat "$scratch/swarm-$name.txt" >&2
    return 1
}

# Every law on every scenario against its claims; then a few hundred seeds of trouble for what is proved by thousands
# elsewhere (docs/benchmarks.md): the default law, two feeds, and each law that works otherwise.
check_laws() {
    local failed=0 law
    install_packages "to judge the laws' figures" python3 || return 1
    python3 tools/lib/judge-laws.py .build/release/busbar "$scratch/laws" || failed=1
    small_swarm first-light 300 Scenarios/first-light.yaml || failed=1
    small_swarm ab-feeds 40 Scenarios/ab-feeds.yaml || failed=1
    for law in static water-filling predictive ramp; do
        small_swarm "$law" 100 Scenarios/first-light.yaml "controller.law=$law" || failed=1
    done
    small_swarm trip-curve 100 Scenarios/first-light.yaml controller.law=trip-curve controller.budget=33kW || failed=1
    return "$failed"
}
