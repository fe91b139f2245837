// Functions of POSIX shell scripts that make requests.

/** The functions of a script: those of which it has a call. */
export const FUNCTIONS = {
  request: `
# request METHOD PATH STATUS BODY [OPTION…]: sends it, and shows the answer; STATUS is what the run had.
request() {
  method=$1 path=$2 recorded=$3 sent=$4
  shift 4
  case $method in
    HEAD) set -- --head "$@" ;;
    *)
      set -- --request "$method" "$@"
      [ -z "$sent" ] || set -- --data-binary @- "$@"
      ;;
  esac
  printf '\\n> %s %s\\n' "$method" "$path"
  answer=$(printf '%s' "$sent" | curl --silent --show-error --globoff --path-as-is --proto '=http,https' \\
    --write-out '\\n%{http_code} %{redirect_url}' "$@" --url "\${QOD_API_ROOT%/}$path")
  body=\${answer%
*}
  last=\${answer##*
}
  status=\${last%% *}
  if [ "$status" = "$recorded" ]; then
    printf '< %s\\n' "$status"
  else
    printf '< %s (in the run: %s)\\n' "$status" "$recorded"
  fi
  [ -z "$body" ] || printf '%s\\n' "$body"
}`,
  member: `
# member NAME: that member of the last answer.
member() {
  printf '%s\\n' "$body" | sed -n 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p' | grep . || {
    echo "The answer has no $1, which the rest of the run needs. QOD_PACE=1 keeps the waits of the run." >&2
    return 1
  }
}`,
  parameter: `
# parameter NAME: that parameter of the address to which the last answer redirects.
parameter() {
  printf '%s\\n' "\${last#* }" | sed -n 's/.*[?&]'"$1"'=\\([^&#]*\\).*/\\1/p' | grep . || {
    echo "The answer does not redirect with a $1, which the rest of the run needs." >&2
    return 1
  }
}`,
  pace: `
# pace SECONDS: waits, if QOD_PACE is set.
pace() {
  [ -z "\${QOD_PACE:-}" ] || sleep "$1"
}`,
};
