module example.com/shop

go 1.25.0

require (
	github.com/mattn/go-sqlite3 v1.14.53
	github.com/nplusgone/nplusgone v0.0.0
)

require (
	github.com/alecthomas/kong v0.6.1 // indirect
	github.com/ngrok/sqlmw v0.0.0-20220520173518-97c9c04efc79 // indirect
	github.com/rogpeppe/go-internal v1.14.1 // indirect
	golang.org/x/tools v0.46.0 // indirect
)

replace github.com/nplusgone/nplusgone => ../..

tool github.com/nplusgone/nplusgone/cmd/nplusgone
