module github.com/nplusgone/nplusgone/fingerprint/pgquery

go 1.26.0

replace github.com/nplusgone/nplusgone => ../..

require (
	github.com/google/go-cmp v0.7.0
	github.com/nplusgone/nplusgone v0.0.0
	github.com/pganalyze/pg_query_go/v5 v5.1.0
	google.golang.org/protobuf v1.36.12
)

require (
	github.com/alecthomas/kong v1.17.0 // indirect
	github.com/mattn/go-sqlite3 v1.14.53 // indirect
	github.com/maypok86/otter/v2 v2.4.0 // indirect
	github.com/ngrok/sqlmw v0.0.0-20220520173518-97c9c04efc79 // indirect
	golang.org/x/tools v0.52.0 // indirect
)
