package rewritetest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// schema is understood by every database. Keys are repeated, are NULL, or match nothing. Only the names of labels ignore
// case, where the database has such columns.
var schema = []string{
	`CREATE TABLE people (id bigint PRIMARY KEY, name varchar(40) EXACT, country varchar(20) EXACT, age int)`,
	`CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint, title varchar(80) EXACT, kind varchar(20) EXACT, score int, n int)`,
	`CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint, author_id bigint, body varchar(80) EXACT, kind varchar(20) EXACT, score int)`,
	`CREATE TABLE tags (post_id bigint, name varchar(20) EXACT, weight int, PRIMARY KEY (post_id, name))`,
	`CREATE TABLE log (post_id bigint, why varchar(80) EXACT, n int)`,
	`CREATE TABLE labels (id bigint PRIMARY KEY, name varchar(20) FOLDED, n int)`,
}

var tables = []string{"people", "posts", "comments", "tags", "log", "labels"}

// types are those of the columns, as PostgreSQL calls them.
var types = map[string]string{
	"id": "bigint", "author_id": "bigint", "post_id": "bigint", "age": "int", "score": "int", "n": "int", "weight": "int",
}

// create creates the tables.
func create(t *testing.T, q querier, d fingerprint.Dialect) {
	t.Helper()
	collations := map[fingerprint.Dialect]*strings.Replacer{
		fingerprint.MySQL:      strings.NewReplacer("EXACT", "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "FOLDED", "CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"),
		fingerprint.PostgreSQL: strings.NewReplacer(" EXACT", "", " FOLDED", ""),
		fingerprint.SQLite:     strings.NewReplacer(" EXACT", "", "FOLDED", "COLLATE NOCASE"),
	}
	for _, text := range schema {
		text = collations[d].Replace(text)
		if d == fingerprint.MySQL {
			text += " ENGINE=InnoDB"
		}
		run(t, q, text)
	}
}

func run(t *testing.T, q querier, text string, args ...any) {
	t.Helper()
	if _, err := q.ExecContext(context.Background(), text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// setUp creates the tables with rows that are the same each time.
func setUp(t *testing.T, db *sql.DB, d fingerprint.Dialect) {
	t.Helper()
	create(t, db, d)
	for i := 1; i <= 6; i++ {
		run(t, db, fmt.Sprintf("INSERT INTO people VALUES (%d, 'person %d', '%s', %d)", i, i, []string{"at", "de"}[i%2], 20+i))
		run(t, db, fmt.Sprintf("INSERT INTO labels VALUES (%d, '%s', %d)", i, []string{"Red", "red", "BLUE", "green"}[i%4], i))
	}
	for i := 1; i <= 12; i++ {
		author := fmt.Sprint(i%4 + 1) // people 5 and 6 wrote nothing
		if i%6 == 0 {
			author = "NULL"
		}
		run(t, db, fmt.Sprintf("INSERT INTO posts VALUES (%d, %s, 'post %d', '%s', %d, %d)", i, author, i, kinds[i%3], i*7%13, i))
	}
	for i := 1; i <= 40; i++ {
		run(t, db, fmt.Sprintf("INSERT INTO comments VALUES (%d, %d, %d, 'comment %d', '%s', %d)", i, i*i%10+1, i%5+1, i, kinds[i%3], i*11%17))
	}
	for i := 1; i <= 20; i++ {
		run(t, db, fmt.Sprintf("INSERT INTO tags VALUES (%d, 'tag %d', %d)", i%8+1, i/8, i))
	}
	run(t, db, "INSERT INTO log VALUES (1, 'old', 1)")
}

var kinds = []string{"news", "essay", "note"}

// texts are values that comparisons of text may get wrong.
var texts = []string{"100%", "100 %", "a_b", "A_B", "axb", "x!y", `back\slash`, "Abc", "abc", "ABC", "abcabc", "o'clock", "Übung", "übung", "", "%", "_"}

// fill replaces the rows of all tables with random ones.
func fill(t *testing.T, q querier, d fingerprint.Dialect, r *rand.Rand) {
	t.Helper()
	id := func(most int) any { // of another table, or NULL
		if r.IntN(7) == 0 {
			return nil
		}
		return int64(r.IntN(most) + 1)
	}
	number := func(most int) any {
		if r.IntN(9) == 0 {
			return nil
		}
		return int64(r.IntN(most) - most/3)
	}
	text := func(of []string) any { return of[r.IntN(len(of))] }
	insert := func(table string, rows int, row func(i int) []any) {
		run(t, q, "DELETE FROM "+table)
		var lists []string
		var args []any
		for i := range rows {
			values := row(i + 1)
			if values == nil {
				continue
			}
			marks := make([]string, len(values))
			for j := range values {
				marks[j] = placeholder(d, len(args)+j+1)
			}
			lists = append(lists, "("+strings.Join(marks, ", ")+")")
			args = append(args, values...)
		}
		if len(lists) > 0 {
			run(t, q, "INSERT INTO "+table+" VALUES "+strings.Join(lists, ", "), args...)
		}
	}
	insert("people", r.IntN(7), func(i int) []any {
		return []any{int64(i), text(texts), text([]string{"at", "de"}), number(60)}
	})
	insert("posts", r.IntN(12), func(i int) []any {
		return []any{int64(i), id(6), text(texts), text(kinds), number(9), int64(r.IntN(5))}
	})
	insert("comments", r.IntN(16), func(i int) []any {
		return []any{int64(i), id(8), id(6), text(texts), text(kinds), number(9)}
	})
	pairs := make(map[string]bool)
	insert("tags", r.IntN(12), func(int) []any {
		post, name := int64(r.IntN(6)+1), fmt.Sprintf("tag %d", r.IntN(3))
		if key := fmt.Sprint(post, name); pairs[key] {
			return nil
		} else {
			pairs[key] = true
		}
		return []any{post, name, number(9)}
	})
	insert("log", r.IntN(3), func(i int) []any { return []any{id(9), text(texts), number(5)} })
	insert("labels", r.IntN(8), func(i int) []any {
		return []any{int64(i), text([]string{"Red", "red", "RED", "blue", "Blue"}), number(9)}
	})
}
