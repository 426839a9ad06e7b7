# Sourced by tools/bench: how much processor time "busbar serve" takes for a request, beside other servers.
# Wants $root, $scratch, and toolchain.bash and release.bash sourced before it.
#
# All servers get the same load from one C program (bench-server/load.c): function 3 with 60 registers on a number of
# connections with one request under way each. They take turns, each started anew for each measurement, the server
# pinned to core 0 and the load to core 1.

readonly bench_sources="$root/tools/lib/bench-server"
readonly bench_port=15020
readonly server_kinds=(busbar libmodbus pymodbus floor)

# Programs and a project folder with the rack that is served.
prepare_server_bench() {
    install_packages "to measure servers against each other" gcc libc6-dev libmodbus-dev python3 python3-venv || exit 69
    local program flags=(-O2 -Wall -Wextra -Werror)
    for program in load floor-server libmodbus-server; do
        gcc "${flags[@]}" -o "$scratch/$program" "$bench_sources/$program.c" -lmodbus || exit 69
    done
    local sum
    sum=$(sha256sum "$root/tools/judges.txt")
    if [ "$(cat "$root/.venv/judges.sum" 2>/dev/null)" != "$sum" ]; then
        say "Installing pymodbus into .venv"
        python3 -m venv "$root/.venv" \
            && "$root/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$root/tools/judges.txt" \
            && printf '%s\n' "$sum" >"$root/.venv/judges.sum" || give_up "pymodbus could not be installed into .venv."
    fi
    project=$scratch/project
    mkdir -p "$project/Racks" "$project/Firmware-specs"
    ln -s "$root/Accelerators" "$project/Accelerators"
    ln -s "$root"/Firmware-specs/*.yaml "$bench_sources/bench-registers.yaml" "$project/Firmware-specs/"
    cp "$bench_sources/rack.yaml" "$project/Racks/bench.yaml"
    cp "$bench_sources/scenario.yaml" "$project/"
}

# start_server KIND: sets $server; returns when it listens on 127.0.0.1:$bench_port. Ends by itself after two minutes.
start_server() {
    local kind=$1
    case $kind in
        busbar)
            set -- env BUSBAR_ROOT="$project" "$root/.build/release/busbar" serve "$project/scenario.yaml" --for 120 \
                --out "$scratch/out" --connections 1000 --bus "units=tcp:127.0.0.1:$bench_port"
            ;;
        libmodbus) set -- "$scratch/libmodbus-server" $bench_port ;;
        floor) set -- "$scratch/floor-server" $bench_port ;;
        pymodbus) set -- "$root/.venv/bin/python" "$bench_sources/pymodbus-server.py" $bench_port ;;
    esac
    : >"$scratch/ready"
    timeout --signal=TERM 150 "$@" >"$scratch/ready" 2>"$scratch/complaints" &
    guard=$!
    local _
    for _ in $(seq 300); do
        if grep -q '^ready' "$scratch/ready"; then
            # timeout's only child is the server itself.
            server=$(cat "/proc/$guard/task/$guard/children")
            server=${server%% *}
            taskset -a -p -c 0 "$server" >/dev/null
            # A device of the rack boots before it answers; longest are the BMCs, 5 s.
            if [ "$kind" = busbar ]; then sleep 6; fi
            return 0
        fi
        kill -0 "$guard" 2>/dev/null || break
        sleep 0.1
    done
    say "the $kind server did not become ready:"
    cat "$scratch/complaints" >&2
    exit 1
}

stop_server() {
    kill -TERM "$guard" 2>/dev/null || true
    wait "$guard" 2>/dev/null || true
    guard=
}

# The median of the numbers on standard input, one a line.
median() { sort -g | awk '{ number[NR] = $1 } END { print NR % 2 ? number[(NR + 1) / 2] : (number[NR / 2] + number[NR / 2 + 1]) / 2 }'; }

# measure_servers ROUNDS SECONDS: lines "KIND CONNECTIONS rate each user system p50 p99 p99.9" into $scratch/measured.
measure_servers() {
    local rounds=$1 seconds=$2 round kind connections figures
    : >"$scratch/measured"
    for round in $(seq "$rounds"); do
        for kind in "${server_kinds[@]}"; do
            start_server "$kind"
            for connections in 1 16 64; do
                figures=$(taskset -c 1 "$scratch/load" 127.0.0.1 $bench_port "$connections" "$seconds" "$server") || exit 1
                echo "$kind $connections $figures" >>"$scratch/measured"
            done
            stop_server
        done
        printf '\rround %d of %d' "$round" "$rounds" >&2
    done
    printf '\r\033[K' >&2
}

# column KIND CONNECTIONS NUMBER: the median of a column of what was measured.
column() { awk -v kind="$1" -v count="$2" -v place="$3" '$1 == kind && $2 == count { print $place }' "$scratch/measured" | median; }

report_servers() {
    local kind connections each range measure
    printf '%-10s %11s %10s %17s %11s %9s %9s %9s %9s\n' server connections CPU/us 'least-greatest' x-libmodbus \
        requests/s p50/us p99/us p99.9/us
    for connections in 1 16 64; do
        measure=$(column libmodbus "$connections" 4)
        for kind in "${server_kinds[@]}"; do
            each=$(column "$kind" "$connections" 4)
            range=$(awk -v kind="$kind" -v count="$connections" '$1 == kind && $2 == count { print $4 }' "$scratch/measured" \
                | sort -g | sed -n '1p;$p' | paste -s -d- -)
            printf '%-10s %11d %10.2f %17s %11.2f %9.0f %9.1f %9.1f %9.1f\n' "$kind" "$connections" "$each" "$range" \
                "$(awk -v a="$each" -v b="$measure" 'BEGIN { print a / b }')" "$(column "$kind" "$connections" 3)" \
                "$(column "$kind" "$connections" 7)" "$(column "$kind" "$connections" 8)" "$(column "$kind" "$connections" 9)"
        done
    done
}

# What does not depend on how busy the machine is: system calls, and instructions outside the kernel.
count_work() {
    local kind
    for kind in busbar libmodbus floor; do
        start_server "$kind"
        # The load's own count of requests against strace's count of calls, in the same span.
        local tracer requests
        strace -f -c -p "$server" -o "$scratch/calls" 2>/dev/null &
        tracer=$!
        sleep 1
        requests=$(taskset -c 1 "$scratch/load" 127.0.0.1 $bench_port 16 2 "$server" | awk '{ print $1 * 2.333 }')
        kill -INT "$tracer" || true
        wait "$tracer" 2>/dev/null || true
        awk -v kind="$kind" -v requests="$requests" '
            $NF != "total" && $4 ~ /^[0-9]+$/ && $4 > requests / 200 {
                text = text sprintf("  %s %.2f", $NF, $4 / requests)
            }
            END { print kind ": system calls per request at 16 connections:" text }' "$scratch/calls"
        stop_server
    done
}

# server_bench [quick]: everything above, the figures of docs/benchmarks.md.
server_bench() {
    local rounds=5 seconds=3
    if [ "${1:-}" = quick ]; then rounds=1 seconds=1; fi
    guard=
    prepare_server_bench
    printf '\n== the server: function 3, 60 registers; server on core 0, load on core 1; medians of %d rounds of %d s\n' \
        "$rounds" "$seconds"
    measure_servers "$rounds" "$seconds"
    report_servers
    if install_packages "to count system calls" strace; then count_work; fi
}
