# Sourced by tools/judges: what tshark makes of the frames that a server recorded. The client has the address 10.0.0.1 in
# every capture; whatever comes from another is ours.

# columns FILE FILTER: source and summary of each frame, separated by a tab.
columns() {
    tshark -r "$1" -Y "$2" -o 'gui.column.format:"Source","%s","Info","%i"' 2>/dev/null \
        | sed -E 's/^ *([0-9.]+) +(→ *)?/\1\t/'
}

# complaints FILE: frames that tshark calls malformed, or about which it has an expert line of error level.
complaints() { columns "$1" '_ws.malformed || _ws.expert.severity >= "Error"'; }

# tell_counts FILE COMPLAINTS: what stood in the capture; fails where it holds no answer.
tell_counts() {
    local frames answers
    frames=$(columns "$1" frame | wc -l)
    answers=$(columns "$1" frame | grep -vc $'^10\\.0\\.0\\.1\t')
    echo "frames $frames, of them answers $answers; complaints $(grep -c . <<<"$2")"
    [ "$answers" -gt 0 ]
}

# captured_well FILE: no complaint about any frame, whoever sent it.
captured_well() {
    local found
    found=$(complaints "$1")
    tell_counts "$1" "$found" && [ -z "$found" ] && return 0
    sort <<<"$found" | uniq -c | sort -rn | head -n 20
    return 1
}

# answered_well FILE: no complaint about a frame of ours.
answered_well() {
    local found ours
    found=$(complaints "$1")
    ours=$(grep -v $'^10\\.0\\.0\\.1\t' <<<"$found" | grep .)
    tell_counts "$1" "$found" && [ -z "$ours" ] && return 0
    sort <<<"$ours" | uniq -c | sort -rn | head -n 20
    return 1
}
