#!/bin/sh
# Rebuilds static/css/site.css from this folder. Needs node and npm, and only here:
# the compiled file is committed, so running and testing the portal needs neither.
#   static/scss/build.sh           writes static/css/site.css
#   static/scss/build.sh --check   fails when the committed file is not what this folder compiles to
set -eu

bootstrap=5.3.8
sass=1.108.2

here=$(cd "$(dirname "$0")" && pwd)
target=$here/../css/site.css
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --no-save --no-audit --no-fund --ignore-scripts --silent \
    "bootstrap@$bootstrap" "sass@$sass"
# Bootstrap 5 is written with @import; the warnings about it are Bootstrap's to mend.
"$work/node_modules/.bin/sass" --load-path="$work/node_modules/bootstrap/scss" --no-charset \
    --style=compressed --no-source-map --quiet-deps --silence-deprecation=import \
    "$here/site.scss" "$work/site.css"

if [ "${1:-}" = "--check" ]; then
    cmp "$work/site.css" "$target" || {
        echo "static/css/site.css is stale: run static/scss/build.sh and commit the result" >&2
        exit 1
    }
else
    mkdir -p "$(dirname "$target")"
    cp "$work/site.css" "$target"
    wc -c "$target"
fi
