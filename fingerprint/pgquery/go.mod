module github.com/nplusgone/nplusgone/fingerprint/pgquery

go 1.25.0

replace github.com/nplusgone/nplusgone => ../..

require (
	github.com/google/go-cmp v0.6.0
	github.com/nplusgone/nplusgone v0.0.0
	github.com/pganalyze/pg_query_go/v5 v5.1.0
	google.golang.org/protobuf v1.33.0
)

require (
	github.com/alecthomas/kong v0.6.1 // indirect
	github.com/mattn/go-sqlite3 v1.14.17 // indirect
	github.com/ngrok/sqlmw v0.0.0-20220520173518-97c9c04efc79 // indirect
	golang.org/x/tools v0.46.0 // indirect
)
