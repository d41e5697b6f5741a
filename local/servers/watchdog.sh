# Stops the processes it was told of, newest first, when whoever holds its input is gone, however that one died.
# Lines on input: "add <pid>" and "drop <pid>".
pids=""
while read -r verb pid; do
  case "$verb" in
    add) pids="$pid $pids" ;;
    drop)
      left=""
      for known in $pids; do [ "$known" = "$pid" ] || left="$left $known"; done
      pids="$left"
      ;;
  esac
done
for pid in $pids; do
  kill -TERM "$pid" 2>/dev/null || continue
  waited=0
  while [ "$waited" -lt 15 ] && kill -0 "$pid" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
  done
  kill -KILL "$pid" 2>/dev/null
done
