# Sourced by tools/judges: starts and stops the server that is judged. Wants $binary, $root and $scratch, sets $server.

# bench_root FOLDER: a project root in which the shipped types and those of judge-bench lie side by side.
bench_root() {
    local folder kind
    for kind in Firmware-specs Racks Scenarios; do
        mkdir -p "$1/$kind"
        for folder in "$root" "$root/tools/lib/judge-bench"; do ln -sf "$folder/$kind"/* "$1/$kind"; done
    done
    ln -s "$root/Accelerators" "$1/Accelerators"
}

# start_server ROOT SCENARIO ARGUMENT…: busbar serve in the background; returns when it is ready. Ends by itself after ten
# minutes.
start_server() {
    local project=$1 scenario=$2 wanted=0 argument
    shift 2
    rm -rf "$scratch/out"
    : >"$scratch/ready"
    BUSBAR_ROOT="$project" "$binary" serve "$scenario" --out "$scratch/out" --for 600 "$@" \
        >"$scratch/ready" 2>"$scratch/complaints" &
    server=$!
    for argument in "$@"; do [ "$argument" = --bus ] && wanted=$((wanted + 1)); done
    for _ in $(seq 300); do
        [ "$(grep -c '^ready bus=' "$scratch/ready")" -eq "$wanted" ] && return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    say "busbar serve did not become ready:"
    cat "$scratch/ready" "$scratch/complaints" >&2
    exit 1
}

# Ctrl-C, and the server's exit code.
stop_server() {
    local pid=$server
    [ -n "$pid" ] || return 0
    server=
    kill -INT "$pid" 2>/dev/null
    wait "$pid"
}

# place_of BUS: where its clients connect, one line for each binding.
place_of() { sed -n "s/^ready bus=$1 at=//p" "$scratch/ready"; }
