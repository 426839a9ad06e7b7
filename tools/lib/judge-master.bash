#!/usr/bin/env bash
# Modbus servers that others wrote judge the master side: libmodbus over TCP and a pseudo-terminal, pymodbus, raw octets
# with all kinds of trouble, and "busbar serve".
#
#   tools/lib/judge-master.bash SCAN [BUSBAR] [PYTHON]
#
# SCAN is a built busbar-scan; BUSBAR a built busbar, without which its server is left out; PYTHON one that has pymodbus,
# without which pymodbus is left out. Wants a C compiler, libmodbus-dev, socat and python3. Exit code 0 when all are
# content, 1 when one is not, 69 when something is missing.
set -uo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
scan=${1:?which busbar-scan?}
busbar=${2:-}
python=${3:-}
scratch=$(mktemp -d)
servers=()
clean_up() {
    local server
    for server in "${servers[@]}"; do kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; done
    rm -rf "$scratch"
}
trap clean_up EXIT

compiler=$(command -v cc || command -v clang) || { echo "judge-master: no C compiler" >&2; exit 69; }
for program in device naive; do
    # pkg-config gives several words.
    # shellcheck disable=SC2046
    "$compiler" -O2 -Wall -o "$scratch/$program" "$root/tools/lib/judge-master/$program.c" \
        $(pkg-config --cflags --libs libmodbus) || exit 69
done
command -v socat >/dev/null || { echo "judge-master: no socat" >&2; exit 69; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# start PATTERN COMMAND…: in the background; returns when a line with the pattern came.
start() {
    local pattern=$1 output
    shift
    output=$(mktemp -p "$scratch")
    "$@" >"$output" 2>&1 &
    servers+=($!)
    for _ in $(seq 200); do
        grep -q "$pattern" "$output" && return 0
        kill -0 "${servers[-1]}" 2>/dev/null || break
        sleep 0.1
    done
    echo "judge-master: no \"$pattern\" from: $*" >&2
    cat "$output" >&2
    exit 1
}

failed=0
# judge TITLE EXPECTED COMMAND…: what the command prints has these lines, as patterns for grep -E, in this order and first.
judge() {
    local title=$1 expected=$2 line number=0 good=yes
    shift 2
    "$@" >"$scratch/answers" 2>&1 || good=no
    while IFS= read -r line; do
        number=$((number + 1))
        sed -n "${number}p" "$scratch/answers" | grep -qE "^$line\$" || good=no
    done <<<"$expected"
    if [ "$good" = yes ]; then
        echo "content    $title"
    else
        echo "NOT SO     $title; expected"
        sed 's/^/    /' <<<"$expected"
        echo "  found"
        sed 's/^/    /' "$scratch/answers"
        failed=1
    fi
}

# pair NAME: a pair of pseudo-terminals, $scratch/NAME-near and $scratch/NAME-far.
pair() {
    start 'starting data transfer' timeout 300 socat -d -d "pty,raw,echo=0,link=$scratch/$1-near" "pty,raw,echo=0,link=$scratch/$1-far"
}

# ---- libmodbus ---------------------------------------------------------------------------------------------------

requests=(holding:100:4 input:7:2 write:5=77 holding:5:1 write:20=1,2,3,4 holding:20:4 coil:3=1 holding:998:5)
answers='registers 100 101 102 103
registers 10007 10008
written
registers 77
written
registers 1 2 3 4
written
exception 2'

port=$(free_port)
start ready "$scratch/device" tcp "$port"
judge "libmodbus server, TCP: functions 3, 4, 5, 6, 16, exception 2" "$answers" \
    "$scan" ask "tcp:127.0.0.1:$port" --unit 17 "${requests[@]}"
judge "libmodbus server, TCP: function 43/14, which it does not know" $'exception 1\nregisters 3' \
    "$scan" ask "tcp:localhost:$port" --unit 17 --timeout 2000 text:0 holding:3:1

port=$(free_port)
start ready "$scratch/device" tcp "$port" 160
judge "self-test: a master that takes what comes next is caught" 'right [0-9]+ wrong [1-9][0-9]* timeouts [0-9]+' \
    "$scratch/naive" "$port" 100 20
# That one left a queue of requests behind.
port=$(free_port)
start ready "$scratch/device" tcp "$port" 160
judge "libmodbus server, TCP, answers up to 140 ms late: none taken for another" \
    'right [1-9][0-9]+ wrong 0 timeouts [1-9][0-9]* other 0' "$scan" verify "tcp:127.0.0.1:$port" --count 400 --timeout 20

pair line
start ready "$scratch/device" rtu "$scratch/line-far" 17
judge "libmodbus server, pseudo-terminal: the same functions" "$answers" \
    "$scan" ask "rtu:$scratch/line-near,115200,none,1" --unit 17 "${requests[@]}"
judge "libmodbus server, pseudo-terminal: silence from a unit that is not there" 'timeout' \
    "$scan" ask "rtu:$scratch/line-near,115200,none,1" --unit 99 --timeout 100 holding:0:1

pair late
# Up to eight times the time-out, four times what the pause after a time-out covers.
start ready "$scratch/device" rtu "$scratch/late-far" 17 160
judge "libmodbus server, pseudo-terminal, answers up to 140 ms late: none taken for another" \
    'right [1-9][0-9]+ wrong 0 timeouts [1-9][0-9]* other 0' \
    "$scan" verify "rtu:$scratch/late-near,115200,none,1" --unit 17 --count 300 --timeout 20

# ---- Raw octets --------------------------------------------------------------------------------------------------

for seed in 1 2 3; do
    port=$(free_port)
    start ready python3 "$root/tools/lib/judge-master/servers.py" trouble "$port" "$seed"
    judge "raw octets with trouble, seed $seed: none taken for another" \
        'right [1-9][0-9]* wrong 0 timeouts [1-9][0-9]* other [1-9][0-9]*' \
        "$scan" verify "tcp:127.0.0.1:$port" --count 400 --timeout 20
done

# ---- pymodbus ----------------------------------------------------------------------------------------------------

if [ -n "$python" ]; then
    port=$(free_port)
    start ready "$python" "$root/tools/lib/judge-master/servers.py" pymodbus "$port"
    # "ready" is said just before it listens; the master keeps trying.
    judge "pymodbus server, TCP: functions 3, 4, 5, 6, 16, 43/14, exception 2" "$answers
text Pymodbus" "$scan" ask "tcp:127.0.0.1:$port" --unit 17 --timeout 5000 "${requests[@]}" text:0
    if [ -n "$busbar" ]; then
        cat >"$scratch/plain.yaml" <<'SPEC'
# A map without a probe, as imports have it: the name of function 43/14 tells its device.
device: unclassified
model: plain
identity: {vendor: Pymodbus, product: PM, revision: "1.0"}
serial: {baud: 115200, parity: even, turnaround: 2 ms, units: [17]}
points:
  - {name: hundred, at: 100, type: u16}
SPEC
        sed 's/vendor: Pymodbus/vendor: Someone/' "$scratch/plain.yaml" >"$scratch/stranger.yaml"
        # identify SPEC: its line on the device, which is found by its name, and its exit code.
        identify() {
            BUSBAR_ROOT=$root "$busbar" spec identify "$scratch/$1.yaml" --at "tcp:127.0.0.1:$port" --unit 17 \
                --timeout 5000 >"$scratch/identity" 2>/dev/null
            local code=$?
            sed -n 2p "$scratch/identity"
            echo "exit $code"
        }
        judge "pymodbus server, TCP: spec identify goes by the name of function 43/14" \
            '  match +plain +function 43/14 tells its name, Pymodbus PM; it has no probe
exit 0' identify plain
        judge "pymodbus server, TCP: spec identify is contradicted by another vendor's name" \
            '  other +plain +by function 43/14 the vendor is "Pymodbus", not "Someone"; it has no probe
exit 1' identify stranger
    fi
fi

# ---- busbar serve ------------------------------------------------------------------------------------------------

if [ -n "$busbar" ]; then
    BUSBAR_ROOT="$root" start 'ready bus=shelf' "$busbar" serve "$root/Scenarios/first-light.yaml" --out "$scratch/out" --for 120 \
        --bus management=tcp:127.0.0.1:0 --bus "shelf=pty:$scratch/shelf"
    place=$(sed -n 's/^ready bus=management at=//p' "$scratch"/tmp.* | tail -n 1)
    judge "busbar serve, TCP: a BMC's identity, readings, limit, and a unit that is not there" 'text Busbar
text BMC-1
registers .*
written
registers 2600' "$scan" ask "tcp:$place" --unit 48 --timeout 60000 text:0 text:1 holding:0:14 write:64=2600 holding:64:1
    judge "busbar serve, TCP: a unit that is not there" 'exception 10' "$scan" ask "tcp:$place" --unit 99 holding:0:1
    judge "busbar serve, pseudo-terminal: a power supply" 'registers [1-9].*' \
        "$scan" ask "rtu:$scratch/shelf,115200,none,1" --unit 208 --timeout 5000 holding:79:4
fi
[ "$failed" -eq 0 ] && echo "judge-master: all are content" || echo "judge-master: not all are content"
exit "$failed"
