#!/usr/bin/env bash
# The scan cycle of `busbar control` at 100 Hz over 32 loopback devices, and cyclictest (Debian: rt-tests) at the same
# period and priority on the same processor, in turn: wake-up latencies, scan and cycle times, heap allocations. Judges
# nothing: a figure belongs to a machine, a date and a command.
#
#   tools/lib/bench-cycle.bash                        10 minutes of each, in two turns
#   tools/lib/bench-cycle.bash --minutes 1 --turns 1
#
# Both hold /dev/cpu_dma_latency at 0 and lock their memory. The rack is served by `busbar serve` on processor 0 all the
# time; the measured threads run on the last processor, at SCHED_FIFO 80. The bus threads run anywhere, one below.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=tools/lib/toolchain.bash
. "$root/tools/lib/toolchain.bash"
# shellcheck source=tools/lib/release.bash
. "$root/tools/lib/release.bash"

minutes=10
turns=2
priority=80
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) minutes=${2:?--minutes wants a number}; shift 2 ;;
        --turns) turns=${2:?--turns wants a number}; shift 2 ;;
        *) echo "usage: tools/lib/bench-cycle.bash [--minutes N] [--turns N]" >&2; exit 64 ;;
    esac
done
seconds=$(awk -v m="$minutes" -v t="$turns" 'BEGIN { printf "%d", (m * 60 / t < 1) ? 1 : m * 60 / t }')
cpu=$(($(nproc) - 1))
port=15020

install_packages "the other side of the comparison" rt-tests || exit 69
find_swift
build_release busbar
build_release busbar-bench

folder=$(mktemp -d)
server=
# shellcheck disable=SC2329 # called by the trap
clean_up() {
    if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT

# Eight trays of three devices and eight supplies, every one of them on a connection of its own.
cat >"$folder/rack.yaml" <<RACK
# Thirty-two devices on one port, for the benchmark of the scan cycle.
rack: bench-32
feeds:
  - {name: feed-a, breaker: {rated: 100 A, curve: very-inverse}}
buses:
  - {name: net, tcp: {latency: 1 us, jitter: 0 s}, at: tcp:127.0.0.1:$port}
shelves:
  - name: shelf-1
    feed: feed-a
    supplies: {count: 8, rated: 5.5 kW, spec: psu-orv3-hpr, bus: net, units: [208, 209, 210, 211, 212, 213, 218, 219]}
trays:
  - name: tray-{n}
    count: 8
    accelerators: {model: h20, count: 4}
    fans: {count: 6}
    monitor: {spec: busbar-pm-1, bus: net, first-unit: 16}
    bmc: {spec: busbar-bmc-1, bus: net, first-unit: 48}
    fan-controller: {spec: busbar-fan-1, bus: net, first-unit: 80}
RACK
cat >"$folder/served.yaml" <<SCENARIO
# Serves the benchmark's rack.
rack: $folder/rack.yaml
duration: 10 h
workload: {inference: {trace: bursty, demand: 50 %}}
controller: {law: three-band, budget: 38 kW}
SCENARIO

export BUSBAR_ROOT=$root

taskset -c 0 "$root/.build/release/busbar" serve "$folder/served.yaml" --bus "net=tcp:127.0.0.1:$port" \
    --out "$folder/run" --for 36000 >"$folder/serve.log" 2>&1 &
server=$!
for _ in $(seq 100); do
    grep -q '^ready ' "$folder/serve.log" && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/serve.log" >&2; exit 69; }
    sleep 0.1
done

# percentiles FILE: p50, p99 and p99.9 of cyclictest's histogram, in microseconds.
percentiles() {
    awk '/^[0-9]+ [0-9]+$/ { at[n] = $1 + 0; count[n] = $2 + 0; total += $2; n++ }
        /^# Max Latencies:/ { max = $4 + 0 }
        /^# Histogram Overflows:/ { total += $4 }
        END {
            split("50 99 99.9", wanted, " ")
            for (w = 1; w <= 3; w++) {
                sum = 0; value = ">histogram"
                for (i = 0; i < n; i++) { sum += count[i]; if (sum >= total * wanted[w] / 100) { value = at[i]; break } }
                printf "p%s %s   ", wanted[w], value
            }
            printf "max %d   count %d\n", max, total
        }' "$1"
}

echo "date: $(date -u +%Y-%m-%dT%H:%MZ)"
echo "commit: $(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)"
echo "system: $(uname -sr), $(nproc) processors, load $(cut -d ' ' -f 1-3 /proc/loadavg)"
for turn in $(seq "$turns"); do
    printf '\n== turn %s: cyclictest, %s s\n' "$turn" "$seconds"
    echo "\$ cyclictest -q -m -t 1 -p $priority -i 10000 -a $cpu -D ${seconds}s -h 50000"
    cyclictest -q -m -t 1 -p "$priority" -i 10000 -a "$cpu" -D "${seconds}s" -h 50000 >"$folder/cyclictest.log"
    echo "wake-up us   $(percentiles "$folder/cyclictest.log")"
    printf '\n== turn %s: busbar, %s s\n' "$turn" "$seconds"
    echo "\$ busbar-bench cycle rack.yaml --period 10 --seconds $seconds --warm-up 10 --priority $priority --cpu $cpu"
    "$root/.build/release/busbar-bench" cycle "$folder/rack.yaml" --period 10 --seconds "$seconds" --warm-up 10 \
        --priority "$priority" --cpu "$cpu"
done
