module github.com/nplusgone/nplusgone/bench

go 1.25.0

replace (
	github.com/nplusgone/nplusgone => ../
	github.com/nplusgone/nplusgone/fingerprint/pgquery => ../fingerprint/pgquery
)

require (
	github.com/DataDog/go-sqllexer v0.2.6
	github.com/XSAM/otelsql v0.44.0
	github.com/mattn/go-sqlite3 v1.14.53
	github.com/ngrok/sqlmw v0.0.0-20220520173518-97c9c04efc79
	github.com/nplusgone/nplusgone v0.0.0
	github.com/nplusgone/nplusgone/fingerprint/pgquery v0.0.0
	github.com/pganalyze/pg_query_go/v5 v5.1.0
)

require (
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/go-logr/logr v1.4.4 // indirect
	github.com/go-logr/stdr v1.2.2 // indirect
	go.opentelemetry.io/auto/sdk v1.2.1 // indirect
	go.opentelemetry.io/otel v1.46.0 // indirect
	go.opentelemetry.io/otel/metric v1.46.0 // indirect
	go.opentelemetry.io/otel/trace v1.46.0 // indirect
	google.golang.org/protobuf v1.33.0 // indirect
)
