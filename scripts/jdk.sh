# Sourced by ./opsiq and ./test: exports JAVA_HOME to the first JDK 25 or newer found, and checks for Maven.

opsiq_is_jdk25() { # a folder
  local line major=0
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do # asking javac itself would cost a quarter of a second at every start
    case $line in JAVA_VERSION=*) major=${line#JAVA_VERSION=\"} major=${major%%[!0-9]*} ;; esac
  done <"$1/release"
  [ "${major:-0}" -ge 25 ]
}

opsiq_find_jdk() {
  local jdk
  if [ -n "${OPSIQ_JAVA_HOME:-}" ] && ! opsiq_is_jdk25 "$OPSIQ_JAVA_HOME"; then
    echo "opsiq: OPSIQ_JAVA_HOME ($OPSIQ_JAVA_HOME) is no JDK 25 or newer; looking elsewhere." >&2
  fi
  for jdk in "${OPSIQ_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /opt/*jdk*; do
    if [ -n "$jdk" ] && opsiq_is_jdk25 "$jdk"; then
      export JAVA_HOME=$jdk
      return 0
    fi
  done
  echo "opsiq: no JDK 25 or newer found. Install one (for example Temurin 25 from https://adoptium.net) or set OPSIQ_JAVA_HOME to it." >&2
  return 1
}

opsiq_find_maven() {
  # Quiet: Maven 3's own libraries use what newer JDKs warn about.
  export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  command -v mvn >/dev/null 2>&1 && return 0
  echo "opsiq: Maven (mvn) is not on the PATH. Install it (for example 'apt install maven', 'brew install maven' or https://maven.apache.org/install.html)." >&2
  return 1
}
