# Sourced by what makes the tables of docs/reliability.md.

# explain: what a script says of itself at its top.
explain() { sed -n '2,/^set/{/^#/{s/^# \{0,1\}//;p}}' "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/${0##*/}"; }

# take_publish ARGUMENT...: sets "publish" where --publish is given; any other argument ends the script.
take_publish() {
  publish=
  for argument; do
    case $argument in
      --publish) publish=yes ;;
      --help | -h) explain; exit 0 ;;
      *) echo "${0##*/}: $argument is not an option: see --help" >&2; exit 2 ;;
    esac
  done
}

# made_by COMMAND: how, when and where a table was made.
made_by() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  printf 'Made by `%s` on %s: Linux %s, %s CPUs, JDK %s.\n' "$1" "$(date -u +%F)" "$(uname -r)" "$(nproc)" \
    "$("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')"
}

# publish NAME: what stands between <!-- NAME --> and <!-- /NAME --> in the page is replaced by standard input.
publish() {
  local page text
  page="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../docs/reliability.md"
  text=$(cat)
  grep -q "^<!-- $1 -->$" "$page" || { echo "publish: $page has no section $1" >&2; return 1; }
  NAME=$1 TEXT=$text awk '
    $0 == "<!-- /" ENVIRON["NAME"] " -->" { inside = 0 }
    !inside
    $0 == "<!-- " ENVIRON["NAME"] " -->" { print ENVIRON["TEXT"]; inside = 1 }' "$page" >"$page.new"
  mv "$page.new" "$page"
}
