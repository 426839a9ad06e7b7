#!/usr/bin/env bash
# A rack and its controller as two programs: "busbar serve" has the physics and the devices, "busbar control" meets them on
# two TCP ports and, through socat, on a serial line. Then the controller is killed, buses are cut, a port is flooded, and
# the server is killed; the power that the physics draws is judged throughout.
#
#   tools/lib/judge-control.bash BUSBAR
#
# Wants socat, mbpoll and python3. Takes about 40 s. Exit code 0 when every claim holds, 1 when one does not, 69 when
# something is missing.
set -uo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
busbar=${1:?which busbar?}
for program in socat mbpoll python3; do
    command -v "$program" >/dev/null || { echo "judge-control: no $program" >&2; exit 69; }
done
export BUSBAR_ROOT=$root
# All claims hold within a few seconds each; this is for a machine under load.
readonly patience=60
readonly budget=24
scratch=$(mktemp -d)
server= controller= line=
clean_up() {
    local pid
    for pid in $controller $server $line; do
        kill -CONT "$pid" 2>/dev/null
        kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    rm -rf "$scratch"
}
trap clean_up EXIT

# ---- The two programs --------------------------------------------------------------------------------------------

read -r trays_port management_port < <(python3 - <<'END'
import socket
held = [socket.socket() for _ in range(2)]
for one in held: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))
END
)

# Uncapped, this load draws about 32 kW. By 20 s the controller has it in hand; seen after 4 s.
cat >"$scratch/bench.yaml" <<END
rack: air-cooled-64
duration: 30 s
workload: {constant: 100 %}
controller: {law: three-band, redundancy: N+1, period: 100 ms, budget: $budget kW}
expect:
  - never: feed-a/breaker.tripped
  - always: bus.voltage >= 46 V
  - always: rack.power <= rack.budget
    from: 20 s
END
sed -e "s|at: tcp:127.0.0.1:1502|at: 'rtu:$scratch/near,115200,none,1'|" -e "s|127.0.0.1:1503|127.0.0.1:$trays_port|" \
    -e "s|127.0.0.1:1504|127.0.0.1:$management_port|" "$root/Racks/air-cooled-64.yaml" >"$scratch/rack.yaml"

# start COMMAND…: in its place, and dead when this script is.
start() { exec setpriv --pdeathsig KILL "$@"; }

# start_server: the rack on its ports and on the line, again and again at the same places.
start_server() {
    : >"$scratch/serve.out"
    start "$busbar" serve "$scratch/bench.yaml" --out "$scratch/served" --status 0.1s \
        --control-socket "$scratch/control.socket" --bus "shelf=pty:$scratch/far" \
        --bus "trays=tcp:127.0.0.1:$trays_port" --bus "management=tcp:127.0.0.1:$management_port" \
        >"$scratch/serve.out" 2>"$scratch/plant" &
    server=$!
    until_holds serve_is_ready || { cat "$scratch/plant" >&2; return 1; }
    # The line ends with either of its ends.
    start socat "$scratch/far,raw,echo=0" "pty,raw,echo=0,link=$scratch/near" 2>"$scratch/socat" &
    line=$!
    until_holds test -e "$scratch/near"
}
serve_is_ready() { [ "$(grep -c '^ready bus=' "$scratch/serve.out")" -eq 3 ]; }

start_controller() {
    : >"$scratch/control.out"
    start "$busbar" control "$scratch/rack.yaml" --budget "$budget kW" --out "$scratch/controlled" --for 300s --status 0.5s \
        >"$scratch/control.out" 2>"$scratch/control.err" &
    controller=$!
}

# stop PROCESS SIGNAL: its exit code.
stop() {
    kill "-$2" "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}

# ---- Looking -----------------------------------------------------------------------------------------------------

# until_holds COMMAND…: asks five times a second, while those who should run do.
until_holds() {
    local deadline=$((SECONDS + patience)) pid
    until "$@" >"$scratch/looked" 2>&1; do
        for pid in $server $controller; do kill -0 "$pid" || return 1; done
        [ "$SECONDS" -lt "$deadline" ] || { cat "$scratch/looked"; return 1; }
        sleep 0.2
    done
}

# What the physics draws, from the server's own lines: time in seconds and power in kW, a line for each tenth of a second.
plant() { sed -nE 's/^t=([0-9.]+)s power=([0-9.]+)kW .*/\1 \2/p' "$scratch/plant"; }
plant_time() { plant | tail -n 1 | cut -d ' ' -f 1; }
draws_more_than_budget() { plant | tail -n 1 | awk -v budget=$budget '{ exit !($2 > budget) }'; }
draws_less_than_budget() { plant | tail -n 1 | awk -v budget=$budget '{ exit !($2 > 0 && $2 <= budget) }'; }
plant_reached() { plant_time | awk -v wanted="$1" '{ exit !($1 >= wanted) }'; }

# held_since TIME: from this time of the rack on, no power above the budget, ten looks at least.
held_since() {
    plant | awk -v from="$1" -v budget=$budget '
        $1 >= from { count++; if ($2 > highest) { highest = $2; at = $1 } }
        END { print "highest power " highest " kW at " at " s, " count " looks"; exit !(count >= 10 && highest <= budget) }'
}
# holds_for SECONDS: of the rack's time, from now on.
holds_for() {
    local from
    from=$(plant_time)
    until_holds plant_reached "$(awk -v from="$from" -v more="$1" 'BEGIN { print from + more }')" && held_since "$from"
}

# trays_online COUNT: by the controller's last line.
trays_online() { grep -o 'trays=[0-9]*/8' "$scratch/control.err" | tail -n 1 | grep -qx "trays=$1/8"; }
in_hand() { trays_online 8 && draws_less_than_budget; }
is_ready() { grep -q '^ready rack=air-cooled-64 devices=30 channels=10 period=100ms$' "$scratch/control.out"; }
said() { grep -qE "$1" "$scratch/control.err"; }
both_run() { kill -0 "$server" && kill -0 "$controller"; }

# bmcs REGISTER: of all eight, in words separated by spaces.
bmcs() {
    mbpoll -0 -1 -m tcp -p "$management_port" -a 48:55 -r "$1" -c 1 127.0.0.1 2>/dev/null \
        | sed -nE 's/^\[[0-9]+\]:[[:space:]]*([0-9]+).*/\1/p' | xargs
}
readonly applied_limit=4 watchdog_remaining=13 default_limit=70
watchdogs_expired() { [ "$(bmcs $watchdog_remaining)" = "0 0 0 0 0 0 0 0" ]; }
watchdogs_fed() { bmcs $watchdog_remaining | grep -qE '^([1-9][0-9]* ?){8}$'; }
defaults_in_force() {
    local applied
    applied=$(bmcs $applied_limit)
    echo "applied $applied; default $(bmcs $default_limit)"
    [ -n "$applied" ] && [ "$applied" = "$(bmcs $default_limit)" ] \
        && awk -v budget=$budget '{ for (i = 1; i <= NF; i++) sum += $i; exit !(NF == 8 && sum <= budget * 1000) }' <<<"$applied"
}

failed=0
# claim TITLE COMMAND…: a line that says whether it holds; what is known when it does not.
claim() {
    local title=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        echo "content    $title"
    else
        echo "NOT SO     $title"
        { cat "$scratch/said"; tail -n 8 "$scratch/control.err"; tail -n 3 "$scratch/plant"; } 2>/dev/null | sed 's/^/    /'
        failed=1
    fi
}

# ---- The controller comes, is killed, and comes again ------------------------------------------------------------

start_server || { echo "judge-control: busbar serve did not become ready" >&2; exit 1; }
claim "control: without a controller the rack draws more than its budget" until_holds draws_more_than_budget
start_controller
claim "control: the controller becomes ready" until_holds is_ready
claim "control: it brings the rack below its budget" until_holds in_hand
claim "control: its caps hold the budget" holds_for 5

began=$(plant_time)
stop "$controller" KILL
controller=
claim "control: killed with -9, the watchdogs of all eight BMCs expire" until_holds watchdogs_expired
claim "control: their own default limits, together within the budget, are in force" until_holds defaults_in_force
claim "control: the default limits hold the budget" holds_for 3
claim "control: at no time since it was killed did the rack draw more" held_since "$began"

start_controller
claim "control: started again, it becomes ready" until_holds is_ready
claim "control: it takes over: trays online, watchdogs fed" until_holds eval 'in_hand && watchdogs_fed'

# ---- Buses are cut -----------------------------------------------------------------------------------------------

began=$(plant_time)
kill -STOP "$line"
claim "control: a serial line cut: its supplies are told as lost" until_holds said '^t=[0-9.]+s shelf-1/psu-6 .*: lost'
claim "control: the other buses go on: all trays online, their watchdogs fed" eval 'trays_online 8 && watchdogs_fed'
kill -CONT "$line"
claim "control: the line is back, and its supplies are there again" until_holds said '^t=[0-9.]+s shelf-1/psu-6 .*: there again'

"$busbar" inject "$scratch/control.socket" --bus management --fault no-reply --for 6s >"$scratch/said" 2>&1
claim "control: a silent TCP bus: all BMCs are told as lost" until_holds trays_online 0
claim "control: the monitors' bus goes on" eval '! said "/monitor .*: lost"'
claim "control: the bus is back, and so are the trays" until_holds in_hand
claim "control: through both cuts the rack never drew more than its budget" held_since "$began"

# ---- A port is flooded -------------------------------------------------------------------------------------------

began=$(plant_time)
claim "control: a port flooded for 5 s by 24 clients" python3 "$root/tools/lib/judge-control/flood.py" "$management_port" 5
claim "control: the rack never drew more than its budget" held_since "$began"
claim "control: no process is down, and all trays are online" until_holds eval 'both_run && in_hand'

# ---- The server ends, is killed, and comes again -----------------------------------------------------------------

ends_with_verdicts() {
    local status=0
    until_holds plant_reached 31 || return 1
    stop "$server" INT || status=$?
    cat "$scratch/serve.out"
    [ "$status" -eq 0 ] && grep -qE '^ *held +never +feed-a/breaker.tripped' "$scratch/serve.out" \
        && grep -qE '^ *held +always +rack.power <= rack.budget' "$scratch/serve.out"
}
claim "control: the rack's own verdicts: power within the budget, nothing tripped" ends_with_verdicts
server=
wait "$line" 2>/dev/null
claim "control: with the rack gone, every tray is told as lost" until_holds trays_online 0
start_server
claim "control: the rack is back, and the controller has it in hand by itself" until_holds in_hand
stop "$server" KILL
wait "$line" 2>/dev/null
start_server
claim "control: the same after the server was killed with -9" until_holds in_hand
claim "control: the budget holds again" holds_for 3
claim "control: both programs still run" both_run

ends_safely() {
    local status=0
    stop "$controller" TERM || status=$?
    cat "$scratch/control.out"
    [ "$status" -eq 0 ] && grep -q '^safe state: 16 of 16 devices took it' "$scratch/control.out"
}
claim "control: told to end, every device takes the safe state" ends_safely
[ "$failed" -eq 0 ] && echo "judge-control: all claims hold ($SECONDS s)" || echo "judge-control: not all claims hold"
exit "$failed"
