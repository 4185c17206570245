# Sourced by the commands beside it: makes the environment they run in. Everything it says goes to stderr, so that what a
# command prints stays its own.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
UV="$VENV/bin/uv"
# Where this machine's own certificates are known, they count: some networks look inside what passes.
if [ -r /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=1; fi

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$@"
  exit 1
}

# ---- system packages -------------------------------------------------------------------------------------------------

# Prints how to become root for apt: nothing, or "sudo -n"; fails when this person may not.
apt_prefix() {
  command -v apt-get >/dev/null 2>&1 || return 1
  if [ "$(id -u)" -eq 0 ]; then
    return 0
  fi
  command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || return 1
  echo "sudo -n"
}

# apt_install PACKAGE...: quietly; a fresh machine has no package lists yet, so a first failure fetches them.
apt_install() {
  local prefix log
  prefix="$(apt_prefix)" || return 1
  log="$(mktemp)"
  say "Installing system packages: $*"
  local install="$prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120"
  if $install "$@" >"$log" 2>&1 || { $prefix apt-get update -q >>"$log" 2>&1 && $install "$@" >>"$log" 2>&1; }; then
    rm -f "$log"
    return 0
  fi
  tail -n 5 "$log" >&2
  rm -f "$log"
  return 1
}

# library_loads FILE...: whether the dynamic linker finds every one of them.
library_loads() {
  "$VENV/bin/python" - "$@" <<'PYTHON' 2>/dev/null
import ctypes, sys
for name in sys.argv[1:]:
    ctypes.CDLL(name)
PYTHON
}

# WeasyPrint draws the cards with these. Without them everything but the PDF works, so their absence does not stop us.
need_pdf_libraries() {
  [ "$(uname -s)" = Linux ] || return 0
  library_loads libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 && return 0
  apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && return 0
  say "For PDFs, please have these system packages installed: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu)."
}

# ---- a browser, for tests and measuring --------------------------------------------------------------------------------

# Debian has headless Chromium by itself; Ubuntu's is a snap, so there Playwright brings its own. tests/support/chromium.py finds either.
# The whole one too: what lies on a borrowed phone afterwards, and pages that Back shows as they were, only that one has.
# And letters of the width of Arial, which phones have: they stand in for ours until those come.
need_debian_browser() {
  local missing=()
  command -v chromium-headless-shell >/dev/null 2>&1 || missing+=(chromium-headless-shell)
  command -v chromium >/dev/null 2>&1 || missing+=(chromium)
  [ -e /usr/share/fonts/truetype/liberation ] || [ -e /usr/share/fonts/truetype/liberation2 ] || missing+=(fonts-liberation)
  [ "${#missing[@]}" -eq 0 ] || apt_install "${missing[@]}"
}

need_browser() {
  if [ "$(uname -s)" = Linux ] && ! library_loads libatomic.so.1; then
    apt_install libatomic1 || say "For the browser, please have this system package installed: libatomic1."
  fi
  if command -v apt-cache >/dev/null 2>&1 && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then
    need_debian_browser && return 0
  fi
  "$VENV/bin/python" "$ROOT/tests/support/chromium.py" >/dev/null 2>&1 && return 0
  say "Installing Playwright's Chromium"
  "$VENV/bin/python" -m playwright install --only-shell chromium >&2 || {
    say "For the browser, please have chromium-headless-shell installed (Debian), or let Playwright fetch its own."
    return 0
  }
  if apt_prefix >/dev/null; then "$VENV/bin/python" -m playwright install-deps chromium >&2 || true; fi
}

# ---- looking at system calls, for tests that count what is synced -------------------------------------------------------

need_strace() {
  command -v strace >/dev/null 2>&1 && return 0
  apt_install strace || say "For the tests, please have this system package installed: strace."
}

# ---- Python ----------------------------------------------------------------------------------------------------------

# Prints the first Python of at least 3.11 that really runs; $PYTHON goes first.
find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

make_venv() {
  local python version
  python="$(find_python)" || die "Ons Plan needs Python 3.11 or newer; please install it, or name one: PYTHON=/path/to/python3 bin/run"
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    apt_install "$version" || die "Python's venv is missing; please have the system package $version installed, then start this again."
  fi
  say "Making .venv with $("$python" --version)"
  "$python" -m venv --clear "$VENV"
}

# install_locked FILE: makes .venv hold exactly what the list says, each file checked against its hash.
install_locked() {
  if ! "$UV" --version >/dev/null 2>&1; then
    "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || "$VENV/bin/python" -m ensurepip >/dev/null
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$ROOT/bin/locks/uv.txt"
  fi
  say "Installing packages (bin/locks/$1.txt)"
  "$UV" pip sync --quiet --require-hashes --python "$VENV/bin/python" "$ROOT/bin/locks/$1.txt" "$ROOT/bin/locks/uv.txt"
}

# ---- all of it -------------------------------------------------------------------------------------------------------

prepare() {
  local level="$1" stamp="$VENV/.onsplan" sum
  "$VENV/bin/python" -c '' 2>/dev/null || make_venv
  # An environment that has the test tools keeps them: bin/run after bin/test must not take them away.
  [ "$(cut -d' ' -f1 "$stamp" 2>/dev/null)" = test ] && level=test
  sum="$level $(cksum <"$ROOT/bin/locks/$level.txt")"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
    install_locked "$level"
    echo "$sum" >"$stamp"
  fi
  need_pdf_libraries
}

# setup_environment run|test: two commands started together wait for each other. The lock is held by a subshell, so that the
# server which comes after does not inherit it.
setup_environment() {
  mkdir -p "$ROOT/.cache"
  (
    if command -v flock >/dev/null 2>&1; then flock 9; fi
    prepare "$1"
  ) 9>"$ROOT/.cache/setup.lock"
}
