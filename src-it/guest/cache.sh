# Sourced by build-kernel and build-userland: what they make lasts in a folder, CACHE, and is made once.

here=$(dirname "$(readlink -f "$0")")
mkdir -p "$cache"
cache=$(readlink -f "$cache")

say() { echo "guest: $*" >&2; }

# Things are named after what makes them: a changed recipe makes another. Takes the files that are the recipe.
recipe() { cat "$@" | sha256sum | cut -c1-12; }

# Unpacks packages of Debian's into the folder 'root', without installing them.
fetch() {
  apt-cache show "$1" >/dev/null 2>&1 || apt-get update
  # apt warns that its user _apt may not write here, and downloads as root
  apt-get download "$@"
  local package
  for package in ./*.deb; do dpkg-deb -x "$package" root; done
  rm ./*.deb
}

# Prints where a thing is, which 'build FOLDER' has made then, by what it does in a folder for that time.
once() {
  local what=$1 result=$2
  exec 9>"$cache/lock"
  flock 9 # one builder at a time
  [ -e "$result" ] || build_logged "$what" "$cache/build-$what.log"
  echo "$result"
}

build_logged() {
  local what=$1 log=$2 started=$SECONDS
  work=$(mktemp -d "$cache/build.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  say "building the $what, once, in some minutes; log: $log"
  build "$work" >"$log" 2>&1 </dev/null & # not in a condition, where bash would not stop at errors
  if ! wait $!; then
    say "the $what could not be built; the end of $log:"
    tail -n 20 "$log" >&2
    exit 1
  fi
  say "built in $((SECONDS - started)) s"
}
