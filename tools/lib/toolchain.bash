# Sourced by the scripts of tools/: finds Swift and installs the Debian packages that are missing.
# Every function speaks on standard error, so that standard output stays the program's own.

# The oldest Swift whose tools read Package.swift.
readonly oldest_swift=6.2

say() { printf '%s\n' "$*" >&2; }

# Ends the script: what failed, then what to do about it. 69 is sysexits' "service unavailable".
give_up() {
    say "$1"
    shift
    for line in "$@"; do say "  $line"; done
    exit 69
}

# Puts Swift on the PATH or says where it comes from.
find_swift() {
    local place
    if ! command -v swift >/dev/null 2>&1; then
        for place in "$HOME/.local/share/swiftly/bin" /opt/swift/usr/bin /usr/local/swift/usr/bin; do
            [ -x "$place/swift" ] && PATH="$place:$PATH" && break
        done
    fi
    command -v swift >/dev/null 2>&1 || give_up "Busbar needs Swift $oldest_swift or later, and no swift is on the PATH." \
        "Install it as https://www.swift.org/install/linux/ says, open a new shell, and run this again." \
        "If it is installed already, put its bin folder on the PATH: export PATH=FOLDER/usr/bin:\$PATH"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    if [ -z "$version" ]; then
        give_up "swift is on the PATH ($(command -v swift)) but does not tell its version." \
            "Run \"swift --version\" and mend what it complains about; on Debian that is often a missing library."
    fi
    if [ "$(printf '%s\n%s\n' "$oldest_swift" "$version" | sort -V | head -n 1)" != "$oldest_swift" ]; then
        give_up "Busbar needs Swift $oldest_swift or later, found $version in $(command -v swift)." \
            "Install a newer one as https://www.swift.org/install/linux/ says."
    fi
}

has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# install_packages REASON PACKAGE…: installs those that are missing, as root or through sudo. Returns 1 where it cannot.
install_packages() {
    local reason=$1 missing=() package become=()
    shift
    for package in "$@"; do has_package "$package" || missing+=("$package"); done
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "No apt-get here. Install what these Debian packages hold ($reason): ${missing[*]}"
        return 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "Packages are missing ($reason) and neither root nor sudo is at hand. As root, run:"
            say "  apt-get install --no-install-recommends ${missing[*]}"
            return 1
        fi
        become=(sudo)
    fi
    say "Installing by apt-get ($reason): ${missing[*]}"
    local log
    log=$(mktemp)
    if "${become[@]}" apt-get update >"$log" 2>&1 </dev/null \
        && "${become[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    say "apt-get could not install ${missing[*]}:"
    tail -n 5 "$log" >&2
    rm -f "$log"
    return 1
}

# What the build needs beside Swift itself: git fetches the dependencies, the linker wants libc and libgcc,
# GRDB wants SQLite's header and library.
install_build_packages() {
    local wanted=(libsqlite3-dev libmodbus-dev pkg-config libc6-dev binutils)
    command -v git >/dev/null 2>&1 || wanted+=(git ca-certificates)
    compgen -G '/usr/lib/gcc/*/*/libstdc++.*' >/dev/null || wanted+=(g++)
    command -v dpkg-query >/dev/null 2>&1 || {
        [ -e /usr/include/sqlite3.h ] && [ -e /usr/include/modbus/modbus.h ] && return 0
        say "This is no Debian: Busbar needs the development files of SQLite and libmodbus, pkg-config, git, and a C library's."
        return 0
    }
    install_packages "to build Busbar" "${wanted[@]}" \
        || say "Going on without them; if the build fails, that is the likely reason."
}
