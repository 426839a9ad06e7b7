# Sourced by tools/bench: how much processor time "busbar serve" takes for a request, beside other servers.
# Wants $root, $scratch, and toolchain.bash, release.bash and bench-hil.bash sourced before it.
#
# All servers get the same load from one C program (bench-server/load.c): function 3 with 60 registers on a number of
# connections with one request under way each. They take turns, all servers
# pinned to core 0 and the load to core 1. "busbar serve" writes its capture meanwhile, until that has its 64 MiB (some
# 270,000 requests).

readonly bench_sources="$root/tools/lib/bench-server"
bench_port=15020
guards=()
server_kinds=(busbar libmodbus pymodbus floor)

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

# start_server KIND: sets $server and $host; returns when it listens on $host:$bench_port. busbar serves four buses, on
# four neighbouring addresses. Ends by itself after ten minutes.
start_server() {
    local kind=$1 bus
    local places=()
    host=127.0.0.1
    case $kind in
        busbar | no-capture)
            host=127.0.1.1
            for bus in 1 2 3 4; do places+=(--bus "units-$bus=tcp:127.0.1.$bus:$bench_port"); done
            if [ "$kind" = no-capture ]; then places+=(--capture none); fi
            set -- env BUSBAR_ROOT="$project" "$root/.build/release/busbar" serve "$project/scenario.yaml" --for 600 \
                --out "$scratch/out-$kind" --connections 1000 "${places[@]}"
            ;;
        libmodbus) set -- "$scratch/libmodbus-server" $bench_port ;;
        floor) set -- "$scratch/floor-server" $bench_port ;;
        pymodbus) set -- "$root/.venv/bin/python" "$bench_sources/pymodbus-server.py" $bench_port ;;
    esac
    : >"$scratch/ready"
    timeout --signal=TERM 650 "$@" >"$scratch/ready" 2>"$scratch/complaints" &
    guard=$!
    local _
    for _ in $(seq 300); do
        if grep -q '^ready' "$scratch/ready"; then
            # timeout's only child is the server itself.
            server=$(cat "/proc/$guard/task/$guard/children")
            server=${server%% *}
            taskset -a -p -c 0 "$server" >/dev/null
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

# measure_servers ROUNDS SECONDS: lines "KIND CONNECTIONS rate each user system p50 p99 p99.9 xLIBMODBUS" into
# $scratch/measured. All servers stay up and are asked one right after the other, so that what else the machine does
# hits all of them alike; the ratio is taken in each round.
measure_servers() {
    local rounds=$1 seconds=$2 round kind connections
    local -A processes=() hosts=() ports=()
    : >"$scratch/measured"
    for kind in "${server_kinds[@]}"; do
        start_server "$kind"
        processes[$kind]=$server hosts[$kind]=$host ports[$kind]=$bench_port
        guards+=("$guard")
        bench_port=$((bench_port + 1))
    done
    for round in $(seq "$rounds"); do
        for connections in 1 16 64; do
            for kind in "${server_kinds[@]}"; do
                echo "$kind $connections $(taskset -c 1 "$scratch/load" "${hosts[$kind]}" "${ports[$kind]}" "$connections" \
                    "$seconds" "${processes[$kind]}")" >>"$scratch/round"
            done
            awk '$1 == "libmodbus" { measure = $4 } { line[NR] = $0; each[NR] = $4 }
                END { for (row = 1; row <= NR; row++) print line[row], each[row] / measure }' "$scratch/round" \
                >>"$scratch/measured"
            rm "$scratch/round"
        done
        printf '\rround %d of %d' "$round" "$rounds" >&2
    done
    printf '\r\033[K' >&2
    for guard in "${guards[@]}"; do stop_server; done
    guards=()
}

# column KIND CONNECTIONS NUMBER: the median of a column of what was measured.
column() { awk -v kind="$1" -v count="$2" -v place="$3" '$1 == kind && $2 == count { print $place }' "$scratch/measured" | median; }

report_servers() {
    local kind connections range
    printf '%-10s %11s %10s %17s %11s %11s %9s %9s %9s\n' server connections CPU/us 'least-greatest' x-libmodbus \
        requests/s p50/us p99/us p99.9/us
    for connections in 1 16 64; do
        for kind in "${server_kinds[@]}"; do
            range=$(awk -v kind="$kind" -v count="$connections" '$1 == kind && $2 == count { print $4 }' "$scratch/measured" \
                | sort -g | sed -n '1p;$p' | paste -s -d- -)
            printf '%-10s %11d %10.2f %17s %11.2f %11.0f %9.1f %9.1f %9.1f\n' "$kind" "$connections" \
                "$(column "$kind" "$connections" 4)" "$range" "$(column "$kind" "$connections" 10)" \
                "$(column "$kind" "$connections" 3)" "$(column "$kind" "$connections" 7)" \
                "$(column "$kind" "$connections" 8)" "$(column "$kind" "$connections" 9)"
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
        requests=$(taskset -c 1 "$scratch/load" "$host" $bench_port 16 2 "$server" | awk '{ print $1 * 2.333 }')
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

# What many units cost: time beside one unit, memory beside nothing.
measure_units() {
    local rounds=$1 seconds=$2 _ name units addresses
    local ways=("one-unit 1 1" "250-units-on-one-port 250 1" "1000-units-on-four-addresses 250 4")
    : >"$scratch/measured"
    start_server busbar
    for _ in $(seq "$rounds"); do
        for way in "${ways[@]}"; do
            read -r name units addresses <<<"$way"
            echo "$name 16 $(taskset -c 1 "$scratch/load" "$host" $bench_port 16 "$seconds" "$server" 60 "$units" "$addresses")" \
                >>"$scratch/measured"
        done
    done
    stop_server
    for way in "${ways[@]}"; do
        read -r name units addresses <<<"$way"
        printf '%-30s at 16 connections: %.2f us of CPU a request, p50 %.1f us, p99 %.1f us\n' "$name" \
            "$(column "$name" 16 4)" "$(column "$name" 16 7)" "$(column "$name" 16 8)"
    done
}

# 100,000 units of 100 registers on 405 buses, each served at an address of its own.
measure_memory() {
    local buses=405 bus places=() names
    names=$(seq -f 'units-%.0f' -s ', ' $buses)
    {
        sed -n '1,/^  - {name: trays/p' "$bench_sources/rack.yaml"
        for bus in $(seq $buses); do echo "  - {name: units-$bus, tcp: {latency: 1 ms}}"; done
        sed -n '/^shelves:/,/^devices:/p' "$bench_sources/rack.yaml"
        echo "  - {name: \"registers-{n}\", count: 100000, spec: bench-registers, bus: [$names], first-unit: 1}"
    } >"$project/Racks/many.yaml"
    sed 's/^rack: bench/rack: many/' "$bench_sources/scenario.yaml" >"$project/many.yaml"
    for bus in $(seq $buses); do
        places+=(--bus "units-$bus=tcp:127.0.$((2 + bus / 250)).$((1 + bus % 250)):$bench_port")
    done
    BUSBAR_ROOT="$project" timeout 60 "$root/.build/release/busbar" serve "$project/many.yaml" --for 3 \
        --out "$scratch/out" "${places[@]}" >"$scratch/ready" 2>"$scratch/complaints" &
    guard=$!
    local peak=0 now
    while kill -0 "$guard" 2>/dev/null; do
        server=$(cat "/proc/$guard/task/$guard/children" 2>/dev/null || true)
        now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/${server%% *}/status" 2>/dev/null || true)
        if [ "${now:-0}" -gt "$peak" ]; then peak=$now; fi
        sleep 0.2
    done
    wait "$guard" 2>/dev/null || true
    guard=
    peak=$(awk -v kib="$peak" 'BEGIN { printf "%.0f", kib / 1024 }')
    printf '100000 units of 100 registers on %d of %d buses served: peak memory %d MiB\n' \
        "$(grep -c '^ready' "$scratch/ready")" "$buses" "$peak"
    note "server: peak memory with 100,000 units of 100 registers, MiB" "$peak" "below 1024"
}

# server_bench [quick]: everything above, the figures of docs/benchmarks.md.
server_bench() {
    local rounds=12 seconds=1
    if [ "${1:-}" = quick ]; then rounds=1 seconds=1; fi
    guard=
    prepare_server_bench
    # busbar again, without its capture, where it can be told to write none.
    if "$root/.build/release/busbar" serve --help | grep -q -e '--capture'; then server_kinds+=(no-capture); fi
    printf '\n== the server: function 3, 60 registers; server on core 0, load on core 1; medians of %d rounds of %d s\n' \
        "$rounds" "$seconds"
    measure_servers "$rounds" "$seconds"
    report_servers
    note_servers
    if install_packages "to count system calls" strace; then count_work; fi
    measure_units "$rounds" "$seconds"
    note_units
    measure_memory
}
