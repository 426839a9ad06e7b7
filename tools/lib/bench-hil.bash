# Sourced by tools/bench: all figures of hardware in the loop in one go, the server's, the master's and the scan cycle's, and at
# their end a table of ratios. Wants $root, $scratch, and toolchain.bash, release.bash and bench-server.bash sourced before it.

hil_usage() {
    echo "usage: tools/bench hil [quick] [--cycle TIME|none]   (TIME: 10m, 90s; of cyclictest and of the scan cycle each)" >&2
    exit 64
}

# hil_arguments ARGUMENT…: sets $hil_quick and $hil_cycle, the seconds of each side of the scan cycle's comparison.
hil_arguments() {
    hil_quick= hil_cycle=120
    while [ $# -gt 0 ]; do
        case $1 in
            quick) hil_quick=quick; hil_cycle=20; shift ;;
            --cycle)
                case ${2:-} in
                    none) hil_cycle=0 ;;
                    *[0-9]m) hil_cycle=$((${2%m} * 60)) ;;
                    *[0-9]s) hil_cycle=${2%s} ;;
                    *) hil_usage ;;
                esac
                shift 2
                ;;
            *) hil_usage ;;
        esac
    done
}

# note FIGURE VALUE AIM: a line of the table at the end.
note() { printf '%-78s %9s   %s\n' "$1" "$2" "$3" >>"$scratch/figures"; }

# A figure of busbar as a multiple of another server's, from the medians; "-" where one of them was not measured.
multiple() {
    awk -v ours="$(column busbar "$2" "$3" 2>/dev/null)" -v theirs="$(column "$1" "$2" "$3" 2>/dev/null)" \
        'BEGIN { if (ours > 0 && theirs > 0) printf "%.3f", ours / theirs; else print "-" }'
}

# Called while $scratch/measured has the servers' rounds.
note_servers() {
    local connections aim
    for connections in 1 16 64; do
        aim=0.9
        if [ "$connections" = 1 ]; then aim=1.05; fi
        note "server, $connections connections: processor time per request / libmodbus's server" \
            "$(column busbar "$connections" 10)" "at most $aim"
    done
    for connections in 16 64; do
        note "server, $connections connections: processor time per request / pymodbus's server" \
            "$(multiple pymodbus "$connections" 4)" "at most 0.143"
        note "server, $connections connections: latency p99 / libmodbus's server" \
            "$(multiple libmodbus "$connections" 8)" "at most 1"
    done
}

note_units() {
    local one many
    one=$(column one-unit 16 7)
    many=$(column 1000-units-on-four-addresses 16 7)
    note "server: latency p50 with 1000 units on a port number / with one" \
        "$(awk -v one="$one" -v many="$many" 'BEGIN { printf "%.3f", many / one }')" "1"
}

master_bench() {
    printf '\n== the master: a scan of 64 connections, beside a C program with a thread per libmodbus context\n'
    local turns=9
    if [ -n "$hil_quick" ]; then turns=3; fi
    TURNS=$turns bash "$root/tools/lib/bench-master.bash" "$root/.build/release/busbar-scan" | tee "$scratch/master"
    note "master: scan of 64 TCP devices / C program with a thread per libmodbus context" \
        "$(sed -n 's/.*ratio of a turn: median \([0-9.]*\),.*/\1/p' "$scratch/master")" "at most 1.3"
}

cycle_bench() {
    [ "$hil_cycle" -gt 0 ] || return 0
    printf '\n== the scan cycle: 100 Hz over 32 devices, beside cyclictest, %s s each in two turns\n' "$hil_cycle"
    bash "$root/tools/lib/bench-cycle.bash" --minutes "$(awk -v s="$hil_cycle" 'BEGIN { print s / 60 }')" --turns 2 \
        | tee "$scratch/cycle"
    local ratios allocations
    # A turn is a line of cyclictest's and then one of busbar's.
    ratios=$(sed -nE 's/^wake-up us .* p99\.9 ([0-9.]+) .*/\1/p' "$scratch/cycle" \
        | awk 'NR % 2 { theirs = $1; next } { printf "%s%.2f", (NR > 2 ? ", " : ""), $1 / theirs }')
    allocations=$(sed -nE 's/^allocations ([0-9]+) in .*/\1/p' "$scratch/cycle" | awk '{ sum += $1 } END { print sum }')
    note "scan cycle: wake-up latency p99.9 / cyclictest's, turn by turn" "${ratios:--}" "at most 1.5"
    note "scan cycle: heap allocations in all measured cycles" "${allocations:--}" "0"
}

# hil_bench: everything, after hil_arguments.
hil_bench() {
    : >"$scratch/figures"
    server_bench "$hil_quick"
    master_bench
    cycle_bench
    printf '\n== all figures   %s   %s\n' "$(date -u +%Y-%m-%d)" "$(git -C "$root" describe --always --dirty 2>/dev/null || true)"
    printf '%s, %s cores, %s; load average at the start %s, now %s\n' \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -sr)" "$load" \
        "$(cut -d ' ' -f 1-3 /proc/loadavg)"
    printf '%-78s %9s   %s\n' "figure" "measured" "aim"
    cat "$scratch/figures"
}
