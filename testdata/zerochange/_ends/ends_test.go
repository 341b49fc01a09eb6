package ends

import (
	"database/sql"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "example.org/memdb"
)

// TestEnds runs a loop of statements, and then ends the process as the environment says.
func TestEnds(t *testing.T) {
	db, err := sql.Open("memdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ids, err := IDs(db)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Bodies(db, ids); err != nil {
		t.Fatal(err)
	}
	switch os.Getenv("ENDS") {
	case "kill":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case "panic":
		panic("as asked for")
	case "exit":
		os.Exit(3)
	case "wait":
		if err := os.WriteFile(os.Getenv("READY"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
	case "many": // more than one window of the file, with a text that is longer than what is recorded of it
		long := strings.Repeat("x", 5000)
		for i := range 20_000 {
			if _, err := db.Exec("INSERT INTO logs (id, body, more) VALUES (?, ?, ?)", i, long[:i%400], long); err != nil {
				t.Fatal(err)
			}
		}
	}
}
