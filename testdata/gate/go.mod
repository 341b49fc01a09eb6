module example.com/shop

go 1.26.0

require (
	github.com/mattn/go-sqlite3 v1.14.53
	github.com/nplusgone/nplusgone v0.0.0
)

require (
	github.com/alecthomas/kong v1.17.0 // indirect
	github.com/maypok86/otter/v2 v2.4.0 // indirect
	github.com/ngrok/sqlmw v0.0.0-20220520173518-97c9c04efc79 // indirect
	github.com/rogpeppe/go-internal v1.16.0 // indirect
	go.uber.org/multierr v1.10.0 // indirect
	go.uber.org/zap v1.28.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
)

replace github.com/nplusgone/nplusgone => ../..

tool github.com/nplusgone/nplusgone/cmd/nplusgone
