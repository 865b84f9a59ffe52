#!/usr/bin/env bash
# All tests: installs what they need where it may, runs the projects one after another, adds up their results.
# The last line is "N passed, N failed, N skipped".
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
filter=${1:-}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

wanted=()
[ -x /usr/bin/chromium ] || wanted+=(chromium)
[ -d /usr/lib/postgresql/15/bin ] || wanted+=(postgresql-15)
if [ ${#wanted[@]} -gt 0 ]; then
  if may_install; then
    echo "installing: ${wanted[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get -o DPkg::Lock::Timeout=300 update -qq && apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${wanted[@]}"; } >/dev/null 2>&1 \
      || echo "could not install: ${wanted[*]}; the tests that need them are skipped with the reason"
  else
    echo "not installed: ${wanted[*]}; the tests that need them are skipped with the reason"
  fi
fi

if ! compgen -G "native/node_modules/@duckdb/node-bindings-*" >/dev/null; then
  if command -v npm >/dev/null 2>&1 && (cd native && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then
    echo "fetched DuckDB's native library"
  else
    echo "could not fetch DuckDB's native library (npm); the tests of the spending store are skipped with the reason"
  fi
fi

dotnet build Minka.slnx -c Release -v q -clp:ErrorsOnly || { echo "build failed"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# What the tests leave behind lies in one folder and goes with it.
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
mkdir "$temporary/results" "$temporary/tmp"
# PostgreSQL runs as another user than root.
chmod 755 "$temporary"
results=$temporary/results
failed_run=0
for project in Selection Observatory Core Web Journeys; do
  echo "== $project.Tests"
  args=(--no-build -c Release --logger "trx;LogFileName=$project.trx" --results-directory "$results" -v q --nologo)
  [ -n "$filter" ] && args+=(--filter "$filter")
  TMPDIR=$temporary/tmp dotnet test "tests/$project.Tests" "${args[@]}" || failed_run=1
done

passed=0 failed=0 skipped=0
for trx in "$results"/*.trx; do
  [ -f "$trx" ] || continue
  counters=$(grep -o '<Counters [^>]*>' "$trx" | head -1)
  value() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  total=$(value total) run=$(value executed) ok=$(value passed)
  passed=$((passed + ok)) failed=$((failed + run - ok)) skipped=$((skipped + total - run))
done
[ "$failed_run" = 1 ] && [ "$failed" = 0 ] && failed=1
# Each failed test says why, and where.
for trx in "$results"/*.trx; do
  [ -f "$trx" ] || continue
  awk '/<UnitTestResult /{bad=/outcome="Failed"/; name=$0; sub(/.* testName="/,"",name); sub(/" .*/,"",name)}
       bad && /<Message>/{print "failed: " name; say=1}
       bad && say && shown<40{print "    " $0; shown++}
       /<\/(Message|StackTrace)>/{if (/<\/StackTrace>/) {say=0; shown=0}}' "$trx" | sed 's/<[^>]*>//g;s/&lt;/</g;s/&gt;/>/g;s/&quot;/"/g;s/&#xD;//g;s/&amp;/\&/g'
done
# Each skipped test says why.
grep -ho 'outcome="NotExecuted"' "$results"/*.trx >/dev/null 2>&1 && grep -h -A4 'outcome="NotExecuted"' "$results"/*.trx | sed -n 's/.*<Message>\(.*\)<\/Message>.*/skipped: \1/p' | sort | uniq -c
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
