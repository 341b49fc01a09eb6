# What the suites share; they source it. A suite runs the own tests of a driver's module twice, bare and through our
# wrapper, with every statement observed, and fails unless each test and subtest ends alike.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD

tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp" && rm -rf "$tmp"' EXIT
copy=$tmp/copy

# fetch MODULE@VERSION puts a copy of the module into $copy. A workspace lets the copy import us, and neither go.mod has
# to change.
fetch() {
	local module=$1
	( # from outside our module, which need not know this one
		cd "$tmp"
		go mod download "$module"
		cp -R "$(go list -m -f '{{.Dir}}' "$module")" "$copy"
		chmod -R u+w "$copy"
		GOWORK=off go work init "$copy" "$root"
	)
}

# compare PACKAGE SKIP FLAG... adds the seam, builds the tests with these flags, runs them bare and wrapped, all but
# those that match SKIP, and compares. A test may fail, if only it fails both ways: some depend on a server's settings.
compare() {
	local package=$1 skip=$2 wrapped
	shift 2
	sed "s/^package suite\$/package $package/" .ci/suites/seam/suite_test.go >"$copy/suite_test.go"
	cp ".ci/suites/seam/${package}_test.go" "$copy/suite_${package}_test.go"
	(cd "$copy" && GOWORK=$tmp/go.work go test -c -vet=off "$@" -o "$tmp/suite.test" .)
	mkdir "$tmp/files" # for what the tests leave behind
	for wrapped in 0 1; do
		(
			cd "$copy"
			export SUITE_WRAPPED=$wrapped TMPDIR=$tmp/files
			go tool test2json "$tmp/suite.test" -test.v=test2json -test.timeout=5m -test.skip="$skip" || true
		) >"$tmp/$wrapped.json" 2>&1
	done
	(cd "$copy" && "$tmp/suite.test" -test.run='^$') &>/dev/null || true # tears down what a run that broke off left
	go run .ci/suites/compare/main.go "$package" "$tmp/0.json" "$tmp/1.json"
}
