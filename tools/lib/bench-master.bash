#!/usr/bin/env bash
# How long a scan of 64 TCP connections takes through Busbar's master side, and through a C program with a thread per
# libmodbus context: in turn, against the same libmodbus server.
#
#   tools/lib/bench-master.bash SCAN [CORES-OF-SERVER CORES-OF-SCANNER]
#
# SCAN is a busbar-scan built in release; cores as taskset takes them, all by default. Environment: CHANNELS (64),
# REGISTERS (60), ROUNDS (500) per turn, TURNS (9). Wants a C compiler and libmodbus-dev.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
scan=${1:?which busbar-scan?}
server_cores=${2:-0-$(($(nproc) - 1))}
scanner_cores=${3:-$server_cores}
channels=${CHANNELS:-64} registers=${REGISTERS:-60} rounds=${ROUNDS:-500} turns=${TURNS:-9}
scratch=$(mktemp -d)
server=
clean_up() {
    # The server's own exit status, that of a program that was ended, is not this script's.
    if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; fi
    rm -rf "$scratch"
}
trap clean_up EXIT

compiler=$(command -v cc || command -v clang)
for program in device scan; do
    # pkg-config gives several words.
    # shellcheck disable=SC2046
    "$compiler" -O2 -o "$scratch/$program" "$root/tools/lib/judge-master/$program.c" \
        $(pkg-config --cflags --libs libmodbus) -lpthread
done
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
: >"$scratch/ready"
taskset -c "$server_cores" "$scratch/device" tcp "$port" >"$scratch/ready" &
server=$!
until grep -q ready "$scratch/ready"; do sleep 0.05; done

echo "server on cores $server_cores, scanner on cores $scanner_cores; $channels connections, $registers registers each;" \
    "$turns turns of $rounds scans; load average $(cut -d ' ' -f 1-3 /proc/loadavg)"
# median_of WHOSE: the medians of one turn.
median_of() { sed -n "s/^$1: median \([0-9.]*\) us.*/\1/p"; }
for _ in $(seq "$turns"); do
    taskset -c "$scanner_cores" "$scan" measure "tcp:127.0.0.1:$port" --channels "$channels" --registers "$registers" \
        --rounds "$rounds" | tee "$scratch/last" | median_of busbar >>"$scratch/ours"
    taskset -c "$scanner_cores" "$scratch/scan" 127.0.0.1 "$port" "$channels" "$registers" "$rounds" \
        | tee "$scratch/theirs-last" | median_of libmodbus >>"$scratch/theirs"
    printf '%s; %s\n' "$(cat "$scratch/last")" "$(cat "$scratch/theirs-last")"
done
paste "$scratch/ours" "$scratch/theirs" | awk '
    { ours[NR] = $1; theirs[NR] = $2; ratio[NR] = $1 / $2 }
    function median(values, n,   i, j, t) {
        for (i = 1; i < n; i++) for (j = i + 1; j <= n; j++) if (values[j] < values[i]) {
            t = values[i]; values[i] = values[j]; values[j] = t }
        return values[int((n + 1) / 2)]
    }
    END {
        a = median(ours, NR); b = median(theirs, NR); r = median(ratio, NR)
        printf "busbar %.1f us, libmodbus %.1f us per scan; ratio of a turn: median %.2f, %.2f to %.2f\n",
            a, b, r, ratio[1], ratio[NR]
    }'
