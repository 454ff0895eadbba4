#!/usr/bin/env bash
# The monthly review, run in the workspace: take in what came, check it, say what changed and why, keep the run.
# Arguments go to `aiplus check`, whose code it ends with; every other failure ends it at once.
set -euo pipefail
day=${AIPLUS_TODAY:-$(TZ=Asia/Shanghai date +%F)} code=0  # the day of the plan's time zone
if compgen -G 'inbox/*.csv' > /dev/null; then aiplus import inbox/*.csv; fi
aiplus check --since-last "$@" || { code=$?; [[ $code == 1[01] ]] || exit "$code"; }
mkdir -p reviews && aiplus diff --to "$day" --format markdown --output "reviews/${day%-*}.md"
aiplus due --today "$day" --within 30d
aiplus snapshot --today "$day"
exit "$code"
