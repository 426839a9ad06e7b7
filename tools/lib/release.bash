# Sourced after toolchain.bash by the scripts that run a release build: builds a product if anything changed.
# Wants $root, the project's folder. Speaks on standard error only.

# Name, size and time of every file that the build reads. Nothing changed since the last good build: no build.
fingerprint() {
    (
        cd "$root" || exit 69
        command -v swift
        # Before the first build there is no Package.resolved, and find says so with its exit code.
        { find Package.swift Package.resolved Sources -type f -printf '%p %s %T@\n' 2>/dev/null || true; } | LC_ALL=C sort
    ) | sha256sum
}

# follow BUILDER LOG PRODUCT: shows the log's last line while the build goes on: in place on a terminal, otherwise one
# line if it takes long.
follow() {
    local builder=$1 log=$2 product=$3 waited=0 line width
    while kill -0 "$builder" 2>/dev/null; do
        sleep 0.2
        waited=$((waited + 1))
        if [ -t 2 ]; then
            width=$(tput cols 2>/dev/null || echo 80)
            line=$(tail -n 1 "$log" 2>/dev/null | tr -d '\r' | cut -c "1-$((width - 12))")
            printf '\r\033[K%s' "building  $line" >&2
        elif [ "$waited" -eq 15 ]; then
            say "$product: building in release; the first time takes some minutes (log: $log)"
        fi
    done
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# run_build PRODUCT LOG: builds, can be interrupted, and gives up with the compiler's errors when it fails.
run_build() {
    local product=$1 log=$2
    install_build_packages
    mkdir -p "$root/.build"
    : >"$log"
    # A process group of its own, so that Ctrl-C can be passed on to the whole build.
    set -m
    swift build --package-path "$root" -c release --product "$product" >"$log" 2>&1 </dev/null &
    local builder=$!
    set +m
    # The builder's number is wanted now, not when the signal comes.
    # shellcheck disable=SC2064
    trap "kill -INT -- -$builder 2>/dev/null; wait $builder; say; say '$product: build interrupted'; exit 130" INT TERM
    follow "$builder" "$log" "$product"
    local status=0
    wait "$builder" || status=$?
    trap - INT TERM
    if [ "$status" -ne 0 ]; then
        grep -E '^[^ ]*.*:[0-9]+:[0-9]+: error: |^error: ' "$log" | sort -u | head -n 40 >&2 || true
        say "--- the build's last lines:"
        tail -n 15 "$log" >&2
        give_up "$product: the release build failed; the whole log is $log"
    fi
}

# build_release PRODUCT: afterwards $root/.build/release/PRODUCT is up to date.
build_release() {
    local product=$1 now
    local stamp="$root/.build/$product-release.stamp"
    now=$(fingerprint)
    if [ -x "$root/.build/release/$product" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then return 0; fi
    run_build "$product" "$root/.build/$product-release.log"
    fingerprint >"$stamp"
}
