package session_test

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
)

// TestFollow proves which texts begin and end a transaction and the savepoints in it. After each text the state is written as T for a
// transaction and a letter for the innermost savepoint: a for the first one that was begun, b for the next.
func TestFollow(t *testing.T) {
	for _, c := range []struct{ dialects, texts, states string }{
		{"postgresql mysql sqlite unknown", "BEGIN|SELECT 1|COMMIT", "T T -"},
		{"postgresql mysql sqlite unknown", "START TRANSACTION|ROLLBACK", "T -"},
		{"mysql", "START SLAVE", "-"},
		{"postgresql mysql sqlite unknown", "BEGIN|SAVEPOINT x|INSERT INTO t VALUES (1)|RELEASE SAVEPOINT x|COMMIT", "T Ta Ta T -"},
		{"postgresql mysql sqlite unknown", "BEGIN|SAVEPOINT x|ROLLBACK TO SAVEPOINT x|ROLLBACK TO x|COMMIT", "T Ta Ta Ta -"},
		{"postgresql mysql sqlite unknown", "BEGIN|SAVEPOINT x|SAVEPOINT y|RELEASE SAVEPOINT y|RELEASE SAVEPOINT x", "T Ta Tb Ta T"},
		{"postgresql mysql sqlite unknown", "BEGIN|SAVEPOINT x|SAVEPOINT y|RELEASE SAVEPOINT x", "T Ta Tb T"},
		{"postgresql mysql sqlite unknown", "BEGIN|SAVEPOINT x|SAVEPOINT y|ROLLBACK TO SAVEPOINT x|COMMIT", "T Ta Tb Ta -"},
		{"postgresql sqlite", "BEGIN|SAVEPOINT x|SAVEPOINT X|RELEASE x|RELEASE x", "T Ta Tb Ta T"},
		{"mysql", "BEGIN|SAVEPOINT x|SAVEPOINT X|RELEASE SAVEPOINT x", "T Ta Tb T"},
		{"postgresql", `BEGIN|savepoint "sp 1"|release savepoint "sp 1"`, "T Ta T"},
		{"sqlite", "ROLLBACK TRANSACTION TO SAVEPOINT x|SAVEPOINT x|ROLLBACK TRANSACTION TO SAVEPOINT x|ROLLBACK TRANSACTION", "- Ta Ta -"},
		{"postgresql", "BEGIN|SAVEPOINT x|ROLLBACK WORK TO x|ROLLBACK WORK", "T Ta Ta -"},
		{"sqlite", "SAVEPOINT x|SAVEPOINT y|RELEASE y|RELEASE x", "Ta Tb Ta -"}, // the outermost is a transaction
		{"postgresql", "SAVEPOINT x|RELEASE x|COMMIT", "Ta T -"},                // it has begun unseen
		{"mysql", "SAVEPOINT x|INSERT INTO t VALUES (1)", "- -"},                // it ends with the statement
		{"postgresql mysql sqlite unknown", "BEGIN; SAVEPOINT x; SELECT 1|ROLLBACK TO x; RELEASE x|COMMIT; BEGIN|UPDATE t SET a = 1; COMMIT", "Ta T T -"},
		{"sqlite", "BEGIN|CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE u SET a = 1; END; SELECT 1|COMMIT", "T T -"},
		{"postgresql mysql sqlite unknown", "BEGIN|SAVEPOINT x|RELEASE SAVEPOINT unseen|COMMIT", "T Ta T -"},
	} {
		for name := range strings.FieldsSeq(c.dialects) {
			d, err := fingerprint.ParseDialect(name)
			if err != nil {
				t.Fatal(err)
			}
			var tx session.Transaction
			letters := map[uint64]string{0: ""}
			var states []string
			for text := range strings.SplitSeq(c.texts, "|") {
				tx.Follow(&session.Text{Parsed: fingerprint.Parse(d, text), Dialect: d})
				var st record.Statement
				tx.Of(&st)
				if _, known := letters[st.Savepoint]; !known {
					letters[st.Savepoint] = string(rune('a' + len(letters) - 1))
				}
				state := "-"
				if tx.Open() {
					state = "T" + letters[st.Savepoint]
				} else if st.Savepoint != 0 {
					state += letters[st.Savepoint]
				}
				states = append(states, state)
			}
			if got := strings.Join(states, " "); got != c.states {
				t.Errorf("%s on %s: %s, want %s", c.texts, name, got, c.states)
			}
		}
	}
}

// TestFollowIsBounded proves that savepoints which are never released take no memory beyond a limit, and that the innermost ones are
// followed.
func TestFollowIsBounded(t *testing.T) {
	var s session.Savepoints
	follow := func(text string) {
		s.Follow(&session.Text{Parsed: fingerprint.Parse(fingerprint.PostgreSQL, text), Dialect: fingerprint.PostgreSQL}, true)
	}
	var ids []uint64
	for i := range 1000 {
		follow("SAVEPOINT sp" + strings.Repeat("x", i))
		id, _ := s.Innermost()
		ids = append(ids, id)
	}
	follow("RELEASE sp" + strings.Repeat("x", 990))
	if id, _ := s.Innermost(); id != ids[989] {
		t.Errorf("the innermost savepoint has number %d, want %d", id, ids[989])
	}
	follow("RELEASE sp")
	if id, _ := s.Innermost(); id != 0 {
		t.Errorf("the innermost savepoint has number %d, want none", id)
	}
}
