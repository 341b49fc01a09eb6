module github.com/nplusgone/nplusgone/nplusgonepgx/testdata

go 1.25.0

replace (
	github.com/nplusgone/nplusgone => ../../
	github.com/nplusgone/nplusgone/nplusgonepgx => ../
)

require (
	github.com/google/go-cmp v0.6.0
	github.com/jackc/pgx/v5 v5.13.0
	github.com/nplusgone/nplusgone v0.0.0
	github.com/nplusgone/nplusgone/nplusgonepgx v0.0.0
)

require (
	github.com/jackc/pgpassfile v1.0.0 // indirect
	github.com/jackc/pgservicefile v0.0.0-20240606120523-5a60cdf6a761 // indirect
	github.com/jackc/puddle/v2 v2.2.3 // indirect
	github.com/ngrok/sqlmw v0.0.0-20220520173518-97c9c04efc79 // indirect
	github.com/rogpeppe/go-internal v1.10.0 // indirect
	golang.org/x/sync v0.22.0 // indirect
	golang.org/x/text v0.41.0 // indirect
	golang.org/x/tools v0.48.0 // indirect
)
