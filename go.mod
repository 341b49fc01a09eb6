module github.com/nplusgone/nplusgone

go 1.25.0

require (
	github.com/alecthomas/kong v0.6.1
	github.com/google/go-cmp v0.6.0
	github.com/joshdk/go-junit v1.0.0
	github.com/mattn/go-sqlite3 v1.14.17
	github.com/ngrok/sqlmw v0.0.0-20220520173518-97c9c04efc79
	github.com/rogpeppe/go-internal v1.10.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.1
	go.uber.org/goleak v1.1.11
	go.uber.org/zap v1.23.0
	golang.org/x/tools v0.46.0
)

require (
	go.uber.org/atomic v1.7.0 // indirect
	go.uber.org/multierr v1.6.0 // indirect
	golang.org/x/text v0.14.0 // indirect
)
