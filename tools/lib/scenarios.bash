# Sourced by tools/check: the stage that runs the shipped scenarios. Wants $root and $scratch, an empty folder.

# The digest of a run: the last line of its standard output.
digest_of() { tail -n 1 "$1" | sed -n 's/^digest \([0-9a-f]\{16\}\).*/\1/p'; }

# run_scenario BINARY SCENARIO LABEL: runs it with seed 1; prints what it printed when it does not exit 0.
run_scenario() {
    local binary=$1 scenario=$2 label=$3 name status=0
    name=$(basename "$scenario" .yaml)
    local out="$scratch/$label-$name"
    BUSBAR_ROOT="$root" "$binary" run "$scenario" --seed 1 --out "$out" >"$out.txt" 2>"$out.err" </dev/null || status=$?
    if [ "$status" -ne 0 ]; then
        say "$scenario ($label) ended with exit code $status:"
        cat "$out.txt" "$out.err" >&2
        return 1
    fi
    if [ -z "$(digest_of "$out.txt")" ]; then
        say "$scenario ($label): expected the last line \"digest <16 hexadecimal digits>\", found \"$(tail -n 1 "$out.txt")\""
        return 1
    fi
    echo "$scenario ($label): held, digest $(digest_of "$out.txt")"
}

# same_digest BINARY SCENARIO LABEL: runs it under this label, and wants the digest of the run "release".
same_digest() {
    local scenario=$2 label=$3 name first again
    name=$(basename "$scenario" .yaml)
    run_scenario "$@" || return 1
    first=$(digest_of "$scratch/release-$name.txt")
    again=$(digest_of "$scratch/$label-$name.txt")
    [ -z "$first" ] || [ "$first" = "$again" ] && return 0
    say "$scenario: the digest of the run \"$label\" differs from the first release run's at the same seed."
    say "Look for an iteration over Set or Dictionary, a clock, unseeded chance, or floating-point functions."
    return 1
}

# run_spoilt BINARY SCENARIO FROM TO: runs a copy of the scenario with FROM replaced by TO; the output lies in the folder
# $scratch/spoilt and in spoilt.txt beside it. Returns the run's exit code, 2 when there is nothing to replace.
run_spoilt() {
    local binary=$1 scenario=$2 from=$3 to=$4 copy="$scratch/spoilt.yaml"
    sed "s|$from|$to|" "$scenario" >"$copy"
    if cmp -s "$scenario" "$copy"; then
        say "$scenario has no line with \"$from\": let tools/lib/scenarios.bash spoil another one"
        return 2
    fi
    rm -rf "$scratch/spoilt"
    BUSBAR_ROOT="$root" "$binary" run "$copy" --seed 1 --out "$scratch/spoilt" >"$scratch/spoilt.txt" 2>&1 </dev/null
}

# impossible BINARY SCENARIO FROM TO: an expectation spoilt like this must end the run with exit code 1 and say by how
# much it was missed.
impossible() {
    local scenario=$2 to=$4 status=0
    run_spoilt "$@" || status=$?
    if [ "$status" -ne 1 ] || ! grep -q '^  FAILED .*[0-9]' "$scratch/spoilt.txt"; then
        say "$scenario with \"$to\": expected exit code 1 and a FAILED line with the margin, found $status:"
        cat "$scratch/spoilt.txt" >&2
        return 1
    fi
    echo "$scenario with \"$to\": exit code 1,$(grep -m 1 '^  FAILED' "$scratch/spoilt.txt" | tr -s ' ')"
    python3 "$root/tools/lib/read-outputs.py" "$scratch/spoilt" >/dev/null
}

# dissect_blind BINARY SCENARIO: a capture with bad frames must be objected to; otherwise `dissect` sees nothing.
dissect_blind() {
    local status=0
    run_spoilt "$1" "$2" 'fault: no-reply' 'fault: bad-crc' || status=$?
    if [ "$status" -le 1 ] && ! dissect "$scratch/spoilt" >/dev/null 2>&1; then
        echo "self-test: tshark objects to frames with a bad CRC"
        return 1
    fi
    say "self-test: $2 with bad CRCs ended with $status, and tshark did not object: this check is blind"
}

# dissect FOLDER: tshark reads the bus capture: no malformed frame, no bad checksum, no note of an error. An exception
# answer is itself a note of the Modbus dissector, and a legitimate frame.
dissect() {
    local capture="$1/bus.pcapng" frames bad
    local options=(-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o mbrtu.crc_verification:TRUE)
    # 8388608 is tshark's expert severity "error".
    local filter='(_ws.malformed || _ws.expert.severity >= 8388608 || mbrtu.crc16.status == 0) && !modbus.exception_code'
    frames=$(tshark -r "$capture" -T fields -e frame.number 2>/dev/null | wc -l)
    if [ "$frames" -eq 0 ]; then
        say "tshark finds no frame in bus.pcapng"
        return 1
    fi
    if ! tshark -r "$capture" "${options[@]}" -Y "$filter" >"$scratch/bad-frames.txt" 2>"$scratch/tshark.err"; then
        say "tshark cannot read bus.pcapng:"
        cat "$scratch/tshark.err" >&2
        return 1
    fi
    bad=$(wc -l <"$scratch/bad-frames.txt")
    if [ "$bad" -ne 0 ]; then
        say "tshark objects to $bad of $frames frames of bus.pcapng; the first ones:"
        head -n 10 "$scratch/bad-frames.txt" >&2
        return 1
    fi
    echo "bus.pcapng: tshark reads $frames frames and objects to none"
}

# The programs of others that read what a run writes.
install_readers() {
    install_packages "to read the results as other programs do" python3 || return 1
    command -v tshark >/dev/null 2>&1 || install_packages "to read the bus capture as other programs do" tshark
}

# prove BINARY LABEL SCENARIO...: every verdict that the scenarios and their variants state, on all cores.
prove() {
    local binary=$1 out="$scratch/proof-$2.txt"
    shift 2
    if BUSBAR_ROOT="$root" "$binary" prove "$@" --seed 1 >"$out" 2>"$out.err" </dev/null; then
        tail -n 1 "$out"
        return 0
    fi
    say "busbar prove: a verdict is not as stated, or a scenario cannot be read:"
    grep -B 99 WRONG "$out" | grep -E 'WRONG|^[^ ]' >&2
    cat "$out.err" >&2
    return 1
}

# proved_digest SCENARIO: the digest of the scenario as it stands, in the first proof.
proved_digest() {
    sed -n "s/^$(basename "$1" .yaml)  .* digest \([0-9a-f]\{16\}\)$/\1/p" "$scratch/proof-first.txt"
}

# Every scenario that ships is well-formed; it and its variants give the verdicts that it states, and the same digests
# again at the same seed. A run that writes its files gives that digest too, and so does the debug build; this one runs the
# first one only, for it is many times slower. What the first one leaves behind is read by other programs, and with an
# expectation spoilt it fails.
check_scenarios() {
    local release=.build/release/busbar debug=.build/debug/busbar first=Scenarios/first-light.yaml
    local scenarios=(Scenarios/*.yaml) failed=0
    install_readers || failed=1
    BUSBAR_ROOT="$root" "$release" check "${scenarios[@]}" || failed=1
    prove "$release" first "${scenarios[@]}" || failed=1
    prove "$release" again "${scenarios[@]}" || failed=1
    if ! diff "$scratch/proof-first.txt" "$scratch/proof-again.txt" >&2; then
        say "The lines above differ between two proofs of the same scenarios at the same seed."
        say "Look for an iteration over Set or Dictionary, a clock, unseeded chance, or floating-point functions."
        failed=1
    fi
    run_scenario "$release" "$first" release || failed=1
    if [ "$(digest_of "$scratch/release-first-light.txt")" != "$(proved_digest "$first")" ]; then
        say "$first: the digest of a run that writes its files is not the one that prove gives"
        failed=1
    fi
    same_digest "$debug" "$first" debug || failed=1
    python3 "$root/tools/lib/read-outputs.py" "$scratch/release-first-light" || failed=1
    dissect "$scratch/release-first-light" || failed=1
    dissect_blind "$release" "$first" && failed=1
    impossible "$release" "$first" 'holds: rack.power <= 22 kW' 'holds: rack.power <= 2 kW' || failed=1
    return "$failed"
}
